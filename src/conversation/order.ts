/**
 * What a flow asks to be done to others: a closed union. Carried out after the step is committed, idempotent by
 * the effect's id; whoever carries it out checks again that the one who ordered it may. What must come back comes
 * as a signal.
 */
import type { Aim, BroadcastMode, BroadcastSteering, GivenMedia, GroupPart } from './broadcast';
import type { Reminder } from './meeting-draft';
import type { CaseRequest, Outcome } from './case';
import type { FiguresNews } from './signal';

export type Order =
  /** He gave a group's code: make him its member. */
  | { do: 'join group'; code: string }
  /** He becomes the mentor of a new group, which gets a code. */
  | { do: 'create group'; name: string }
  /** He looks for a partner in his group: whom he names (a number or a name), or anyone. */
  | { do: 'seek jodi'; group: string; whom?: string }
  /** His answer to somebody who asked him. */
  | { do: 'answer jodi'; group: string; jodi: string; isYes: boolean }
  /** He has heard that it began. Should it be over already, he must be told. */
  | { do: 'confirm jodi'; group: string; jodi: string }
  /** The other one of his jodi may know: done, or not yet. */
  | { do: 'tell jodi'; group: string; jodi: string; isDone: boolean }
  /** The jodi is over; nobody is told. */
  | { do: 'end jodi'; group: string; jodi: string }
  /** He would like to talk to his mentor; the mentor may have his phone number for it, or not. */
  | { do: 'tell mentor'; withPhone: boolean }
  /** A mentor has it asked how these men of his are, in the system's words. */
  | { do: 'ask after'; ids: string[] }
  /** A man of his group leaves it … */
  | { do: 'remove member'; group: string; member: string }
  /** … or goes to another of his own groups. */
  | { do: 'move member'; group: string; member: string; to: string }
  /** He knows that a man of his group has this number now … */
  | { do: 'vouch for number'; group: string; member: string; phone: string }
  /** … and the phone with that number has told the code. */
  | { do: 'claim number'; code: string }
  /** A coordinator invites whoever has this number to be a mentor in his area. */
  | { do: 'invite mentor'; phone: string }
  /** A coordinator asks for figures of an area of his: of the running week, or of the last whole one. */
  | { do: 'tell figures'; area: string; of: FiguresNews['of'] }
  /** The group is offered to another mentor, who is reached at this number. */
  | { do: 'offer group'; group: string; phone: string }
  /** The answer to that offer. */
  | { do: 'answer group offer'; group: string; takes: boolean }
  /** His group meets: everybody in it is told from `tellAt` on. One meeting lies ahead of a group at a time. */
  | ({ do: 'call meeting'; group: string } & MeetingWanted)
  | ({ do: 'change meeting'; meeting: string } & MeetingWanted)
  /** The meeting that lies ahead of the group; whoever has been told of it is told. */
  | { do: 'cancel meeting'; group: string; tellAt: Date }
  /** Who came: participants' ids. Said again it replaces what was said before. */
  | { do: 'note attendance'; meeting: string; present: string[]; guests: number }
  /** A mentor writes to his group, or to part of it. */
  | {
      do: 'send broadcast';
      group: string;
      part: GroupPart;
      /** The meeting to which they come whom it is for. */
      meeting?: string;
      words: string;
      media?: GivenMedia;
      startsAt: Date;
    }
  /** A coordinator wants to know what a message to his area would be; the answer carries the token. */
  | { do: 'draft broadcast'; token: string; aim: Aim; words: string; media?: GivenMedia }
  /** It leaves. */
  | { do: 'confirm broadcast'; broadcast: string; mode: BroadcastMode; startsAt: Date }
  /** What becomes of a broadcast of his own, or for a coordinator of one in his area. */
  | { do: 'steer broadcast'; hat: 'mentor' | 'coordinator'; broadcast: string; how: BroadcastSteering }
  /** With his explicit yes: somebody shall reach him, or look into what he tells of. */
  | { do: 'open case'; request: CaseRequest }
  /** He takes back whatever he asked for. */
  | { do: 'withdraw cases' }
  /** An officer answers for it from now on. */
  | { do: 'take case'; case: string }
  | { do: 'close case'; case: string; outcome: Outcome }
  /** An officer is being shown these: every look is on record. */
  | { do: 'see cases'; cases: string[]; contact?: true };

export interface MeetingWanted {
  at: Date;
  place: string;
  reminders: Reminder[];
  tellAt: Date;
}

export type OrderName = Order['do'];

/** An order with who gave it and when. */
export interface PlacedOrder<Name extends OrderName = OrderName> {
  /** The effect's id: carrying it out twice is carrying it out once. */
  id: string;
  participantId: string;
  at: Date;
  order: Extract<Order, { do: Name }>;
}

export interface OrderEffect {
  type: 'order';
  order: Order;
}
