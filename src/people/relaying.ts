/**
 * Effects on their way out. What steps have committed is handed to delivery in batches, and taken off the
 * participants when it is carried out. What a crash leaves behind is picked up by `leftBehind`.
 */
import type { Model } from 'mongoose';
import type { Address } from '../channels/channel';
import type { Language, StoredEffect } from '../conversation';
import type { About } from '../database/models/journal';
import type { ParticipantDocument } from '../database/models/participant';
import { aboutOf, currentAddress } from './document';

/** What is handed to delivery: its `relay` accepts exactly this. */
export interface Outgoing {
  participantId: string;
  address: Address;
  language?: Language | undefined;
  about: About;
  effects: StoredEffect[];
}

export interface RelayingParts {
  participants: Model<ParticipantDocument>;
  /** Carries effects out, each idempotent by its id; resolves when they are written. */
  relay: (batch: Outgoing[]) => Promise<void>;
  onError: (error: unknown) => void;
}

type Waiting = Pick<
  ParticipantDocument,
  '_id' | 'sequence' | 'identities' | 'current' | 'profile' | 'effects'
>;

/** A batch never grows beyond this, so that one slow write does not hold up hundreds of answers. */
const BATCH = 200;

export class Relaying {
  readonly #parts: RelayingParts;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: RelayingParts) {
    this.#parts = parts;
  }

  /** Takes what a step has just committed. Returns at once; the caller does not wait for delivery. */
  add(document: Waiting): void {
    if (document.effects.length === 0) return;
    this.#waiting.push(document);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing that was added still waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /**
   * Picks up effects that were committed before `before` and never carried out.
   * @returns how many participants had some
   */
  async leftBehind(before: Date, limit = BATCH): Promise<number> {
    const found = await this.#parts.participants
      .find({ unrelayedSince: { $lte: before } })
      .sort({ unrelayedSince: 1 })
      .limit(limit)
      .lean<ParticipantDocument[]>();
    for (const document of found) this.add(document);
    await this.idle();
    return found.length;
  }

  async #run(): Promise<void> {
    // Whatever arrives in the same turn of the loop leaves together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        await this.#carryOut(batch);
      } catch (error) {
        // Nothing is lost: the effects stay on the participants until a later tick.
        this.#parts.onError(error);
      }
    }
    this.#running = undefined;
  }

  async #carryOut(batch: Waiting[]): Promise<void> {
    await this.#parts.relay(
      batch.map((document) => ({
        participantId: document._id,
        address: currentAddress(document),
        language: document.profile.language,
        about: aboutOf(document),
        effects: document.effects,
      })),
    );
    // A newer step has a newer sequence and carries these effects along: it is the one to take them off.
    await this.#parts.participants.bulkWrite(
      batch.map(({ _id, sequence }) => ({
        updateOne: {
          filter: { _id, sequence },
          update: { $set: { effects: [] }, $unset: { unrelayedSince: 1 } },
        },
      })),
      { ordered: false },
    );
  }
}
