/** His group's meeting as a Saathi hears of it: told, moved, cancelled, reminded. Will he come? He may change his mind. */
import { DateTime } from 'luxon';
import type { Part } from '../src/conversation/effect';
import type { MeetingNews } from '../src/conversation/signal';
import { sayWhen } from '../src/conversation/when/say';
import { hasFreshLesson, hasJoined, isBusy, postponeSignal, to } from './everywhere';
import { change, chosen, options, part, question, record, say, when, type Step } from './phrases';
import type { Context, Flow, Transition } from './setup';
import { DAY, MINUTE } from './time';
import { zoneOf } from './zone';

/** When and where, on two lines. */
export function whenAndWhere(at: Date, place: string, zone: string): Part[] {
  return [sayWhen(at, zone), part('meeting.place', { place })].map((line) => ({ ...line, continues: true }));
}

/** What is said of it, with when and where: a template outside WhatsApp's window has no other lines. */
function lead(
  key: string,
  { at, place, mentor = '' }: { at: Date; place: string; mentor?: string },
  zone: string,
): Part {
  const when = DateTime.fromJSDate(at, { zone: zoneOf(zone) }).toFormat('d/M, H:mm');
  return part(key, { mentor, when, place });
}

/** What a member reads when his group is told; the mentor's preview shows the same. */
export function invitationParts(
  meeting: { at: Date; place: string },
  { mentor, zone, isMoved }: { mentor: string; zone: string; isMoved: boolean },
): Part[] {
  return [
    lead(isMoved ? 'meeting.moved' : 'meeting.called', { ...meeting, mentor }, zone),
    ...whenAndWhere(meeting.at, meeting.place, zone),
    part('meeting.come'),
  ];
}

/** What he answers with. */
export const answers = options('coming', 'not-coming');

const NEWS = ['MEETING', 'MEETING_REMINDER', 'MEETING_OFF'];
const newsOf = ({ event }: Step): MeetingNews | undefined =>
  NEWS.includes(event.type) && 'data' in event ? (event.data as MeetingNews) : undefined;

/** Of a group that he has left he hears nothing more. */
const isElsewhere = (step: Step) => newsOf(step)?.group !== step.context.profile.group;
const knows = (step: Step) => step.context.meeting?.id === newsOf(step)?.meeting;

/** The time and place that he knows already: it was changed and changed back. */
function isNoNews(step: Step): boolean {
  const [news, { meeting }] = [newsOf(step), step.context];
  return knows(step) && meeting?.at.getTime() === news?.at.getTime() && meeting?.place === news?.place;
}

/** From now on he knows of it; another time or place asks him anew. */
const learn = change((step) => {
  const [news, { meeting }] = [newsOf(step), step.context];
  if (!news) return {};
  const answer = isNoNews(step) ? meeting?.answer : undefined;
  return { meeting: { id: news.meeting, at: news.at, place: news.place, ...(answer && { answer }) } };
});
const forget = change(() => ({ meeting: undefined }));

const count = (entry: 'meeting.told' | 'meeting.reminded') =>
  record(entry, (step) => ({ group: newsOf(step)?.group ?? '' }));

const told = (key: string) => (step: Step) => {
  const news = newsOf(step);
  return news ? lead(key, news, step.context.profile.zone) : [];
};

const timeAndPlace = (step: Step) => {
  const news = newsOf(step);
  return news ? whenAndWhere(news.at, news.place, step.context.profile.zone) : [];
};

/** Two questions at once would make his "1" mean two things, unless the meeting is so near that it can't wait. */
const isInNoHurry = (step: Step) =>
  (newsOf(step)?.at.getTime() ?? 0) - step.event.at.getTime() > 2 * DAY && hasFreshLesson(step);

const unlessHeIsBusy: Transition[] = [
  { guard: (step) => !hasJoined(step) || isInNoHurry(step), actions: [postponeSignal(DAY)] },
  { guard: isBusy, actions: [postponeSignal(10 * MINUTE)] },
];

export const MEETING: Transition[] = [
  { guard: (step) => hasJoined(step) && (isElsewhere(step) || isNoNews(step)) },
  ...unlessHeIsBusy,
  { guard: knows, target: to.meeting, actions: [say(told('meeting.moved')), learn, count('meeting.told')] },
  {
    target: to.meeting,
    actions: [say(told('meeting.called')), learn, count('meeting.told')],
  },
];

const isDeclined = (step: Step) => knows(step) && step.context.meeting?.answer === 'no';

export const MEETING_REMINDER: Transition[] = [
  { guard: (step) => isElsewhere(step) || isDeclined(step) },
  { guard: isBusy, actions: [postponeSignal(10 * MINUTE)] },
  {
    guard: (step) => isNoNews(step) && step.context.meeting?.answer === 'yes',
    actions: [
      say((step) => [told('meeting.reminder')(step), timeAndPlace(step), 'meeting.expected'].flat()),
      count('meeting.reminded'),
    ],
  },
  { target: to.meeting, actions: [say(told('meeting.reminder')), learn, count('meeting.reminded')] },
];

const off = [say((step) => [told('meeting.off')(step), timeAndPlace(step)].flat()), forget];

/** Whoever has not been told of it needs not hear that it is off. */
export const MEETING_OFF: Transition[] = [{ guard: knows, actions: off }];

const isAhead = ({ context, event }: Step) => context.meeting !== undefined && context.meeting.at > event.at;

function answer(option: string, said: 'yes' | 'no'): Transition {
  return when(option, {
    target: to.where,
    actions: [
      change(({ context }: { context: Context }) => ({
        ...(context.meeting && { meeting: { ...context.meeting, answer: said } }),
      })),
      record('meeting.answered', ({ context }) => ({ group: context.profile.group ?? '', answer: said })),
      say(({ event }) => `meeting.${chosen(event)}`),
    ],
  });
}

/** Will he come? */
export const meeting: Flow = () => {
  const asked = question({
    ask: ({ context }) => {
      const { meeting: known, profile } = context;
      if (!known) return 'meeting.none';
      return [
        ...whenAndWhere(known.at, known.place, profile.zone),
        ...(known.answer ? [`meeting.said-${known.answer}`] : []),
        'meeting.come',
      ];
    },
    options: answers,
    standalone: ({ context: { meeting: known, profile } }) =>
      known && [{ key: 'meeting.alone' }, ...whenAndWhere(known.at, known.place, profile.zone)],
    chosen: [
      { guard: (step) => !isAhead(step), target: to.where, actions: [say('meeting.over')] },
      answer('coming', 'yes'),
      answer('not-coming', 'no'),
    ],
  });
  return { ...asked, on: { ...asked.on, MEETING_OFF: [{ guard: knows, target: to.where, actions: off }] } };
};

/** MEETING, from a Saathi: what he knows of it, and his answer once more. */
export const askAgain: Transition[] = [
  { guard: isAhead, target: to.meeting, actions: [say('meeting.yours')] },
  { target: to.resume, actions: [say('meeting.none')] },
];
