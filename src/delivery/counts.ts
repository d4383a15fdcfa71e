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

/** Live rows by channel, state and what they wait for; finished ones are not counted, so the cost is that of the queue. */
export async function countOutbox(outbox: Rows<OutboxRow>): Promise<OutboxCounts> {
  const groups = await outbox
    .aggregate<{
      _id: { channel: ChannelId; state: OutboxState; lane?: string };
      count: number;
      oldestDueAt: Date;
    }>([
      { $match: { live: true } },
      {
        $group: {
          _id: { channel: '$channel', state: '$state', lane: '$lane' },
          count: { $sum: 1 },
          oldestDueAt: { $min: '$dueAt' },
        },
      },
    ])
    .toArray();
  return groups.map(({ _id: { channel, state, lane }, count, oldestDueAt }) => {
    const waiting = lane?.split('.')[1];
    return { channel, state, count, oldestDueAt, ...(waiting !== undefined && { waiting }) };
  });
}
