/** What waits, for health, metrics and the console. */
import type { Channel, ChannelId } from '../channels/channel';
import type { OutboxRow, OutboxState } from '../database/models/outbox';
import type { Reach } from './reach';
import { senderRules, type SenderRules } from './sender-rules';
import type { Rows, Store } from './store';

export interface OutboxCount {
  channel: ChannelId;
  state: OutboxState;
  /** `open`, `reach`, `window`, `paused` or `unknown` while it waits. */
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

export interface SenderFigure {
  sender: string;
  /** By an operator. */
  isPaused: boolean;
  /** Its circuit is open. */
  isDown: boolean;
  /** People who may still be reached under the daily cap, where there is one. */
  reachLeft?: number;
}

/** How the configured senders are. */
export function senderFigures(
  channels: Iterable<Channel>,
  {
    senders,
    reach,
    changes,
  }: Pick<Store, 'senders'> & { reach: Reach; changes: Record<string, Partial<SenderRules>> },
): Promise<SenderFigure[]> {
  return Promise.all(
    [...channels].map(async ({ sender }) => {
      const { dailyReach } = senderRules(sender, changes);
      const row = await senders.findOne({ _id: sender });
      return {
        sender,
        isPaused: row?.paused !== undefined,
        isDown: row?.circuit !== undefined,
        ...(Number.isFinite(dailyReach) && {
          reachLeft: Math.max(0, dailyReach - (await reach.taken(sender))),
        }),
      };
    }),
  );
}
