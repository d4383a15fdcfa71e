/** A participant as the conversation sees him: plain values that survive BSON unchanged. */
import type { CareTopic } from '../content/model';
import type { ConsentPurpose } from './consents';
import type { ClockName } from './event';
import type { MessageContext } from './message';
import type { Invitation, Roles } from './roles';
import type { SignalTimer } from './signal';

/** `hi-Latn` is Hindi in Latin letters. */
export const LANGUAGES = ['hi', 'bn', 'or', 'en', 'hi-Latn'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Status = 'joining' | 'active' | 'stopped' | 'gone';

export interface Profile {
  /** Until he has chosen: Hindi words are not assumed, the first question comes in all four. */
  language?: Language;
  name?: string;
  /** Ids from content/geography.yaml, e.g. `UP` and `UP-sitapur`. */
  state?: string;
  district?: string;
  /** The group's joining code, upper case. */
  group?: string;
  /** ISO weekday 1 (Monday) … 7 (Sunday) and hour 0–23 of his weekly lesson, in `zone`. */
  lessonDay?: number;
  lessonHour?: number;
  /** IANA zone; Asia/Kolkata unless said otherwise. */
  zone: string;
  /** When he finished joining: the weeks of the programme count from here. */
  joinedAt?: Date;
}

/** Evidence of consent (DPDP Act s.6): which words, in which language, when, by which message. */
export interface Consent {
  /** What for; absent on roles, on SMS, and on consents to the lessons from before there were purposes. */
  purpose?: ConsentPurpose;
  notice: string;
  language: Language;
  channel: MessageContext['channel'];
  messageId: string;
  at: Date;
  given: boolean;
}

/** How far he came with one week's lesson. */
export interface LessonProgress {
  week: number;
  offeredAt: Date;
  answer?: string;
  right?: boolean;
  reflected?: 'text' | 'voice' | 'skipped';
  action?: 'promised' | 'declined';
  checkin?: 'done' | 'tried' | 'not-yet';
  completedAt?: Date;
  /** The next lesson fell due while this one lay open. */
  expired?: boolean;
}

/** Did he try the week's action at home, with or without success? */
export function isActionTried({ checkin }: LessonProgress): boolean {
  return checkin === 'done' || checkin === 'tried';
}

export interface Pledge {
  id: string;
  /** Which pledge, and which wording of it he agreed to. */
  kind: string;
  version: string;
  language: Language;
  at: Date;
  step?: string;
  stepAnswer?: 'done' | 'tried' | 'not-yet';
}

/** A durable timer that a flow has set: XState's delayed `raise`, kept outside the machine. */
export interface ClockTimer {
  id: string;
  event: ClockName;
  due: Date;
  /** The participant's sequence when it was set. */
  sequence: number;
}

/** What waits for its moment: set by a flow, or sent from outside. */
export type Timer = ClockTimer | SignalTimer;

/** What only the present exchange needs; every key is left out when it says nothing. */
export interface Scratch {
  /** Answers in a row that were not understood. */
  misses?: number;
  /** Page of a long list (districts). */
  page?: number;
  /** Place ids that a typed name may have meant. */
  found?: string[];
  /** The lesson in hand. */
  week?: number;
  nudged?: boolean;
  /** Lessons in a row that met with silence. */
  silent?: number;
  /** He left an errand (pledge, check-in) for an aside (menu, help) and goes back there. */
  inErrand?: boolean;
  /** The hat he wears, if it is not a Saathi's. */
  hat?: 'mentor';
  /** Code of the group in hand, where he has several. */
  group?: string;
  /** Number of the member in hand. */
  member?: number;
  /** The number that he is about to hand the group over to. */
  phone?: string;
  /** The group that another mentor offers him. */
  offer?: { group: string; name: string; from: string; count: number };
  /** The pledge being considered. */
  kind?: string;
  /** He told of violence and has not yet chosen to go on: what kind, never the words. */
  care?: CareTopic;
  /** He told of it before anything else was asked: the conversation begins once he goes on. */
  fresh?: boolean;
  /** The consent being asked for. */
  purpose?: ConsentPurpose;
  /** The version of the notice that he was reminded of, once. */
  noticeTold?: string;
  /** The activity being reported. */
  activity?: string;
  /** ISO weekday chosen, hour still open. */
  day?: number;
}

/** Where his conversation stands, in its stored form (under 1 KB with the timers). */
export interface StoredConversation {
  /** The statechart's version; an older one is migrated before it is used. */
  version: number;
  /** Path of the one active leaf state, e.g. `talk.lesson.reflection`. */
  state: string;
  /** History states: id → path of the leaf to go back to. */
  history: Record<string, string>;
  /** What only the present exchange needs. */
  scratch: Scratch;
  timers: Timer[];
}

export interface Participant {
  id: string;
  /** Counts steps; every write is conditional on it. */
  sequence: number;
  status: Status;
  profile: Profile;
  consents: Consent[];
  lessons: LessonProgress[];
  pledges: Pledge[];
  /** What he is beside a Saathi, confirmed from his own phone. */
  roles?: Roles;
  /** A role that he has been offered and has not answered yet. */
  invited?: Invitation;
  /** The last moment we heard from him (WhatsApp's 24-hour window starts here). */
  lastHeardAt?: Date;
  /** The step of his last STOP: what an earlier step wrote is never sent any more, not even after START. */
  lastStop?: number;
  createdAt: Date;
  conversation: StoredConversation;
}
