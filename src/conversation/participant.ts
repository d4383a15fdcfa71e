/** A participant as the conversation sees him: plain values that survive BSON unchanged. */
import type { CareTopic } from '../content/model';
import type { Aim, BroadcastMode, BroadcastPreview, GivenMedia, GroupPart } from './broadcast';
import type { CaseRequest } from './case';
import type { Consent, ConsentPurpose } from './consent';
import type { ClockName } from './event';
import type { CallingDraft } from './meeting-draft';
import type { Invitation, Roles } from './roles';
import type { JodiNews, SignalTimer } from './signal';

export type { Consent } from './consent';
export type { JodiNews } from './signal';

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
  /** His partner for the week's action. */
  jodi?: JodiShare;
  /** ISO weekday 1 (Monday) … 7 (Sunday) and hour 0–23 of his weekly lesson, in `zone`. */
  lessonDay?: number;
  lessonHour?: number;
  /** IANA zone; Asia/Kolkata unless said otherwise. */
  zone: string;
  /** He wants every lesson to be heard as well, where a voice has recorded it. */
  listens?: boolean;
  /** When he finished joining: the weeks of the programme count from here. */
  joinedAt?: Date;
}

/** What one of a jodi has of it. Of the other he knows his name, and done or not yet: nothing else is ever sent. */
export interface JodiShare {
  id: string;
  name: string;
  since: Date;
  own?: JodiNews;
  other?: JodiNews;
  /** Weeks in a row in which not both did it. */
  misses?: number;
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

/** His group's meeting as he has been told of it, and what he answered. */
export interface KnownMeeting {
  id: string;
  at: Date;
  place: string;
  answer?: 'yes' | 'no';
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
  /** The state in which he lives now, as he puts his place right; his district is asked next. */
  place?: string;
  /** The lesson in hand. */
  week?: number;
  nudged?: boolean;
  /** Lessons in a row that met with silence. */
  silent?: number;
  /** He left an errand (pledge, check-in) for an aside (menu, help) and goes back there. */
  inErrand?: boolean;
  /** The hat he wears, if it is not a Saathi's. */
  hat?: 'mentor' | 'officer' | 'coordinator';
  /** Code of the group in hand, where he has several. */
  group?: string;
  /** Number of the member in hand. */
  member?: number;
  /** The number that he is about to hand the group over to. */
  phone?: string;
  /** The group that another mentor offers him. */
  offer?: { group: string; name: string; from: string; count: number };
  /** Who asks to be his jodi, or is: the question in hand speaks of him. */
  partner?: { jodi: string; name: string };
  /** The pledge being considered. */
  kind?: string;
  /** He told of violence and has not yet chosen to go on: what kind, never the words. */
  care?: CareTopic;
  /** What he asks for in care, step by step; never his words. */
  asking?: Partial<Pick<CaseRequest, 'kind' | 'topic' | 'state' | 'district' | 'urgency' | 'reach' | 'time'>>;
  /** Ids of the cases on the list that he, an officer, was shown, and the one in hand. */
  cases?: string[];
  case?: string;
  /** He told of it before anything else was asked: the conversation begins once he goes on. */
  fresh?: boolean;
  /** The consent being asked for. */
  purpose?: ConsentPurpose;
  /** The version of the notice that he was reminded of, once. */
  noticeTold?: string;
  /** Up to which paragraph he has read the lesson, piece by piece. */
  piece?: number;
  /** The activity being reported. */
  activity?: string;
  /** To which part of his group he writes. */
  to?: GroupPart;
  /** What a mentor or coordinator is about to send to many, until he has decided (at most 600 characters). */
  words?: string;
  /** The picture or voice note that goes with it. */
  media?: GivenMedia;
  /** To whom a coordinator writes, so far. */
  aim?: Aim;
  /** He waits for the count of his draft, by this token; then the draft, when it leaves, and how it comes. */
  counting?: string;
  drafted?: { id: string; preview: BroadcastPreview };
  startsAt?: Date;
  mode?: BroadcastMode;
  /** Ids of the broadcasts on the list that he was shown, and the one in hand. */
  broadcasts?: string[];
  broadcast?: string;
  /** His words to many spoke of violence: he has been told, and what he writes now is his decision. */
  warned?: true;
  /** ISO weekday chosen, hour still open. */
  day?: number;
  /** The meeting that a mentor is calling or changing. */
  calling?: CallingDraft;
  /** Who came, as he has just said: numbers of the group's list. */
  came?: { numbers: number[]; guests: number };
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
  /** The last meeting that he has been told of. */
  meeting?: KnownMeeting;
  /** The last moment we heard from him (WhatsApp's 24-hour window starts here). */
  lastHeardAt?: Date;
  /** The step of his last STOP: what an earlier step wrote is never sent any more, not even after START. */
  lastStop?: number;
  createdAt: Date;
  conversation: StoredConversation;
}
