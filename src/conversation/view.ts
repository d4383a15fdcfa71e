/**
 * What somebody with a role must know of other people while his own conversation takes a step: a mentor of his own
 * groups and of nobody else. Read for each step, never stored; what is not in it he cannot reach.
 */
import type { CaseView } from './case';
import type { Language, Status } from './participant';

export interface MemberView {
  /** 1–25, his for as long as he is in the group. */
  number: number;
  participantId: string;
  name: string;
  language: Language;
  status: Status;
  lastHeardAt?: Date;
  /** Lessons, actions at home and pledges that he has done: all that a mentor sees of them. */
  lessons: number;
  actions: number;
  pledges: number;
  /** When he last completed a lesson. */
  lastDoneAt?: Date;
  /** When he last said that he would like to talk to his mentor. */
  talkWantedAt?: Date;
  /** When the mentor last had it asked how he is. */
  askedAfterAt?: Date;
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
  /** The cases of an officer's tier and place that wait or are in his hands, the oldest first. */
  cases?: CaseView[];
}
