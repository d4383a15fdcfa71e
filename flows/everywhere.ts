/** What all flows share: where to go, what is true of him, timers, and words for his lesson time. */
import type { Option, Part } from '../src/conversation/effect';
import { LANGUAGES, type Language, type LessonProgress, type Profile } from '../src/conversation/participant';
import type { ClockName, ConversationEvent } from '../src/conversation/event';
import { change, chosen, part, type Step } from './phrases';
import { conversationSetup, type Context, type Transition } from './setup';
import { DAY, GAP_BETWEEN_LESSONS, HOUR, MINUTE, nextLessonAt } from './time';

/** Targets by name, so that a moved state is changed in one place. */
export const to = {
  language: '#conversation.talk.onboarding.language',
  day: '#conversation.talk.onboarding.day',
  ready: '#conversation.talk.ready',
  home: '#conversation.talk.home',
  lesson: '#conversation.talk.lesson.question',
  lessonAction: '#conversation.talk.lesson.action',
  lessonResume: '#conversation.talk.lesson.resume',
  onDemand: '#conversation.talk.onDemand',
  catchup: '#conversation.talk.catchup',
  away: '#conversation.talk.away',
  where: '#conversation.talk.last',
  resume: '#conversation.resume',
  pledge: '#conversation.errand.pledge.choose',
  checkin: '#conversation.errand.checkin',
  invitation: '#conversation.errand.invitation',
  mentor: '#conversation.mentor.home',
  mentorWhere: '#conversation.mentor.last',
  digest: '#conversation.mentor.digest',
  groupOffer: '#conversation.mentor.offer',
  meeting: '#conversation.errand.meeting',
  meetings: '#conversation.mentor.meetings.which',
  calling: '#conversation.mentor.calling.route',
  changing: '#conversation.mentor.calling.changing',
  cancelling: '#conversation.mentor.cancelling',
  attendance: '#conversation.mentor.attendance',
  attended: '#conversation.mentor.attended',
  coordinator: '#conversation.coordinator.home',
  coordinatorWhere: '#conversation.coordinator.last',
  officer: '#conversation.officer.home',
  officerWhere: '#conversation.officer.last',
  case: '#conversation.officer.one',
  stepCheck: '#conversation.errand.stepCheck',
  jodiAsked: '#conversation.errand.jodiAsked',
  jodiGoOn: '#conversation.errand.jodiGoOn',
  jodi: '#conversation.aside.jodi',
  jodiSeek: '#conversation.aside.jodiSeek',
  menu: '#conversation.aside.menu',
  help: '#conversation.aside.help',
  progress: '#conversation.aside.progress',
  changeLanguage: '#conversation.aside.language',
  schedule: '#conversation.aside.day',
  activity: '#conversation.aside.activity',
  myMentor: '#conversation.aside.myMentor',
  listen: '#conversation.aside.listen',
  slowly: '#conversation.aside.slowly',
  delete: '#conversation.aside.delete',
  myData: '#conversation.aside.my-data',
  consents: '#conversation.aside.consents',
  sharing: '#conversation.aside.sharing',
  renewal: '#conversation.aside.renewal',
  care: '#conversation.care.told',
  report: '#conversation.care.report',
  quiet: '#conversation.aside.quiet',
  consent: '#conversation.talk.onboarding.consent',
  stopped: '#conversation.stopped',
  leaving: '#conversation.leaving',
  gone: '#conversation.gone',
} as const;

/** Has he finished joining? Lessons and pledges are for those who have. */
export function hasJoined({ context }: { context: Context }): boolean {
  return context.profile.joinedAt !== undefined;
}

/** Four weeks without a word: lessons rest until he writes again. */
export const SILENCE_BEFORE_REST = 27 * DAY;

/** How long since we heard from him, in milliseconds. */
export function silence({ context, event }: Step): number {
  return context.lastHeardAt ? event.at.getTime() - context.lastHeardAt.getTime() : Infinity;
}

/** A timer that fires this late (the machine was off) has lost its point. */
export function isStale({ event }: Step): boolean {
  return 'due' in event && event.at.getTime() - event.due.getTime() > 2 * DAY;
}

const BUSY_FOR = 10 * MINUTE;

/** Is he in the middle of something? What falls due then waits until he is free. */
export function isBusy(step: Step): boolean {
  return silence(step) < BUSY_FOR;
}

/** A lesson came within the last hours: a second question now would make his "1" mean two things. */
export function hasFreshLesson({ context, event }: Step): boolean {
  const last = lastLesson(context);
  return isLessonOpen(context) && event.at.getTime() - (last?.offeredAt.getTime() ?? 0) < 20 * HOUR;
}

/** The same timer once more, a little later. */
export function postpone(type: ClockName, by = BUSY_FOR) {
  return arm(type, ({ event }) => new Date(event.at.getTime() + by));
}

/** Puts a timer off while he is busy, and by a day when a lesson has just come. */
export function whenFree(type: ClockName): Transition[] {
  return unlessFree(postpone(type), postpone(type, DAY));
}

/** As `whenFree`, for the signal in hand. */
export const whenFreeForSignal = unlessFree(postponeSignal(BUSY_FOR), postponeSignal(DAY));

type Action = ReturnType<typeof postpone> | ReturnType<typeof postponeSignal>;

function unlessFree(soon: Action, tomorrow: Action): Transition[] {
  return [
    { guard: isBusy, actions: [soon] },
    { guard: hasFreshLesson, actions: [tomorrow] },
  ];
}

/** The signal in hand once more, so many milliseconds later. */
export function postponeSignal(by: number) {
  return { type: 'postponeSignal' as const, params: { by } };
}

/** The lesson he was given last. */
export function lastLesson(context: Context): LessonProgress | undefined {
  return context.lessons.at(-1);
}

/** Was the last lesson left unfinished? */
export function isLessonOpen(context: Context): boolean {
  const last = lastLesson(context);
  return last !== undefined && last.completedAt === undefined;
}

/** How many lessons he has completed in a row, in the order in which he was given them, the one of `week` the last. */
export function streakUpTo({ lessons }: Pick<Context, 'lessons'>, week: number): number {
  const upTo = lessons.slice(0, lessons.findIndex((lesson) => lesson.week === week) + 1);
  const gap = upTo.findLastIndex((lesson) => lesson.week !== week && lesson.completedAt === undefined);
  return upTo.length - 1 - gap;
}

/** The same lessons with one week's progress changed. */
export function withLesson(
  context: Context,
  week: number,
  update: Partial<LessonProgress>,
): LessonProgress[] {
  return context.lessons.map((lesson) => (lesson.week === week ? { ...lesson, ...update } : lesson));
}

/** Each timer has one name: setting it again replaces it. */
const TIMER_IDS: Record<ClockName, string> = {
  LESSON_DUE: 'lesson',
  NUDGE_DUE: 'nudge',
  CHECKIN_DUE: 'checkin',
  STEP_DUE: 'step',
  CAMPAIGN_DAY_DUE: 'campaign',
  DIGEST_DUE: 'digest',
  JODI_DUE: 'jodi',
};

/** Sets a timer for the moment that `due` works out. A named event, so that renaming a state orphans none. */
export function arm(type: ClockName, due: (step: Step) => Date) {
  return conversationSetup.raise(({ event }) => ({ type, at: event.at, due: event.at }), {
    id: TIMER_IDS[type],
    delay: (step: { context: Context; event: ConversationEvent }) =>
      due(step).getTime() - step.event.at.getTime(),
  });
}

/** Takes a timer back. */
export function disarm(type: ClockName) {
  return conversationSetup.cancel(TIMER_IDS[type]);
}

export function disarmAll() {
  return (Object.keys(TIMER_IDS) as ClockName[]).map(disarm);
}

/** The next weekly lesson at his own day and hour, and never sooner than three days after the last one. */
export const armLesson = arm('LESSON_DUE', ({ context, event }) => {
  const last = lastLesson(context)?.offeredAt.getTime() ?? -Infinity;
  const gap = Math.max(0, last + GAP_BETWEEN_LESSONS - event.at.getTime());
  return nextLessonAt(context.profile, event.at, gap);
});

/** A sentence that names his lesson day and hour. */
export function withLessonTime(key: string, { lessonDay = 7, lessonHour = 18 }: Profile): Part {
  return part(key, {}, { day: `days.${lessonDay}`, hour: `hours.${lessonHour}` });
}

/** A sentence with his name. */
export function withName(key: string, context: Context): Part {
  return part(key, { name: context.profile.name ?? '' });
}

/** The four languages, each under its own name. */
export const languageOptions: Option[] = LANGUAGES.map((language) => ({
  id: language,
  key: 'language.name',
  language,
}));

function isLanguage(id: string): id is Language {
  return (LANGUAGES as readonly string[]).includes(id);
}

/** Did he choose a language? */
export function choseLanguage({ event }: Step): boolean {
  return isLanguage(chosen(event));
}

/** From now on he is spoken to in the language that he has just chosen. */
export const takeLanguage = change(({ context, event }) => {
  const language = chosen(event);
  return isLanguage(language) ? { profile: { ...context.profile, language } } : {};
});
