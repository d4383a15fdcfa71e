/**
 * What somebody with a role must know of other people while his own conversation takes a step: a mentor of his own
 * groups and of nobody else. Read for each step, never stored; what is not in it he cannot reach.
 */
import type { BroadcastCounts, MediaKind } from './broadcast';
import type { CaseView } from './case';
import type { Reminder } from './meeting-draft';
import type { MessageContext } from './message';
import type { KnownMeeting, Language, Status } from './participant';

export interface MemberView {
  /** 1–25, his for as long as he is in the group. */
  number: number;
  participantId: string;
  name: string;
  language: Language;
  status: Status;
  /** When he last wrote; only where he lets his mentor see how he does. */
  lastHeardAt?: Date;
  /** When he last completed a lesson; likewise. */
  lastDoneAt?: Date;
  /** How he does; only where he lets his mentor see it. */
  progress?: Progress;
  /** When he last said that he would like to talk to his mentor. */
  talkWantedAt?: Date;
  /** When the mentor last had it asked how he is. */
  askedAfterAt?: Date;
  /** What he holds in his hand where he wrote last. */
  medium: MessageContext['medium'];
  /** The last meeting that he has been told of, with his answer. */
  meeting?: KnownMeeting;
}

/** A meeting of the group: called, or held once somebody has said who came. */
export interface MeetingView {
  id: string;
  at: Date;
  place: string;
  reminders: Reminder[];
  attendance?: { present: string[]; guests: number };
}

/** How the group answered a lesson's question: never fewer than five answers, never whose. */
export interface GroupAnswers {
  week: number;
  /** By option, in the order in which they were shown. */
  counts: number[];
}

/** Lessons, actions at home and pledges that he has done: all that a mentor sees of them. */
export interface Progress {
  lessons: number;
  actions: number;
  pledges: number;
}

export interface GroupView {
  code: string;
  name: string;
  /** Opens WhatsApp with the words by which one joins; absent where WhatsApp has no number for it. */
  joinLink?: string;
  /** In order of their numbers. */
  members: MemberView[];
  /** Those that have not been cancelled, the latest first. */
  meetings: MeetingView[];
  /** Week of the lesson that most of them have come to; 0 before the first. */
  week: number;
  answers: GroupAnswers[];
}

/** A broadcast of his own, by how far it came. */
export interface BroadcastView {
  id: string;
  state: 'scheduled' | 'sending' | 'paused' | 'done' | 'cancelled' | 'draft';
  words: string;
  media?: MediaKind;
  startsAt?: Date;
  /** How many it was handed to. */
  told: number;
  /** Absent until it has been counted. */
  counts?: BroadcastCounts;
}

export interface BroadcastsView {
  /** The newest first. */
  latest: BroadcastView[];
  /** How many more he may send today. */
  left: number;
}

/** A broadcast that a coordinator may know of, with the name under which it came. */
export interface AreaBroadcastView extends BroadcastView {
  from: string;
}

export interface View {
  /** When it was read: by this "quiet for three weeks" is judged. */
  at: Date;
  /** The groups that he is the mentor of, the oldest first. */
  groups: GroupView[];
  /** Absent for whoever sends none. */
  broadcasts?: BroadcastsView;
  /** For a coordinator: what was sent in his area, the newest first, and how many more he may send today. */
  area?: { latest: AreaBroadcastView[]; left: number };
  /** The cases of an officer's tier and place that wait or are in his hands, the oldest first. */
  cases?: CaseView[];
}
