/** A mentor's group in the walks, its meetings as time goes by, and what is said and told of them. */
import type {
  BroadcastsView,
  CaseView,
  GroupView,
  MeetingNews,
  MeetingView,
  MemberView,
  Participant,
  SignalTimer,
  View,
} from '../../src/conversation';
import { DAY, MINUTE, START } from './happenings';

/** The group is in one of so many ways, each for twelve minutes. */
const WAYS = 6;
/** The last way: those who are left have all stopped. */
export const NOBODY_LEFT = WAYS - 1;

/** Which of them it is. */
export function wayOf(now: Date): number {
  return Math.floor((now.getTime() - START.getTime()) / (12 * MINUTE)) % WAYS;
}

const members = (): MemberView[] => [
  {
    number: 1,
    participantId: 'm1',
    name: 'Asif',
    language: 'hi',
    status: 'active',
    progress: { lessons: 3, actions: 2, pledges: 1 },
    medium: 'whatsapp',
  },
  {
    number: 2,
    participantId: 'm2',
    name: 'Salim',
    language: 'or',
    status: 'active',
    lastHeardAt: START,
    lastDoneAt: START,
    talkWantedAt: START,
    progress: { lessons: 1, actions: 0, pledges: 0 },
    medium: 'whatsapp',
  },
  {
    number: 3,
    participantId: 'm3',
    name: 'Ravi',
    language: 'hi',
    status: 'active',
    progress: { lessons: 0, actions: 0, pledges: 0 },
    medium: 'whatsapp',
  },
  {
    number: 4,
    participantId: 'm4',
    name: 'Dev',
    language: 'bn',
    status: 'stopped',
    medium: 'sms',
  },
  // He lets nobody see how he does.
  { number: 7, participantId: 'm7', name: 'Ravi', language: 'hi', status: 'active', medium: 'sms' },
];

function meetingsOf(way: number, now: Date): MeetingView[] {
  const from = (id: string, days: number): MeetingView => ({
    id,
    at: new Date(now.getTime() + days * DAY),
    place: 'School',
    reminders: ['two-days', 'three-hours'],
  });
  if (way === 0) return [from('ahead', 5), from('begun', -1)];
  if (way === 1) return [from('begun', -1)];
  if (way === 2) return [{ ...from('begun', -1), attendance: { present: ['m1'], guests: 2 } }];
  // So near that nobody can be told any more.
  return way === 4 ? [from('ahead', 1 / 1440)] : [];
}

function groupAt(now: Date): GroupView {
  const way = wayOf(now);
  const all = members();
  return {
    code: 'KTR47',
    name: 'Sitapur Saathis',
    members: way === NOBODY_LEFT ? all.filter(({ status }) => status === 'stopped') : all,
    meetings: meetingsOf(way, now),
    week: 1,
    answers: [{ week: 1, counts: [4, 2] }],
  };
}

/** What a mentor has sent to his group in these walks. */
const SENT: BroadcastsView = {
  left: 1,
  latest: [
    {
      id: 'b1',
      state: 'done',
      words: 'Meeting on Sunday at five. Bring a friend!',
      told: 2,
      counts: {
        waiting: 0,
        unreachable: 0,
        sent: 0,
        delivered: 1,
        read: 1,
        failed: 1,
        expired: 0,
        cancelled: 0,
        reasons: { address: 1 },
      },
    },
  ],
};

/** What was sent in a coordinator's area. */
const AREA = { left: 1, latest: SENT.latest.map((one) => ({ ...one, from: 'Dev' })) };

/** What an officer sees: one that waits, and one that he has taken. */
const aCase = (id: string, more: Partial<CaseView>): CaseView => ({
  id,
  kind: 'call',
  topic: 'suffered',
  state: 'UP',
  district: 'UP-sitapur',
  urgency: 'week',
  reach: 'this-phone',
  time: 'evening',
  openedAt: START,
  isMine: false,
  ...more,
});
const cases = () => [aCase('c1', {}), aCase('c2', { isMine: true, contact: 'sealed' })];

/** As the product reads it: for mentors their groups, for everybody else nothing. */
export function viewOf({ roles, profile }: Participant, now: Date): View | undefined {
  if (!roles) return undefined;
  // Whoever has no state yet has no group yet either.
  const hasGroup = roles.mentor && profile.state !== undefined && profile.group === undefined;
  const other = { code: 'KTR48', name: 'Misrikh Saathis', members: [], meetings: [], week: 0, answers: [] };
  return {
    at: now,
    ...(hasGroup && { broadcasts: profile.joinedAt ? { left: 3, latest: [] } : SENT }),
    ...(roles.officer && { cases: cases() }),
    ...(roles.coordinator && { area: profile.joinedAt ? { left: 0, latest: [] } : AREA }),
    groups: hasGroup ? [groupAt(now), other] : [],
  };
}

/** Days, hours, places and numbers, possible and impossible. */
export const MEETING_TEXTS = ['14/6', '14/6 5pm', 'today 10:10 am school', '31/2', 'all but 4', '27'];

const news = (at: string, place: string): MeetingNews => ({
  meeting: 'm',
  group: 'KTR47',
  at: new Date(at),
  place,
  mentor: 'Dev',
});
const near = news('2026-01-02T17:00:00+05:30', 'School');
const far = news('2026-12-14T17:00:00+05:30', 'School');

export const MEETING_SIGNALS: Pick<SignalTimer, 'event' | 'data'>[] = [
  { event: 'MEETING', data: near },
  { event: 'MEETING', data: far },
  { event: 'MEETING', data: news('2026-12-14T17:00:00+05:30', 'Temple') },
  { event: 'MEETING_REMINDER', data: far },
  { event: 'MEETING_OFF', data: far },
  { event: 'MEETING_SHEET', data: { meeting: 'ahead', group: 'KTR47' } },
  { event: 'MEETING_OVER', data: { meeting: 'begun', group: 'KTR47' } },
];
