/** Some days after he promised an action: how did it go? Every answer is met warmly. */
import type { LessonProgress } from '../src/conversation/participant';
import { isStale, to, whenFree, withLesson } from './everywhere';
import { change, chosen, options, question, record, say } from './phrases';
import type { Context, Flow, Transition } from './setup';

/** The latest promise that was not yet asked about. */
function promise(context: Context): LessonProgress | undefined {
  return context.lessons.findLast(({ action, checkin }) => action === 'promised' && checkin === undefined);
}

const weekOf = ({ context }: { context: Context }) => promise(context)?.week ?? 0;

export const checkin: Flow = () =>
  question({
    ask: (step) => [`lesson.${weekOf(step)}.checkin`],
    options: options('done', 'tried', 'not-yet'),
    chosen: [
      {
        target: to.where,
        actions: [
          record('checkin.answered', (step) => ({ week: weekOf(step), answer: chosen(step.event) })),
          change((step) => ({
            lessons: withLesson(step.context, weekOf(step), {
              checkin: chosen(step.event) as NonNullable<LessonProgress['checkin']>,
            }),
          })),
          say(({ event }) => `checkin.${chosen(event)}`),
        ],
      },
    ],
  });

export const checkinDue: Transition[] = [
  ...whenFree('CHECKIN_DUE'),
  {
    guard: (step) => promise(step.context) !== undefined && !isStale(step),
    target: to.checkin,
    actions: [record('checkin.asked', (step) => ({ week: weekOf(step) }))],
  },
];
