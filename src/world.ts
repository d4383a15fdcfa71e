/** The product as the simulator, the terminal chat and the tests handle it: with a clock that can be moved. */
import type { Model } from 'mongoose';
import type { Address, InboundMessage } from './channels/channel';
import type { Clock } from './clock';
import type { ParticipantDocument } from './database/models/participant';
import type { DeliveryService } from './delivery';
import type { People } from './people';
import type { SimulatorWorld } from './web/simulator/world';

export interface WorldClock extends Clock {
  advance(milliseconds: number): void;
  moveTo(moment: Date): void;
}

export interface WorldParts {
  clock: WorldClock;
  receive: (message: InboundMessage) => Promise<void>;
  tick: () => Promise<number>;
  people: Pick<People, 'registry' | 'relaying'>;
  delivery: Pick<DeliveryService, 'deliverDue' | 'counts'>;
  participants: Model<ParticipantDocument>;
  broadcasts: { nextDue(after: Date): Promise<Date | undefined> };
}

export type World = SimulatorWorld;

/** While messages wait the clock never jumps further than this, so that those held by quiet hours leave on time. */
const LONGEST_JUMP_MS = 60 * 60_000;

export function createWorld({
  clock,
  receive,
  tick,
  people,
  delivery,
  participants,
  broadcasts,
}: WorldParts): World {
  async function settle(): Promise<void> {
    await people.relaying.idle();
    // What one sets off at another is due at once: an order, the signal that comes of it, the answer to that.
    while ((await tick()) > 0);
    await delivery.deliverDue();
  }

  /** The earliest timer of anybody, or the earliest work on what is sent to many. */
  async function nextDue(): Promise<number> {
    const next = await participants
      .findOne({ nextDue: { $gt: clock.now() } })
      .sort({ nextDue: 1 })
      .select({ nextDue: 1 })
      .lean<Pick<ParticipantDocument, 'nextDue'>>();
    const ours = await broadcasts.nextDue(clock.now());
    return Math.min(next?.nextDue?.getTime() ?? Infinity, ours?.getTime() ?? Infinity);
  }

  return {
    clock,
    receive,
    settle,
    async advance(milliseconds) {
      const until = clock.now().getTime() + milliseconds;
      await settle();
      while (clock.now().getTime() < until) {
        const due = await nextDue();
        const isWaiting = (await delivery.counts()).length > 0;
        const furthest = isWaiting ? clock.now().getTime() + LONGEST_JUMP_MS : until;
        clock.moveTo(new Date(Math.min(until, due, furthest)));
        await settle();
      }
    },
    async describe(address: Address) {
      const document = await people.registry.at(address);
      if (!document) return undefined;
      const { status, profile, conversation, lessons, pledges } = document;
      return {
        state: conversation.state,
        status,
        timers: conversation.timers.map(({ event, due }) => ({ event, due })),
        lessons: lessons.map(({ week, completedAt }) => ({ week, done: completedAt !== undefined })),
        pledges: pledges.length,
        ...(profile.language && { language: profile.language }),
        ...(profile.name !== undefined && { name: profile.name }),
      };
    },
  };
}
