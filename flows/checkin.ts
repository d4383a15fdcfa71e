/** Some days after he promised an action: how did it go? Every answer is met warmly. */
import type { LessonProgress } from '../src/conversation/participant';
import { disarm, isStale, to, whenFree, withLesson } from './everywhere';
import { tellJodi } from './jodi';
import { change, chosen, options, question, record, say, type Step } from './phrases';
import type { Context, Flow, Transition } from './setup';

/** The latest promise that was not yet asked about. */
function promise(context: Context): LessonProgress | undefined {
  return context.lessons.findLast(({ action, checkin }) => action === 'promised' && checkin === undefined);
}

const weekOf = ({ context }: { context: Context }) => promise(context)?.week ?? 0;

const answers = options('done', 'tried', 'not-yet');

const answered = [
  record('checkin.answered', (step) => ({ week: weekOf(step), answer: chosen(step.event) })),
  change((step) => ({
    lessons: withLesson(step.context, weekOf(step), {
      checkin: chosen(step.event) as NonNullable<LessonProgress['checkin']>,
    }),
  })),
  ...tellJodi,
  say(({ event }) => `checkin.${chosen(event)}`),
];

export const checkin: Flow = () =>
  question({
    ask: (step) => [`lesson.${weekOf(step)}.checkin`],
    options: answers,
    chosen: [{ target: to.where, actions: answered }],
  });

/** He tells us before we ask: "kar liya" between lessons answers the promise that is still open. */
export const earlyCheckin = {
  unspoken: (context: Context) => (promise(context) ? answers : []),
  transition: {
    guard: (step: Step) =>
      promise(step.context) !== undefined && answers.some(({ id }) => id === chosen(step.event)),
    target: to.home,
    reenter: true,
    actions: [...answered, disarm('CHECKIN_DUE')],
  } satisfies Transition,
};

export const checkinDue: Transition[] = [
  ...whenFree('CHECKIN_DUE'),
  {
    guard: (step) => promise(step.context) !== undefined && !isStale(step),
    target: to.checkin,
    actions: [record('checkin.asked', (step) => ({ week: weekOf(step) }))],
  },
];
