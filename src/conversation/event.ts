/** Everything that can happen to a participant's conversation. A closed union: one member, one meaning. */
import type { Disclosure } from './disclosure';
import type { MessageContext } from './message';
import type { SignalEvent } from './signal';

/** What works everywhere, whatever he is being asked. */
export type Command =
  | 'stop'
  | 'start'
  | 'help'
  | 'menu'
  | 'progress'
  | 'language'
  | 'pledge'
  | 'lesson'
  | 'delete'
  /** What is kept of him. */
  | 'my-data'
  /** What he agreed to. */
  | 'consents'
  | 'activity'
  | 'back'
  | 'again'
  | 'listen'
  | 'slowly'
  /** The lesson as a picture to pass on. */
  | 'share'
  | 'mentor'
  | 'saathi'
  | 'digest'
  /** He would like to talk to his mentor. */
  | 'my-mentor'
  /** Two of a group who do the week's action side by side. */
  | 'jodi'
  | 'officer'
  | 'coordinator'
  /** Quick exit: the talk turns to the weather, whatever stood there before. */
  | 'weather';

/** Commands with words of his own after them: a code, a day and a place, numbers (worded.ts). */
export type WordedCommand = 'join' | 'code' | 'invite' | 'stats' | 'meet' | 'who' | 'attend';

/** Media that no question asks for; a kind answer in his language is all it gets. */
export type OddKind =
  'image' | 'video' | 'document' | 'sticker' | 'location' | 'contact' | 'call' | 'emoji' | 'long' | 'unknown';

/** From the person, after `understand`. */
export type HeardEvent = { at: Date; message: MessageContext } & (
  | { type: 'COMMAND'; command: Command }
  | { type: 'COMMAND'; command: WordedCommand; rest: string }
  | { type: 'CHOOSE'; option: string }
  | { type: 'TEXT'; text: string }
  | { type: 'VOICE'; ref: string }
  /** A picture, where one is an answer; with what he wrote under it. */
  | { type: 'PICTURE'; ref: string; text: string }
  | { type: 'ODD'; kind: OddKind }
  | { type: 'UNCLEAR' }
  // He wrote, whatever it was, and the notice that he agreed to has changed: he is asked first.
  | { type: 'NOTICE_CHANGED' }
  // He tells of violence, abuse or of wanting to die; none of his words goes with it.
  | ({ type: 'DISCLOSURE' } & Disclosure)
);

/** From a timer that a flow has set. `due` is when it should have fired: lateness is judged by the flow. */
type ClockEvent =
  | { type: 'LESSON_DUE' }
  | { type: 'NUDGE_DUE' }
  | { type: 'CHECKIN_DUE' }
  | { type: 'STEP_DUE' } // check-in on a pledge's first step
  | { type: 'CAMPAIGN_DAY_DUE' }
  | { type: 'JODI_DUE' } // how a jodi's week was
  | { type: 'DIGEST_DUE' }; // a mentor's week in a few lines

/** From a durable timer: one that a flow has set, or a signal from outside. */
export type TimerEvent = { at: Date; due: Date } & (ClockEvent | SignalEvent);

export type ConversationEvent = HeardEvent | TimerEvent;
export type TimerName = TimerEvent['type'];
export type ClockName = ClockEvent['type'];
