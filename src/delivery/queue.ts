/** Reading the outbox: who is next. Every query here rests on an index (test/delivery/explain). */
import type { ChannelId } from '../channels/channel';
import { PRIORITY } from '../conversation/effect';
import type { OutboxRow, Waiting } from '../database/models/outbox';
import { lane } from './rows';
import type { Rows } from './store';

const PRIORITIES = [...new Set(Object.values(PRIORITY))].sort((a, b) => a - b);

/**
 * Participants with something due on a channel, the most urgent first and then whoever waited longest.
 * Read priority by priority, so that the cost does not depend on how many wait behind them.
 * @param waits which lanes to look into. @param most how many rows to read at most.
 */
export async function due(
  outbox: Rows<OutboxRow>,
  channel: ChannelId,
  waits: Waiting[],
  now: Date,
  most: number,
): Promise<string[]> {
  const found = new Set<string>();
  let left = most;
  for (const priority of PRIORITIES)
    for (const waiting of waits) {
      if (left <= 0) return [...found];
      const rows = await outbox
        .find(
          { live: true, lane: lane(channel, waiting), priority, dueAt: { $lte: now } },
          { projection: { participantId: 1 } },
        )
        .sort({ dueAt: 1 })
        .limit(left)
        .toArray();
      left -= rows.length;
      rows.forEach(({ participantId }) => found.add(participantId));
    }
  return [...found];
}

/** The order in which one participant's messages leave. */
export function byOrder(a: OutboxRow, b: OutboxRow): number {
  return a.priority - b.priority || a.sequence - b.sequence || a.index - b.index;
}

/** Waits for him to write, for its broadcast, or to be tried again in some hours: nothing is held back for that. */
function stepsAside(row: OutboxRow, now: Date): boolean {
  return (
    row.lane === lane(row.channel, 'window') ||
    row.lane === lane(row.channel, 'paused') ||
    (row.resends !== undefined && row.state === 'pending' && row.dueAt > now)
  );
}

export interface Turn {
  /** Whose turn it is: due, and nothing of his before it. */
  next: OutboxRow[];
  /** Due rows that must wait for an earlier one which waits itself: with it. */
  behind: { row: OutboxRow; head: OutboxRow }[];
}

/**
 * Whose turn it is for each of the participants on a channel. An earlier live row holds back later ones
 * (except while it waits for his window), and whoever has a message in flight gets no second one.
 */
export async function turns(
  outbox: Rows<OutboxRow>,
  channel: ChannelId,
  participantIds: string[],
  now: Date,
): Promise<Turn> {
  const turn: Turn = { next: [], behind: [] };
  if (participantIds.length === 0) return turn;
  const live = await outbox.find({ participantId: { $in: participantIds }, live: true }).toArray();
  const byParticipant = new Map<string, OutboxRow[]>(participantIds.map((id) => [id, []]));
  live.forEach((row) => byParticipant.get(row.participantId)?.push(row));
  for (const his of byParticipant.values()) {
    if (his.some(({ state }) => state === 'leased' || state === 'sending')) continue;
    const [head, ...rest] = his
      .filter((row) => row.channel === channel && !stepsAside(row, now))
      .sort(byOrder);
    if (!head) continue;
    if (head.state === 'pending' && head.dueAt <= now) turn.next.push(head);
    else
      turn.behind.push(
        ...rest
          .filter(({ state, dueAt }) => state === 'pending' && dueAt <= now)
          .map((row) => ({ row, head })),
      );
  }
  return turn;
}
