/** What the simulator's page needs of the product: the real inbound path, the real clock, and a look inside. */
import type { Address, InboundMessage } from '../../channels/channel';
import type { Clock } from '../../clock';

export interface SimulatorWorld {
  /** The product's (movable) clock. */
  clock: Clock;
  /** The real inbound path. Resolves once the message is committed; rejects when it was not taken. */
  receive(message: InboundMessage): Promise<void>;
  /** Carries out and delivers all that is due now. */
  settle(): Promise<void>;
  /** Moves the clock forward, letting all that falls due happen in order. */
  advance(milliseconds: number): Promise<void>;
  /** How a person stands; `undefined` for somebody the product does not know. */
  describe(address: Address): Promise<PersonView | undefined>;
}

/** What becomes of the content's files while somebody works on them. */
export interface ContentNews {
  /** What is wrong with them now, each with file and line; none when all is well. */
  faults(): readonly string[];
  /** Is told each time they were read. */
  subscribe(listener: () => void): void;
}

/** How a person stands, for whoever tries the product out. */
export interface PersonView {
  /** Path of the active leaf state, e.g. `talk.lesson.reflection`. */
  state: string;
  language?: string;
  name?: string;
  status: string;
  timers: { event: string; due: Date }[];
  lessons: { week: number; done: boolean }[];
  pledges: number;
}
