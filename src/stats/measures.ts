/**
 * What is counted: the one list of definitions (docs/statistics.md says each in a sentence). A measure counts journal
 * entries, or the people who have at least one such entry in the period.
 */
import type { JournalType } from '../conversation/effect';

type Value = string | number | boolean;

export interface Measure {
  type: JournalType;
  /** Only entries with exactly these values. */
  where?: Readonly<Record<string, Value>>;
  /** Entries that take one of the others back. */
  less?: JournalType;
}

/** Entries, each counted once. */
export const ENTRIES = {
  joined: { type: 'participant.joined' },
  consented: { type: 'consent.given' },
  refused: { type: 'consent.refused' },
  underage: { type: 'participant.refused-underage' },
  stopped: { type: 'participant.stopped' },
  started: { type: 'participant.started' },
  erased: { type: 'participant.erased' },
  offered: { type: 'lesson.offered' },
  nudged: { type: 'lesson.nudged' },
  expired: { type: 'lesson.expired' },
  opened: { type: 'question.answered' },
  right: { type: 'question.answered', where: { right: true } },
  reflected: { type: 'reflection.given' },
  reflectedByVoice: { type: 'reflection.given', where: { voice: true } },
  reflectionSkipped: { type: 'reflection.skipped' },
  actionPromised: { type: 'action.promised' },
  actionDeclined: { type: 'action.declined' },
  completed: { type: 'lesson.completed' },
  streakOf4: { type: 'lesson.completed', where: { streak: 4 } },
  streakOf8: { type: 'lesson.completed', where: { streak: 8 } },
  streakOf12: { type: 'lesson.completed', where: { streak: 12 } },
  shared: { type: 'lesson.shared' },
  seriesHeard: { type: 'series.heard' },
  checkinAsked: { type: 'checkin.asked' },
  checkinAnswered: { type: 'checkin.answered' },
  actionDone: { type: 'checkin.answered', where: { answer: 'done' } },
  actionTried: { type: 'checkin.answered', where: { answer: 'tried' } },
  actionNotYet: { type: 'checkin.answered', where: { answer: 'not-yet' } },
  pledgeOffered: { type: 'pledge.offered' },
  pledgeTaken: { type: 'pledge.taken' },
  pledgeDeclined: { type: 'pledge.declined' },
  stepDone: { type: 'step.answered', where: { answer: 'done' } },
  activityAtHome: { type: 'activity.reported', where: { where: 'home' } },
  activityInCommunity: { type: 'activity.reported', where: { where: 'community' } },
  groupMade: { type: 'group.made' },
  groupJoined: { type: 'group.joined' },
  groupLeft: { type: 'group.left' },
  roleAccepted: { type: 'role.accepted' },
  roleDeclined: { type: 'role.declined' },
  digestTold: { type: 'mentor.digest-told' },
  talkWanted: { type: 'mentor.talk-wanted' },
  askedAfter: { type: 'mentor.asked-after' },
  jodiBegun: { type: 'jodi.begun' },
  jodiEnded: { type: 'jodi.ended' },
  meetingCalled: { type: 'meeting.called' },
  meetingCancelled: { type: 'meeting.cancelled' },
  meetingTold: { type: 'meeting.told' },
  meetingReminded: { type: 'meeting.reminded' },
  meetingAnswered: { type: 'meeting.answered' },
  meetingComing: { type: 'meeting.answered', where: { answer: 'yes' } },
  meetingHeld: { type: 'meeting.held' },
  attended: { type: 'meeting.attended', less: 'meeting.struck' },
  broadcastTold: { type: 'broadcast.told' },
  unclear: { type: 'message.unclear' },
} as const satisfies Record<string, Measure>;
export type EntryMeasure = keyof typeof ENTRIES;

/** What only he himself can bring about: whoever has one of these in a period was active in it. */
export const ACTIVE: readonly JournalType[] = [
  'participant.joined',
  'participant.started',
  'consent.given',
  'profile.changed',
  'question.answered',
  'reflection.given',
  'reflection.skipped',
  'action.promised',
  'action.declined',
  'checkin.answered',
  'pledge.taken',
  'pledge.declined',
  'step.chosen',
  'step.answered',
  'activity.reported',
  'meeting.answered',
  'role.accepted',
  'role.declined',
  'mentor.talk-wanted',
];

/** People, each counted once in a period however much they did. */
export const PEOPLE = {
  active: ACTIVE,
  offeredPeople: ['lesson.offered'],
  openedPeople: ['question.answered'],
  reflectedPeople: ['reflection.given'],
  completedPeople: ['lesson.completed'],
  pledgedPeople: ['pledge.taken'],
  reportedPeople: ['activity.reported'],
} as const satisfies Record<string, readonly JournalType[]>;
export type PeopleMeasure = keyof typeof PEOPLE;

/**
 * People by what became of the messages that were written to them in the period: to whom at least one was delivered;
 * and to whom at least one failed while none left.
 */
export const PEOPLE_BY_MESSAGES = ['reachedPeople', 'unreachablePeople'] as const;
export type PeopleByMessages = (typeof PEOPLE_BY_MESSAGES)[number];

/** Messages, from the outbox by the moment at which they were written. */
export const MESSAGES = ['sent', 'delivered', 'read', 'failed', 'unknown', 'smsSegments'] as const;
export type MessageMeasure = (typeof MESSAGES)[number];

/** Of one lesson, by its week: how often each step was taken, and (beside these) how often each answer was chosen. */
export const LESSON_STEPS = {
  offered: 'lesson.offered',
  opened: 'question.answered',
  reflected: 'reflection.given',
  skipped: 'reflection.skipped',
  promised: 'action.promised',
  declined: 'action.declined',
  completed: 'lesson.completed',
} as const satisfies Record<string, JournalType>;
export type LessonStep = keyof typeof LESSON_STEPS;

/** Counted by what kind they are: type → the value that names the kind. */
export const KINDS = { 'pledge.taken': 'kind', 'activity.reported': 'kind' } as const satisfies Partial<
  Record<JournalType, string>
>;

export type CountName = EntryMeasure | PeopleMeasure | PeopleByMessages | MessageMeasure;

/** All counts, in the order of tables and files. */
export const COUNTS: readonly CountName[] = [
  ...(Object.keys(PEOPLE) as PeopleMeasure[]),
  ...PEOPLE_BY_MESSAGES,
  ...(Object.keys(ENTRIES) as EntryMeasure[]),
  ...MESSAGES,
];
