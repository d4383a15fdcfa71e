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
  lastHeardAt?: Date;
  /** Lessons, actions at home and pledges that he has done: all that a mentor sees of them. */
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
  /** The groups that he is the mentor of, the oldest first. */
  groups: GroupView[];
}
