/** Asking providers to forget what somebody told of violence: at once, and again until they have. */
import type { Channel, ChannelId } from '../channels/channel';
import type { Clock } from '../clock';
import type { RedactionRow } from '../database/models/redaction';
import type { Log } from '../log';
import { backOff, type Random } from './back-off';
import type { Rows } from './store';

export interface RedactParts {
  redactions: Rows<RedactionRow>;
  channels: ReadonlyMap<ChannelId, Channel>;
  clock: Clock;
  random: Random;
  log: Log;
}

const MINUTE = 60_000;
/** Whoever tries has so long; then somebody else may. */
const LEASE_MS = 5 * MINUTE;
/** Twilio: a message that it is not done with can be deleted after minutes, in rare cases up to 14 days (error 20009). */
const GIVEN_UP_AFTER_MS = 15 * 24 * 60 * MINUTE;
const WAITS = { base: MINUTE, cap: 12 * 60 * MINUTE };
const AT_A_TIME = 20;

/** Tries whatever is due, one after the other. Several processes may do so at the same time. */
export async function redactDue(parts: RedactParts): Promise<void> {
  const { redactions, clock } = parts;
  const due = await redactions
    .find({ dueAt: { $lte: clock.now() } })
    .limit(AT_A_TIME)
    .toArray();
  for (const row of due) await redact(row, parts);
}

async function redact(row: RedactionRow, { redactions, channels, clock, random, log }: RedactParts) {
  const { _id, channel: id, createdAt, attempts } = row;
  const now = clock.now();
  const { matchedCount } = await redactions.updateOne(
    { _id, attempts },
    { $set: { dueAt: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
  );
  if (matchedCount === 0) return;
  const forget = channels.get(id)?.forget?.bind(channels.get(id));
  if (!forget || (await forget(_id)) === 'forgotten') {
    await redactions.deleteOne({ _id });
    return;
  }
  if (now.getTime() - createdAt.getTime() < GIVEN_UP_AFTER_MS) {
    // Never sooner than a minute: that is what the provider needs to be done with a message.
    const wait = MINUTE + backOff(attempts, random, WAITS);
    await redactions.updateOne({ _id }, { $set: { dueAt: new Date(now.getTime() + wait) } });
    return;
  }
  await redactions.updateOne({ _id }, { $unset: { dueAt: 1 } });
  log.error(
    { message: log.hashed(_id), channel: id },
    'A provider does not forget a message: delete it there by hand',
  );
}
