/** A broadcast's messages as they stand in the outbox: counted, let go on, withdrawn, and whom it did not reach. */
import type { Connection } from 'mongoose';
import type { ChannelId } from '../channels/channel';
import type { BroadcastCounts } from '../conversation';
import type { OutboxState } from '../database/models/outbox';
import { lane } from './rows';
import { openStore, RELEASED } from './store';

export interface FailedRow {
  _id: string;
  participantId: string;
}

export interface BroadcastRows {
  count(broadcast: string): Promise<BroadcastCounts>;
  /** What waited for the broadcast to go on may leave. */
  release(broadcast: string): Promise<void>;
  /** Nothing more leaves; what is being sent at this moment can't be called back. */
  withdraw(broadcast: string): Promise<void>;
  /** Whom it did not reach and may be tried again, in the order of their ids, after the one given. */
  failed(broadcast: string, after: string, most: number): Promise<FailedRow[]>;
  /** Rows in whose place the broadcast is sent anew count no more. */
  supersede(rows: FailedRow[]): Promise<void>;
}

const CHANNELS: ChannelId[] = ['whatsapp', 'sms', 'simulator'];
const WINDOW = CHANNELS.map((channel) => lane(channel, 'window'));

const FAILED: OutboxState[] = ['failed', 'dead'];
/** To be tried again by hand would be of no use, or not be what he wants. */
const FOR_GOOD = ['consent', 'address', 'stopped'];

const STANDS: Record<OutboxState, Exclude<keyof BroadcastCounts, 'reasons'>> = {
  pending: 'waiting',
  leased: 'waiting',
  sending: 'waiting',
  unknown: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  failed: 'failed',
  dead: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
};

interface Group {
  _id: { state: OutboxState; lane?: string | null; kind?: string | null };
  count: number;
}

/** @param now the moment that is written where something is withdrawn */
export function createBroadcastRows(connection: Connection, now: () => Date): BroadcastRows {
  const { outbox } = openStore(connection);
  return {
    async count(broadcast) {
      const groups = await outbox
        .aggregate<Group>([
          { $match: { broadcast, beside: { $exists: false } } },
          {
            $group: {
              _id: { state: '$state', lane: '$lane', kind: '$error.kind' },
              count: { $sum: 1 },
            },
          },
        ])
        .toArray();
      return countsOf(groups);
    },
    async release(broadcast) {
      for (const channel of CHANNELS)
        await outbox.updateMany(
          { broadcast, live: true, lane: lane(channel, 'paused') },
          { $set: { lane: lane(channel, 'open') }, $unset: { error: 1 } },
        );
    },
    async withdraw(broadcast) {
      const at = now();
      await outbox.updateMany(
        { broadcast, live: true, state: { $in: ['pending', 'leased'] } },
        {
          $set: {
            state: 'cancelled',
            'times.cancelled': at,
            error: { kind: 'withdrawn', reason: 'Its broadcast was cancelled before it left.' },
          },
          $unset: { ...RELEASED, leaseToken: 1 },
        },
      );
    },
    failed: (broadcast, after, most) =>
      outbox
        .find(
          {
            broadcast,
            beside: { $exists: false },
            participantId: { $gt: after },
            state: { $in: FAILED },
            'error.kind': { $nin: FOR_GOOD as never[] },
          },
          { projection: { participantId: 1 } },
        )
        .sort({ participantId: 1 })
        .limit(most)
        .toArray(),
    async supersede(rows) {
      await outbox.updateMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { $unset: { broadcast: 1 } });
    },
  };
}

/** Nobody yet. */
export function noCounts(): BroadcastCounts {
  return {
    waiting: 0,
    unreachable: 0,
    sent: 0,
    delivered: 0,
    read: 0,
    failed: 0,
    expired: 0,
    cancelled: 0,
    reasons: {},
  };
}

function countsOf(groups: Group[]): BroadcastCounts {
  const counts = noCounts();
  for (const { _id, count } of groups) {
    const stands = WINDOW.includes(_id.lane ?? '') ? 'unreachable' : STANDS[_id.state];
    counts[stands] += count;
    if (_id.state === 'read') counts.read += count;
    if (stands === 'failed') {
      const kind = _id.kind ?? 'other';
      counts.reasons[kind] = (counts.reasons[kind] ?? 0) + count;
    }
  }
  return counts;
}
