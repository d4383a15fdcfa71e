/**
 * What a flow asks to be done to others: a closed union. Carried out after the step is committed, idempotent by
 * the effect's id; whoever carries it out checks again that the one who ordered it may. What must come back comes
 * as a signal.
 */
import type { CaseRequest, Outcome } from './case';

export type Order =
  /** He gave a group's code: make him its member. */
  | { do: 'join group'; code: string }
  /** He becomes the mentor of a new group, which gets a code. */
  | { do: 'create group'; name: string }
  /** He would like to talk to his mentor; the mentor may have his phone number for it, or not. */
  | { do: 'tell mentor'; withPhone: boolean }
  /** A mentor has it asked how these men of his are, in the system's words. */
  | { do: 'ask after'; ids: string[] }
  /** A man of his group leaves it … */
  | { do: 'remove member'; group: string; member: string }
  /** … or goes to another of his own groups. */
  | { do: 'move member'; group: string; member: string; to: string }
  /** The group is offered to another mentor, who is reached at this number. */
  | { do: 'offer group'; group: string; phone: string }
  /** The answer to that offer. */
  | { do: 'answer group offer'; group: string; takes: boolean }
  /** With his explicit yes: somebody shall reach him, or look into what he tells of. */
  | { do: 'open case'; request: CaseRequest }
  /** He takes back whatever he asked for. */
  | { do: 'withdraw cases' }
  /** An officer answers for it from now on. */
  | { do: 'take case'; case: string }
  | { do: 'close case'; case: string; outcome: Outcome }
  /** An officer is being shown these: every look is on record. */
  | { do: 'see cases'; cases: string[]; contact?: true };

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
