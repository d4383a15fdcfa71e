/** Taking rows for this process and giving them back. Every write after the claim carries its token. */
import type { mongo } from 'mongoose';
import type { OutboxRow, OutboxState, Waiting } from '../database/models/outbox';
import type { Next } from './outcome';
import { lane } from './rows';
import { unlessDuplicate } from '../database/duplicate';
import { RELEASED, type Rows } from './store';

/** Why a row waits, as an operator reads it. */
export const WAITS_FOR: Record<'reach' | 'window' | 'paused', NonNullable<OutboxRow['error']>> = {
  paused: { kind: 'paused', reason: 'Its broadcast is paused: it waits until that goes on.' },
  reach: { kind: 'window', reason: 'The daily cap on people reached is used up: it waits for its turn.' },
  window: {
    kind: 'window',
    reason: 'His 24-hour window is shut and there is no approved template: it waits until he writes.',
  },
};

export type OutboxWrite = mongo.AnyBulkWriteOperation<OutboxRow>;

/**
 * Claims what can be claimed of these rows. A row that somebody else was faster to take, or whose
 * participant has a message in flight elsewhere (unique `flight`), is left out.
 */
export async function claim(
  outbox: Rows<OutboxRow>,
  rows: OutboxRow[],
  { now, token, leaseMs }: { now: Date; token: string; leaseMs: number },
): Promise<OutboxRow[]> {
  if (rows.length === 0) return [];
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const claimed = await unlessDuplicate(
    outbox.bulkWrite(
      rows.map(({ _id, participantId }) => ({
        updateOne: {
          filter: { _id, state: 'pending', live: true, dueAt: { $lte: now } },
          update: {
            $set: {
              state: 'leased',
              leaseToken: token,
              leaseUntil,
              flight: participantId,
              'times.leased': now,
            },
            $unset: { lane: 1 },
          },
        },
      })),
      { ordered: false },
    ),
  );
  // The usual case: nobody else was after them, so there is nothing to ask.
  if (claimed?.modifiedCount === rows.length) return rows;
  const ours = await idsOf(outbox, rows, token, 'leased');
  return rows.filter(({ _id }) => ours.has(_id));
}

/** Which of these rows are held under the token, in that state. */
async function idsOf(
  outbox: Rows<OutboxRow>,
  rows: OutboxRow[],
  token: string,
  state: OutboxState,
): Promise<Set<string>> {
  const held = { _id: { $in: rows.map(({ _id }) => _id) }, leaseToken: token, state };
  const found = await outbox.find(held, { projection: { _id: 1 } }).toArray();
  return new Set(found.map(({ _id }) => _id));
}

/** Writes `sending` before anything is sent. @returns those that are still ours: a withdrawal may have come in between. */
export async function markSending(
  outbox: Rows<OutboxRow>,
  rows: OutboxRow[],
  { now, token, sender }: { now: Date; token: string; sender: string },
): Promise<OutboxRow[]> {
  if (rows.length === 0) return [];
  const { modifiedCount } = await outbox.updateMany(
    { _id: { $in: rows.map(({ _id }) => _id) }, leaseToken: token, state: 'leased' },
    { $set: { state: 'sending', sender, 'times.sending': now } },
  );
  if (modifiedCount === rows.length) return rows;
  const ours = await idsOf(outbox, rows, token, 'sending');
  return rows.filter(({ _id }) => ours.has(_id));
}

/** Puts a held row back into a lane, due at the given moment. */
export function giveBack(
  row: OutboxRow,
  token: string,
  waiting: Waiting,
  dueAt: Date,
  more: Partial<OutboxRow> = {},
): OutboxWrite {
  return {
    updateOne: {
      filter: { _id: row._id, leaseToken: token, state: { $in: ['leased', 'sending'] } },
      update: {
        $set: { state: 'pending', lane: lane(row.channel, waiting), dueAt, ...more },
        $unset: { flight: 1, leaseToken: 1, leaseUntil: 1 },
      },
    },
  };
}

/** What a row that is held here becomes; matches nothing once the lease is no longer ours. */
export function writeNext(row: OutboxRow, token: string, next: Next, now: Date): OutboxWrite {
  if (next.state === 'pending')
    return giveBack(row, token, next.waiting, next.dueAt, { error: next.error, ...next.set });
  const filter = { _id: row._id, leaseToken: token, state: 'sending' as const };
  if (next.state === 'unknown') {
    const { dueAt, error } = next;
    return {
      updateOne: {
        filter,
        update: {
          $set: { state: 'unknown', lane: lane(row.channel, 'unknown'), dueAt, error, 'times.unknown': now },
          $unset: { flight: 1, leaseToken: 1, leaseUntil: 1 },
        },
      },
    };
  }
  // Of what only he should see, not even the kind is kept once it has left.
  const words = row.final || row.say?.discreet ? { say: 1 as const } : {};
  const goodbye = { ...words, ...(row.final && { address: 1 as const }) };
  const set =
    next.state === 'sent'
      ? {
          state: next.state,
          providerId: next.providerId,
          ...(next.segments !== undefined && { segments: next.segments }),
        }
      : { state: next.state, error: next.error };
  return {
    updateOne: {
      filter,
      update: {
        $set: { ...set, [`times.${next.state}`]: now },
        $unset: {
          ...RELEASED,
          ...goodbye,
          ...(next.state === 'sent' && { error: 1 as const }),
          leaseToken: 1,
        },
      },
    },
  };
}
