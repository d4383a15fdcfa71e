/**
 * Signals: the one way in which anything outside reaches a participant's conversation. A signal is a durable timer
 * with data. Each name has one kind of data: plain, small values that survive BSON (numbers, texts, dates).
 */
import type { BroadcastHat, BroadcastMode, BroadcastPreview, BroadcastRefusal, KeptMedia } from './broadcast';
import type { Invitation } from './roles';

/** How the week's action went, as far as a jodi tells it: done, or not yet. */
export interface JodiNews {
  isDone: boolean;
  at: Date;
}

/** A meeting as whoever is concerned is told of it. */
export interface MeetingNews {
  meeting: string;
  group: string;
  /** When it begins. */
  at: Date;
  place: string;
  /** The mentor's name. */
  mentor: string;
}

/** Figures as a coordinator is told them: numbers, or `<5` where one is too small to be shown. */
export interface FiguresNews {
  /** `all`, `state:UP`, `district:UP-sitapur`. */
  area: string;
  /** The running week, or the last whole one. */
  of: 'now' | 'week';
  /** The week, `2026-W03`. */
  period: string;
  /** Its days, `12/1–18/1`. */
  days: string;
  /** By name; those of the week before with `Before` behind the name. */
  counts: Record<string, number | string>;
  /** Who was active, week by week, the oldest first: what the picture shows. */
  active: string;
}

/** What each signal carries. A new one also needs its line in `TIMED` (timers.ts) and a transition in the statechart. */
export interface Signals {
  /** A role is offered to him. */
  INVITED: { invitation: Invitation };
  /** The group that he asked for has been made, and he is its mentor. */
  GROUP_MADE: { group: string; name: string };
  /** He is in a group now, or in another one. */
  GROUPED: { group: string; name: string; mentor: string };
  /** Another mentor wants to hand his group over to him. */
  GROUP_OFFERED: { group: string; name: string; from: string; count: number };
  /** What became of the group that he offered to another mentor. */
  OFFER_ANSWERED: { group: string; name: string; mentor: string; takes: boolean };
  /** His group has another mentor. */
  MENTOR_CHANGED: { name: string; mentor: string };
  /** The code by which a man of his confirms his new number. */
  NUMBER_VOUCHED: { name: string; code: string };
  /** The code does not fit the phone from which it came, or its time is over. */
  NUMBER_REFUSED: Record<string, never>;
  /** All that is his has come to this phone. */
  NUMBER_MOVED: Record<string, never>;
  /** A group of his area has lost its mentor. */
  GROUP_ORPHANED: { group: string; name: string };
  /** The code he gave is no group's, or its group is full: he is in none. */
  UNGROUPED: { group: string; why: 'unknown' | 'full' | 'removed' };
  /** The figures that a coordinator asked for. */
  FIGURES: FiguresNews;
  /** One of his Saathis would like to talk to him; with the phone number only where the Saathi said so. */
  /** `contact`: his phone number, sealed (`{phone}`), where he said that it may go to his mentor. */
  TALK_WANTED: { number: number; name: string; contact?: { text: string; place: string } };
  /** Somebody of his group asks whether they shall be a jodi. */
  JODI_ASKED: { group: string; jodi: string; name: string };
  /** Both have agreed. */
  JODI_BEGUN: { group: string; jodi: string; name: string };
  /** Nobody like that is free in his group just now. */
  JODI_NONE: { group: string };
  /** The other one of his jodi did the week's action, or not yet; when he said so. */
  JODI_NEWS: { jodi: string } & JodiNews;
  /** The other one has left it; he is not told. */
  JODI_ENDED: { jodi: string };
  /** His mentor asks after him, in the system's words. */
  ASKED_AFTER: { mentor: string };
  /** His group's meeting has been called, or has another time or place now. */
  MEETING: MeetingNews;
  MEETING_REMINDER: MeetingNews;
  MEETING_OFF: MeetingNews;
  /** To the mentor: the meeting's sheet, some hours before it begins. */
  MEETING_SHEET: { meeting: string; group: string };
  /** To the mentor: the meeting is over. Who came? */
  MEETING_OVER: { meeting: string; group: string };
  /** Somebody writes to many, and to him among them. */
  BROADCAST: {
    broadcast: string;
    from: BroadcastHat;
    name: string;
    words: string;
    mode: BroadcastMode;
    media?: KeptMedia;
  };
  /** What his draft would be, counted over its audience. */
  BROADCAST_DRAFTED: { token: string; broadcast: string; preview: BroadcastPreview };
  /** The broadcast that he ordered does not leave. */
  BROADCAST_REFUSED: { why: BroadcastRefusal };
  /** To an officer: a case of his tier and place waits. */
  CASE_WAITING: { urgent: boolean };
  /** To an officer who wanted to take a case: it is his, or somebody was quicker. */
  CASE_TAKEN: { case: string; mine: boolean };
  /** To the officer who has it: he who asked has taken it back. */
  CASE_WITHDRAWN: { case: string };
}

export type SignalName = keyof Signals;

type Each<T> = { [K in SignalName]: T & { event: K; data: Signals[K] } }[SignalName];

/** A signal as it waits among a participant's timers. */
export type SignalTimer = Each<{
  /** The signal's id: sent again it has no second effect. */
  id: string;
  due: Date;
  /** Not worth anything after this moment. */
  expiresAt?: Date;
}>;

/** A signal as the statechart sees it. */
export type SignalEvent = {
  [K in SignalName]: { type: K; id: string; data: Signals[K]; expiresAt?: Date };
}[SignalName];
