/** What waits, for health, metrics and the console. */
import type { ChannelId } from '../channels/channel';
import type { OutboxRow, OutboxState } from '../database/models/outbox';
import type { Rows } from './store';

export interface OutboxCount {
  channel: ChannelId;
  state: OutboxState;
  /** `open`, `reach`, `window` or `unknown` while it waits. */
  waiting?: string;
  count: number;
  /** Since when the oldest of them is due. */
  oldestDueAt: Date;
}
export type OutboxCounts = OutboxCount[];

interface Group {
  _id: { channel: ChannelId; state: OutboxState; lane?: string };
  count: number;
  oldestDueAt: Date;
}

/** Live rows by channel, state and what they wait for; finished ones are not counted, so the cost is that of the queue. */
export async function countOutbox(outbox: Rows<OutboxRow>): Promise<OutboxCounts> {
  // A live row either waits in a lane or is held: each half by the index that knows it.
  const [waiting, held] = await Promise.all([
    group(outbox, { live: true, lane: { $gt: '' } }),
    group(outbox, { live: true, leaseUntil: { $gt: new Date(0) } }),
  ]);
  return [...waiting, ...held].map(({ _id: { channel, state, lane }, count, oldestDueAt }) => {
    const waits = lane?.split('.')[1];
    return { channel, state, count, oldestDueAt, ...(waits !== undefined && { waiting: waits }) };
  });
}

function group(outbox: Rows<OutboxRow>, $match: object): Promise<Group[]> {
  const _id = { channel: '$channel', state: '$state', lane: '$lane' };
  return outbox
    .aggregate<Group>([{ $match }, { $group: { _id, count: { $sum: 1 }, oldestDueAt: { $min: '$dueAt' } } }])
    .toArray();
}
