/**
 * Signals: the one way in which anything outside reaches a participant's conversation. A signal is a durable timer
 * with data. Each name has one kind of data: plain, small values that survive BSON (numbers, texts, dates).
 */
import type { Invitation } from './roles';

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
  /** The code he gave is no group's, or its group is full: he is in none. */
  UNGROUPED: { group: string; why: 'unknown' | 'full' | 'removed' };
  /** One of his Saathis would like to talk to him; with the phone number only where the Saathi said so. */
  TALK_WANTED: { number: number; name: string; phone?: string };
  /** His mentor asks after him, in the system's words. */
  ASKED_AFTER: { mentor: string };
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
