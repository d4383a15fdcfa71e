/** What a week brings: a lesson that falls due, a nudge, an expiry, a way to catch up, rest, and the time between. */
import type { Content } from '../src/content/model';
import type { OddKind } from '../src/conversation/event';
import { earlyCheckin } from './checkin';
import {
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
import { askedAfterAtRest } from './my-mentor';
import { armNudge, beginLesson, beginShort, hasNext } from './lesson';
import { change, note, options, part, question, record, say, when, type Step } from './phrases';
import type { Context, Flow, Transition } from './setup';
import { DAY, isSameDay, weeksSinceJoining } from './time';

/** The lesson stops being this week's: counted, not lost; he can still go on with it. */
const expireOpenLesson = [
  change(({ context }) => ({
    lessons: withLesson(context, lastLesson(context)?.week ?? 0, { expired: true }),
  })),
  record('lesson.expired', ({ context }) => ({ week: lastLesson(context)?.week ?? 0 })),
  disarm('NUDGE_DUE'),
];

/** Which week of the programme it is for him. */
function weekOfHis({ profile, lessons }: Context, at: Date): number {
  return weeksSinceJoining(profile, at, lessons[0]?.offeredAt);
}

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
    // Whoever can't answer here gets a new lesson each week all the same.
    standalone: ({ context, event }) => [
      { key: `lesson.${Math.min(weekOfHis(context, event.at), content.lessons.length)}.sms` },
    ],
    chosen: [
      when('go-on', { target: to.lessonResume, actions: [armNudge] }),
      when('this-week', { target: to.lesson, actions: beginLesson(content) }),
      when('short', { target: to.lessonAction, actions: beginShort }),
    ],
  });

/** Lessons rest after four silent weeks; a word from him brings them back. */
export const away: Flow = (content) => {
  const back: Transition[] = [
    {
      guard: ({ context }) => isLessonOpen(context) && hasNext(content, context),
      target: to.catchup,
      actions: [say('away.back')],
    },
    { target: to.onDemand, actions: [say('away.back')] },
  ];
  const asked = question({
    ask: () => 'away.ask',
    options: options('go-on'),
    chosen: back,
    text: back,
    voice: back,
  });
  // Whichever way he comes back, by the menu or the word "lesson" too, his weeks go on.
  return { ...asked, on: { ...asked.on, ASKED_AFTER: askedAfterAtRest }, exit: [armLesson] };
};

/** He asks for a lesson himself: the open one, the next if he is behind and has had none today, or when it comes. */
export const onDemand: Flow = (content) => {
  const doneToday = (step: Step) => {
    const last = lastLesson(step.context)?.completedAt;
    return last !== undefined && isSameDay(step.context.profile, last, step.event.at);
  };
  const isBehind = ({ context, event }: Step) => context.lessons.length < weekOfHis(context, event.at);
  return {
    always: [
      {
        guard: ({ context }) => isLessonOpen(context),
        target: to.lessonResume,
      },
      { guard: ({ context }) => !hasNext(content, context), target: to.home },
      { guard: doneToday, target: to.home, actions: [say('learning.one-a-day')] },
      { guard: isBehind, target: to.lesson, actions: beginLesson(content) },
      { target: to.home, actions: [say('learning.not-yet')] },
    ],
  };
};

const GREETED: Partial<Record<OddKind | 'voice', string>> = {
  emoji: 'home.thanks',
  sticker: 'home.thanks',
  voice: 'home.heard',
};

/** Between lessons: when the next one comes, and the way to the menu. */
export const home: Flow = (content) =>
  question({
    ask: ({ context }) =>
      hasNext(content, context) || isLessonOpen(context)
        ? withLessonTime('home.next', context.profile)
        : 'home.finished',
    options: options('menu'),
    unspoken: earlyCheckin.unspoken,
    unclear: 'home.heard',
    // Nothing was asked: a thumbs-up is a greeting, not a wrong answer.
    isPatient: true,
    odd: (kind) => GREETED[kind],
    chosen: [when('menu', { target: to.menu }), earlyCheckin.transition],
  });

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
    { target: to.lesson, actions: beginLesson(content) },
  ];
}

/** One nudge, where he stands in the lesson. */
export const nudgeDue: Transition[] = [
  // Another question waits for his answer: one at a time.
  { guard: ({ context }) => context.scratch.inErrand === true, actions: [postpone('NUDGE_DUE', DAY)] },
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
