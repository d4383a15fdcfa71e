/**
 * Carries out what steps asked for: outbox rows, journal, reflections, withdrawals, erasure. Each effect is
 * idempotent by its id, so a batch that a crash cut short is simply relayed again.
 */
import type { Channel, ChannelId } from '../channels/channel';
import type { RedactionRow } from '../database/models/redaction';
import type { OutboxRow } from '../database/models/outbox';
import { Batcher } from './batcher';
import type { Delivery, JournalPort, OrdersPort, PeoplePort, ReflectionsPort } from './ports';
import { joinWork, lane, sortEffects, type Step, type Work } from './rows';
import { insertNew } from '../database/duplicate';
import { RELEASED, type Rows } from './store';

export interface RelayParts {
  outbox: Rows<OutboxRow>;
  redactions: Rows<RedactionRow>;
  channels: ReadonlyMap<ChannelId, Channel>;
  journal: JournalPort;
  reflections: ReflectionsPort;
  orders: OrdersPort;
  people: Pick<PeoplePort, 'erase'>;
}

/** Gathers the effects of many participants into few writes. */
export class Relay {
  readonly #parts: RelayParts;
  readonly #queue: Batcher<Work>;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    this.#queue = new Batcher((works) => this.#carryOut(joinWork(works)));
  }

  /**
   * Returns when all is written; then the caller takes the effects off the participants. What several
   * callers bring at the same time shares one insert for all rows and one call for all journal entries.
   * @throws Error for a malformed effect id (nothing is written), or whatever the database throws: nothing
   * is half done then that a repetition would not complete.
   */
  async relay(batch: Delivery[]): Promise<void> {
    const work = sortEffects(batch, this.#parts.channels);
    await this.#queue.add(work);
  }

  async #carryOut(work: Work): Promise<void> {
    const { outbox, redactions, journal, reflections, orders, people } = this.#parts;
    await withdraw(outbox, work.withdrawals);
    await Promise.all([
      insertNew(outbox, work.rows),
      insertNew(redactions, work.redactions),
      work.journal.length > 0 && journal.write(work.journal),
      work.reflections.length > 0 && reflections.keep(work.reflections),
      openWindows(outbox, work.heard),
    ]);
    if (work.orders.length > 0) await orders.carryOut(work.orders);
    for (const step of work.erasures) {
      await forget(outbox, step);
      await people.erase(step.participantId);
    }
  }
}

/** What waits from before the step is cancelled; what is being sent at this moment can't be called back. */
async function withdraw(outbox: Rows<OutboxRow>, steps: Step[]): Promise<void> {
  if (steps.length === 0) return;
  await outbox.bulkWrite(
    steps.map(({ participantId, sequence, at }) => ({
      updateMany: {
        filter: {
          participantId,
          live: true,
          sequence: { $lt: sequence },
          state: { $in: ['pending', 'leased', 'unknown'] },
        },
        update: {
          $set: {
            state: 'cancelled',
            'times.cancelled': at,
            error: { kind: 'withdrawn', reason: 'He stopped before it left.' },
          },
          $unset: { ...RELEASED, leaseToken: 1 },
        },
      },
    })),
  );
}

/** Somebody who is being answered has just written: what waited for his window may go. */
async function openWindows(outbox: Rows<OutboxRow>, heard: Work['heard']): Promise<void> {
  for (const [channel, ids] of heard)
    await outbox.updateMany(
      {
        participantId: { $in: ids },
        live: true,
        lane: { $in: [lane(channel, 'window'), lane(channel, 'reach')] },
      },
      { $set: { lane: lane(channel, 'open') }, $unset: { outside: 1 } },
    );
}

/** Takes address and parameters off everything that was ever sent to him, but for the last goodbye. */
async function forget(outbox: Rows<OutboxRow>, { participantId, sequence, at }: Step): Promise<void> {
  await withdraw(outbox, [{ participantId, sequence, at }]);
  await outbox.updateMany(
    { participantId, sequence: { $lt: sequence } },
    { $unset: { address: 1, say: 1, about: 1 } },
  );
}
