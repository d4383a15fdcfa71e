/** The week's lesson: read, check, reflect, choose an action; a nudge, an expiry, and a way to catch up. */
import type { Content } from '../src/content/model';
import type { LessonProgress } from '../src/conversation/participant';
import {
  arm,
  armLesson,
  disarm,
  isBusy,
  isLessonOpen,
  isStale,
  lastLesson,
  postpone,
  silence,
  to,
  withLesson,
  withLessonTime,
  SILENCE_BEFORE_REST,
} from './everywhere';
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
import type { Context, Flow, FlowState, Transition } from './setup';
import { HOUR, checkinAt, isSameDay, weeksSinceJoining } from './time';

const NUDGE_AFTER = 48 * HOUR;

const week = ({ context }: { context: Context }) => context.scratch.week ?? 0;
const key = (step: { context: Context }, rest: string) => `lesson.${week(step)}.${rest}`;
const smsOf = (step: Step) => [{ key: key(step, 'sms') }];
const lessonChange = (update: (step: Step) => Partial<LessonProgress>) =>
  change((step) => ({ lessons: withLesson(step.context, week(step), update(step)) }));

const armNudge = arm('NUDGE_DUE', ({ event }) => new Date(event.at.getTime() + NUDGE_AFTER));

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
];

/** Opens the next lesson of his sequence: its text now, its question from the state that follows. */
export const beginLesson = [
  ...openNext,
  record('lesson.offered', (step) => ({ week: week(step) })),
  sayWith((step) => ({ parts: [part(key(step, 'lesson'))], standalone: smsOf(step) })),
];

/** The quick path: the lesson in three sentences, then straight to the action. */
const beginShort = [
  ...openNext,
  record('lesson.offered', (step) => ({ week: week(step), short: true })),
  say((step) => key(step, 'sms')),
];

/** Is there a lesson that he has not been given? */
function hasNext(content: Content, context: Context): boolean {
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
      standalone: smsOf,
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
      ask: (step) => [key(step, 'action'), 'action.when'],
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
    record('lesson.completed', (step) => ({ week: week(step) })),
    disarm('NUDGE_DUE'),
    note(() => ({ week: undefined, nudged: undefined })),
    say(words),
  ];
}

/** The lesson stops being this week's: counted, not lost; he can still go on with it. */
const expireOpenLesson = [
  change(({ context }) => ({
    lessons: withLesson(context, lastLesson(context)?.week ?? 0, { expired: true }),
  })),
  record('lesson.expired', ({ context }) => ({ week: lastLesson(context)?.week ?? 0 })),
  disarm('NUDGE_DUE'),
];

/** A new week began while a lesson lay open: a one-line recap and three ways on. */
export const catchup: Flow = (content) =>
  question({
    ask: ({ context }) =>
      part('catchup.ask', {}, { title: `lesson.${lastLesson(context)?.week ?? 1}.title` }),
    options: (context) => [
      ...options('go-on'),
      ...(hasNext(content, context)
        ? options('this-week', 'short').map((option) => ({
            ...option,
            texts: { title: `lesson.${context.lessons.length + 1}.title` },
          }))
        : []),
    ],
    standalone: ({ context }) => [
      { key: `lesson.${Math.min(context.lessons.length + 1, content.lessons.length)}.sms` },
    ],
    chosen: [
      when('go-on', { target: to.lessonResume, actions: [armNudge, note(() => ({ nudged: undefined }))] }),
      when('this-week', { target: to.lesson, actions: beginLesson }),
      when('short', { target: to.lessonAction, actions: beginShort }),
    ],
  });

/** Lessons rest after four silent weeks; a word from him brings them back. */
export const away: Flow = (content) => {
  const back: Transition[] = [
    {
      guard: ({ context }) => isLessonOpen(context) && hasNext(content, context),
      target: to.catchup,
      actions: [armLesson, say('away.back')],
    },
    { target: to.onDemand, actions: [armLesson, say('away.back')] },
  ];
  return question({
    ask: () => 'away.ask',
    options: options('go-on'),
    chosen: back,
    text: back,
    voice: back,
  });
};

/** He asks for a lesson himself: the open one, the next if he is behind and has had none today, or when it comes. */
export const onDemand: Flow = (content) => {
  const doneToday = (step: Step) => {
    const last = lastLesson(step.context)?.completedAt;
    return last !== undefined && isSameDay(step.context.profile, last, step.event.at);
  };
  const isBehind = ({ context, event }: Step) =>
    context.lessons.length < weeksSinceJoining(context.profile, event.at);
  return {
    always: [
      {
        guard: ({ context }) => isLessonOpen(context),
        target: to.lessonResume,
      },
      { guard: ({ context }) => !hasNext(content, context), target: to.home },
      { guard: doneToday, target: to.home, actions: [say('learning.one-a-day')] },
      { guard: isBehind, target: to.lesson, actions: beginLesson },
      { target: to.home, actions: [say('learning.not-yet')] },
    ],
  };
};

/** Between lessons: when the next one comes, and the way to the menu. */
export const home: Flow = (content) =>
  question({
    ask: ({ context }) =>
      hasNext(content, context) || isLessonOpen(context)
        ? withLessonTime('home.next', context.profile)
        : 'home.finished',
    options: options('menu'),
    unclear: 'home.heard',
    chosen: [when('menu', { target: to.menu })],
  }) satisfies FlowState;

const isResting = (step: Step) => silence(step) > SILENCE_BEFORE_REST;

/** What a new week brings, in order of precedence. The machine's root listens for it. */
export function lessonDue(content: Content): Transition[] {
  return [
    { guard: isBusy, actions: [postpone('LESSON_DUE')] },
    // The year is over for him; should lessons be added, he gets them from next week on.
    { guard: ({ context }) => !hasNext(content, context) && !isLessonOpen(context), actions: [armLesson] },
    { guard: isResting, target: to.away, actions: [disarm('NUDGE_DUE')] },
    {
      guard: ({ context }) => isLessonOpen(context) && !lastLesson(context)?.expired,
      target: to.catchup,
      actions: [...expireOpenLesson, armLesson],
    },
    { guard: ({ context }) => isLessonOpen(context), target: to.catchup, actions: [armLesson] },
    { target: to.lesson, actions: [...beginLesson, armLesson] },
  ];
}

/** One nudge, where he stands in the lesson. */
export const nudgeDue: Transition[] = [
  {
    guard: (step) =>
      isLessonOpen(step.context) && !step.context.scratch.nudged && !isStale(step) && !isBusy(step),
    target: to.where,
    actions: [
      note(() => ({ nudged: true })),
      record('lesson.nudged', ({ context }) => ({ week: lastLesson(context)?.week ?? 0 })),
      say('learning.nudge'),
    ],
  },
];
