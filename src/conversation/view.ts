/**
 * What somebody with a role must know of other people while his own conversation takes a step: a mentor of his own
 * groups and of nobody else. Read for each step, never stored; what is not in it he cannot reach.
 */
import type { Language, Status } from './participant';

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
  /** In order of their numbers. */
  members: MemberView[];
}

export interface View {
  /** When it was read: by this "quiet for three weeks" is judged. */
  at: Date;
  /** The groups that he is the mentor of, the oldest first. */
  groups: GroupView[];
}
