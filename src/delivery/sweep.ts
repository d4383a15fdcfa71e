/** Putting in order what time or a crash has left: run leases, expired messages, outcomes that nobody knows. */
import type { Channel } from '../channels/channel';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { OutboxRow } from '../database/models/outbox';
import { MOST_CHECKS, nextCheck } from './outcome';
import { lane } from './rows';
import { unlessDuplicate } from '../database/duplicate';
import { RELEASED, type Rows } from './store';

export interface SweepParts {
  outbox: Rows<OutboxRow>;
  clock: Clock;
  log: Log;
  maxAttempts: number;
  /** How long rows are kept, in milliseconds; Infinity: for good. */
  keptMs: number;
}

/** How many unknown outcomes are looked into at a time. */
const CHECKS_AT_A_TIME = 20;

/**
 * Does a round of tidying for the given channels; several processes may do it at the same time, since each
 * write only matches what is still as it was.
 * @returns how many rows changed.
 */
export async function sweep(channels: Iterable<Channel>, parts: SweepParts): Promise<number> {
  const { outbox, clock } = parts;
  const now = clock.now();
  await outbox.updateMany(
    { live: true, expiresAt: { $lte: now }, state: 'pending', 'say.discreet': { $exists: true } },
    { $unset: { say: 1 } },
  );
  const expired = await outbox.updateMany(
    { live: true, expiresAt: { $lte: now }, state: 'pending' },
    {
      $set: {
        state: 'expired',
        'times.expired': now,
        error: { kind: 'expired', reason: 'It was no longer worth sending.' },
      },
      $unset: RELEASED,
    },
  );
  if (Number.isFinite(parts.keptMs))
    await outbox.deleteMany({ createdAt: { $lt: new Date(now.getTime() - parts.keptMs) } });
  let changed = expired.modifiedCount;
  for (const channel of channels)
    changed +=
      (await returnLeases(channel, now, parts)) +
      (channel.available?.() === false ? 0 : await reconcile(channel, now, parts));
  return changed;
}

/** Whoever was to send it is gone. Not yet sending: somebody else may. Already sending: nobody knows. */
async function returnLeases({ id: channel }: Channel, now: Date, { outbox }: SweepParts): Promise<number> {
  const late = { live: true as const, leaseUntil: { $lte: now }, channel };
  const $unset = { flight: 1, leaseToken: 1, leaseUntil: 1 } as const;
  const returned = await outbox.updateMany(
    { ...late, state: 'leased' },
    { $set: { state: 'pending', lane: lane(channel, 'open') }, $unset },
  );
  const error = { kind: 'unknown' as const, reason: 'The process that was sending it did not come back.' };
  const lost = await outbox.updateMany(
    { ...late, state: 'sending' },
    {
      $set: { state: 'unknown', lane: lane(channel, 'unknown'), dueAt: now, 'times.unknown': now, error },
      $unset,
    },
  );
  return returned.modifiedCount + lost.modifiedCount;
}

/** Asks the provider about messages whose outcome is unknown; they are sent again only if it says "absent". */
async function reconcile(channel: Channel, now: Date, parts: SweepParts): Promise<number> {
  const { outbox, log, maxAttempts } = parts;
  const unknown = await outbox
    .find({ live: true, lane: lane(channel.id, 'unknown'), dueAt: { $lte: now } })
    .limit(CHECKS_AT_A_TIME)
    .toArray();
  const changes = await Promise.all(
    unknown.map(async (row) => {
      const found = await lookUp(channel, row, parts);
      const change = (update: object) =>
        outbox.updateOne({ _id: row._id, state: 'unknown', live: true, dueAt: row.dueAt }, update);
      // A provider's id that another row has already tells nothing about this one.
      const written = found && (await unlessDuplicate(change(known(row, found, now, maxAttempts))));
      if (written) return written.modifiedCount;
      const checks = (row.checks ?? 0) + 1;
      const over = checks >= MOST_CHECKS || !channel.find;
      if (over)
        log.warn({ row: log.hashed(row._id), channel: channel.id }, 'Outcome stays unknown: not sent again');
      return (await change(stillUnknown(checks, over, now))).modifiedCount;
    }),
  );
  return changes.reduce((sum, change) => sum + change, 0);
}

async function lookUp(
  channel: Channel,
  row: OutboxRow,
  { outbox, log }: SweepParts,
): Promise<{ providerId: string } | 'absent' | undefined> {
  if (!channel.find || row.address === undefined) return undefined;
  const after = row.times.sending ?? row.createdAt;
  const except = await otherIds(outbox, row);
  try {
    return await channel.find({ id: row._id, to: row.address, after, except });
  } catch (error) {
    log.warn({ error, channel: channel.id }, 'The provider could not be asked about an unknown outcome');
    return undefined;
  }
}

/** The provider's ids of his latest other messages, and of this one's earlier tries. */
async function otherIds(outbox: Rows<OutboxRow>, row: OutboxRow): Promise<string[]> {
  const others = await outbox
    .find(
      { participantId: row.participantId, providerId: { $exists: true } },
      { projection: { providerId: 1, past: 1 } },
    )
    .sort({ createdAt: -1 })
    .limit(CHECKS_AT_A_TIME)
    .toArray();
  return [row, ...others].flatMap(({ providerId, past = [] }) =>
    providerId === undefined ? past : [providerId, ...past],
  );
}

function known(
  row: OutboxRow,
  found: { providerId: string } | 'absent',
  now: Date,
  maxAttempts: number,
): object {
  if (found !== 'absent')
    return { $set: { state: 'sent', providerId: found.providerId, 'times.sent': now }, $unset: RELEASED };
  const attempts = row.attempts + 1;
  if (attempts >= maxAttempts)
    return { $set: { state: 'dead', attempts, 'times.dead': now }, $unset: RELEASED };
  return {
    $set: { state: 'pending', lane: lane(row.channel, 'open'), dueAt: now, attempts },
    $unset: { checks: 1 },
  };
}

function stillUnknown(checks: number, over: boolean, now: Date): object {
  return over ? { $set: { checks }, $unset: RELEASED } : { $set: { checks, dueAt: nextCheck(now, checks) } };
}
