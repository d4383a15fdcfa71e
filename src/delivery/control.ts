/** What an operator does to the outbox by hand: look, pause, resume, cancel. Every process obeys, since all is in the database. */
import type { Connection } from 'mongoose';
import { PRIORITY, type Purpose } from '../conversation/effect';
import type { OutboxRow, OutboxState, Waiting } from '../database/models/outbox';
import type { Circuit, SenderRow } from '../database/models/sender';
import { lane } from './rows';
import { KNOWN_SENDERS } from './sender-rules';
import { unlessDuplicate } from '../database/duplicate';
import { openStore, RELEASED, type Rows } from './store';

export const PURPOSES = Object.keys(PRIORITY) as Purpose[];

/** How many messages of a purpose are in a state, and what they wait for. */
export interface PurposeCount {
  purpose: Purpose;
  state: OutboxState;
  /** `open`, `reach`, `window`, `paused` or `unknown` while it waits. */
  waiting?: string;
  count: number;
}

export interface SenderState {
  sender: string;
  /** Since when an operator has it paused. */
  paused?: Date;
  circuit?: Circuit;
}

export interface OutboxControl {
  /** What has not left yet. */
  counts(): Promise<PurposeCount[]>;
  /** Senders that have sent, or been paused. */
  senders(): Promise<SenderState[]>;
  /** Nothing more is claimed for the sender, answers included; for all when none is named. @returns their names. */
  pause(sender?: string): Promise<string[]>;
  /** The opposite of `pause`. @returns the names of those that were paused. */
  resume(sender?: string): Promise<string[]>;
  /**
   * Withdraws what waits, of one purpose or of all; what is being sent at this moment can't be called back, and the
   * confirmation of a STOP is left alone. @returns how many.
   */
  cancel(purpose?: Purpose): Promise<number>;
}

/** @param now the database's time. */
export function createOutboxControl(connection: Connection, now: () => Promise<Date>): OutboxControl {
  const { outbox, senders } = openStore(connection);
  return {
    counts: () => countPurposes(outbox),
    async senders() {
      const rows = await senders.find({}).sort({ _id: 1 }).toArray();
      return rows.map(({ _id: sender, paused, circuit }) => ({
        sender,
        ...(paused && { paused }),
        ...(circuit && { circuit }),
      }));
    },
    async pause(sender) {
      const at = await now();
      const names = sender === undefined ? await allSenders(senders) : [sender];
      for (const name of names) await pauseOne(senders, name, at);
      return names;
    },
    async resume(sender) {
      const paused = await senders
        .find({ paused: { $exists: true }, ...(sender !== undefined && { _id: sender }) })
        .toArray();
      const names = paused.map(({ _id }) => _id);
      await senders.updateMany({ _id: { $in: names } }, { $unset: { paused: 1 } });
      return names;
    },
    async cancel(purpose) {
      const at = await now();
      let cancelled = 0;
      for (const one of purpose ? [purpose] : PURPOSES) cancelled += await cancelPurpose(outbox, one, at);
      return cancelled;
    },
  };
}

async function allSenders(senders: Rows<SenderRow>): Promise<string[]> {
  const rows = await senders.find({}, { projection: { _id: 1 } }).toArray();
  return [...new Set([...KNOWN_SENDERS, ...rows.map(({ _id }) => _id)])].sort();
}

async function pauseOne(senders: Rows<SenderRow>, sender: string, at: Date): Promise<void> {
  const already = { _id: sender, paused: { $exists: false } };
  const { matchedCount } = await senders.updateOne(already, { $set: { paused: at } });
  if (matchedCount === 0)
    await unlessDuplicate(senders.insertOne({ _id: sender, nextSlotAt: at, paused: at }));
}

const LANES = (['whatsapp', 'sms', 'simulator'] as const).flatMap((channel) =>
  (['open', 'reach', 'window', 'paused', 'unknown'] satisfies Waiting[]).map((waiting) =>
    lane(channel, waiting),
  ),
);

async function cancelPurpose(outbox: Rows<OutboxRow>, purpose: Purpose, at: Date): Promise<number> {
  const update = {
    $set: {
      state: 'cancelled' as const,
      'times.cancelled': at,
      error: { kind: 'withdrawn' as const, reason: 'An operator has withdrawn it.' },
    },
    $unset: { ...RELEASED, leaseToken: 1 as const },
  };
  const priority = PRIORITY[purpose];
  const his = { live: true as const, priority, final: { $ne: true as const } };
  const waiting = await outbox.updateMany({ ...his, lane: { $in: LANES }, state: 'pending' }, update);
  const claimed = await outbox.updateMany(
    { ...his, leaseUntil: { $gt: new Date(0) }, state: 'leased' },
    update,
  );
  return waiting.modifiedCount + claimed.modifiedCount;
}

interface Group {
  _id: { purpose: Purpose; state: OutboxState; lane?: string };
  count: number;
}

/** A live row either waits in a lane or is held: each half by the index that knows it. */
async function countPurposes(outbox: Rows<OutboxRow>): Promise<PurposeCount[]> {
  const found = new Map<string, PurposeCount>();
  for (const $match of [
    { live: true, lane: { $gt: '' } },
    { live: true, leaseUntil: { $gt: new Date(0) } },
  ]) {
    const _id = { purpose: '$purpose', state: '$state', lane: '$lane' };
    const groups = await outbox
      .aggregate<Group>([{ $match }, { $group: { _id, count: { $sum: 1 } } }])
      .toArray();
    for (const { _id: one, count } of groups) {
      const waiting = one.lane?.split('.')[1];
      const key = `${one.purpose} ${one.state} ${waiting ?? ''}`;
      const { purpose, state } = one;
      const before = found.get(key)?.count ?? 0;
      found.set(key, {
        purpose,
        state,
        ...(waiting !== undefined && { waiting }),
        count: before + count,
      });
    }
  }
  return [...found.values()].sort(
    (a, b) => PRIORITY[a.purpose] - PRIORITY[b.purpose] || a.state.localeCompare(b.state),
  );
}
