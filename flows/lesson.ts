/** The lesson itself: read, check, reflect, choose an action. flows/week.ts says when it comes. */
import type { Content } from '../src/content/model';
import type { LessonProgress } from '../src/conversation/participant';
import { hasVoice, voiceNote } from './ear';
import { arm, armLesson, disarm, lastLesson, streakUpTo, to, withLesson } from './everywhere';
import {
  change,
  chosen,
  note,
  options,
  part,
  question,
  record,
  say,
  sayWith,
  when,
  written,
  type Step,
} from './phrases';
import type { Context, Flow } from './setup';
import { HOUR, checkinAt } from './time';

const NUDGE_AFTER = 48 * HOUR;

const week = ({ context }: { context: Context }) => context.scratch.week ?? 0;
const key = (step: { context: Context }, rest: string) => `lesson.${week(step)}.${rest}`;
const smsOf = (step: Step) => [{ key: key(step, 'sms') }];
const lessonChange = (update: (step: Step) => Partial<LessonProgress>) =>
  change((step) => ({ lessons: withLesson(step.context, week(step), update(step)) }));

export const armNudge = arm('NUDGE_DUE', ({ event }) => new Date(event.at.getTime() + NUDGE_AFTER));

const openNext = [
  change(({ context, event }) => {
    const next = context.lessons.length + 1;
    return {
      lessons: [...context.lessons, { week: next, offeredAt: event.at }],
      scratch: { ...context.scratch, week: next },
    };
  }),
  note(() => ({ nudged: undefined })),
  armNudge,
  // However it began, by itself or by hand: the next one comes on his day, and never right after it.
  armLesson,
];

/** For whoever wants to hear it, the voice note goes before the text. */
function heardFirst(content: Content) {
  return sayWith((step) =>
    step.context.profile.listens && hasVoice(content, step.context, week(step))
      ? voiceNote(week(step), step.context)
      : { parts: [] },
  );
}

/** Opens the next lesson of his sequence: its text now, its question from the state that follows. */
export const beginLesson = (content: Content) => [
  ...openNext,
  record('lesson.offered', (step) => ({ week: week(step) })),
  heardFirst(content),
  sayWith((step) => ({ parts: [part(key(step, 'lesson'))], standalone: smsOf(step) })),
];

/** The quick path: the lesson in three sentences, then straight to the action. */
export const beginShort = [
  ...openNext,
  record('lesson.offered', (step) => ({ week: week(step), short: true })),
  say((step) => key(step, 'sms')),
];

/** Is there a lesson that he has not been given? */
export function hasNext(content: Content, context: Context): boolean {
  return context.lessons.length < content.lessons.length;
}

/** Every answer gives him another 48 hours before the one nudge. */
const answered = [armNudge];

function optionsOf(content: Content, context: Context) {
  const lesson = content.lessons[(context.scratch.week ?? 1) - 1];
  return (lesson?.text.en.question.options ?? []).map((_, index) => ({
    id: `answer-${index}`,
    key: `lesson.${lesson?.week ?? 0}.question.option.${index}`,
  }));
}

function answerIndex({ event }: Step): number {
  return Number(chosen(event).slice('answer-'.length));
}

function isRight(content: Content, step: Step): boolean {
  return content.lessons[week(step) - 1]?.text.en.question.answer === answerIndex(step);
}

export const lesson: Flow = (content) => ({
  initial: 'resume',
  states: {
    // Where he left it: the first thing still open.
    resume: {
      always: [
        {
          guard: ({ context }) => lastLesson(context)?.answer === undefined,
          target: 'question',
          actions: [
            note(({ context }) => ({ week: lastLesson(context)?.week })),
            say((step) => key(step, 'lesson')),
          ],
        },
        {
          guard: ({ context }) => lastLesson(context)?.reflected === undefined,
          target: 'reflection',
          actions: [note(({ context }) => ({ week: lastLesson(context)?.week }))],
        },
        { target: 'action', actions: [note(({ context }) => ({ week: lastLesson(context)?.week }))] },
      ],
    },
    question: question({
      ask: (step) => key(step, 'question.ask'),
      options: (context) => optionsOf(content, context),
      // A nudge asks for an answer: where he can't answer, it would only be the same lesson twice.
      standalone: (step) => (step.event.type === 'NUDGE_DUE' ? undefined : smsOf(step)),
      chosen: [
        {
          target: 'reflection',
          actions: [
            lessonChange((step) => ({ answer: String(answerIndex(step)), right: isRight(content, step) })),
            record('question.answered', (step) => ({
              week: week(step),
              option: answerIndex(step),
              right: isRight(content, step),
            })),
            say((step) => key(step, `question.feedback.${answerIndex(step)}`)),
            ...answered,
          ],
        },
      ],
    }),
    reflection: question({
      ask: (step) => [key(step, 'reflection'), 'reflection.how'],
      options: options('skip'),
      chosen: [
        when('skip', {
          target: 'action',
          actions: [
            lessonChange(() => ({ reflected: 'skipped' })),
            record('reflection.skipped', (step) => ({ week: week(step) })),
            ...answered,
          ],
        }),
      ],
      text: [
        {
          target: 'action',
          actions: [
            lessonChange(() => ({ reflected: 'text' })),
            { type: 'keep', params: (step: Step) => ({ week: week(step), text: written(step.event) }) },
            record('reflection.given', (step) => ({ week: week(step), voice: false })),
            say('reflection.thanks'),
            ...answered,
          ],
        },
      ],
      voice: [
        {
          target: 'action',
          actions: [
            lessonChange(() => ({ reflected: 'voice' })),
            {
              type: 'keep',
              params: (step: Step) => ({
                week: week(step),
                voiceRef: step.event.type === 'VOICE' ? step.event.ref : '',
              }),
            },
            record('reflection.given', (step) => ({ week: week(step), voice: true })),
            say('reflection.thanks-voice'),
            ...answered,
          ],
        },
      ],
    }),
    action: question({
      // The short version ends with what to try: it is not said twice.
      ask: (step) => (chosen(step.event) === 'short' ? 'action.when' : [key(step, 'action'), 'action.when']),
      options: options('today', 'tomorrow', 'weekend', 'not-this-week'),
      chosen: [
        when('not-this-week', {
          target: to.home,
          actions: [
            lessonChange(({ event }) => ({ action: 'declined', completedAt: event.at })),
            record('action.declined', (step) => ({ week: week(step) })),
            ...completed('action.declined'),
          ],
        }),
        {
          target: to.home,
          actions: [
            lessonChange(({ event }) => ({ action: 'promised', completedAt: event.at })),
            record('action.promised', (step) => ({ week: week(step), when: chosen(step.event) })),
            arm('CHECKIN_DUE', ({ context, event }) =>
              checkinAt(context.profile, event.at, promised(chosen(event))),
            ),
            ...completed('action.promised'),
          ],
        },
      ],
    }),
  },
});

function promised(option: string): 'today' | 'tomorrow' | 'weekend' {
  return option === 'today' || option === 'tomorrow' ? option : 'weekend';
}

function completed(words: string) {
  return [
    record('lesson.completed', (step) => ({
      week: week(step),
      streak: streakUpTo(step.context, week(step)),
    })),
    disarm('NUDGE_DUE'),
    note(() => ({ week: undefined, nudged: undefined })),
    say(words),
  ];
}
