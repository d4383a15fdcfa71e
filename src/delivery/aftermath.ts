/** Carrying out what follows from an answer or a receipt beyond the row itself. */
import type { Channel, ChannelId } from '../channels/channel';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { OutboxRow } from '../database/models/outbox';
import { fallback } from './decide';
import type { Action } from './outcome';
import type { Pacing } from './pacing';
import type { AlertPort, PeoplePort } from './ports';
import { fallbackRow } from './rows';
import { insertNew } from '../database/duplicate';
import { RELEASED, type Rows } from './store';

export interface AftermathParts {
  outbox: Rows<OutboxRow>;
  channels: ReadonlyMap<ChannelId, Channel>;
  people: PeoplePort;
  pacing: Pacing;
  alert: AlertPort;
  clock: Clock;
  log: Log;
}

export interface Cause {
  code?: string | undefined;
  reason: string;
  /** Was this the probe of an open circuit? */
  probe?: boolean;
}

/** Does all that is to be done about a row's fate; each part is safe to repeat. */
export async function attend(
  row: OutboxRow,
  actions: Action[],
  cause: Cause,
  parts: AftermathParts,
): Promise<void> {
  for (const action of actions) await act(row, action, cause, parts);
}

async function act(row: OutboxRow, action: Action, cause: Cause, parts: AftermathParts): Promise<void> {
  const { outbox, people, pacing, alert, clock, log } = parts;
  const { participantId, channel } = row;
  const sender = row.sender ?? parts.channels.get(channel)?.sender ?? channel;
  const now = clock.now();
  switch (action.do) {
    case 'opt-out':
      await people.optOut(participantId, channel, now);
      await cancelOn(outbox, participantId, channel, now);
      log.info({ row: log.hashed(row._id), channel, code: cause.code }, 'Opted out with the provider');
      break;
    case 'unreachable':
      await people.unreachable(participantId, channel, now);
      break;
    case 'fall-back':
      await fallBack(row, cause.reason, parts);
      break;
    case 'slow-down':
      await pacing.slowDown(sender, action.ms);
      break;
    case 'sender-down':
      if (await pacing.open(sender, { code: cause.code, reason: cause.reason, probe: cause.probe ?? false }))
        alert({ about: 'sender-down', sender, code: cause.code, reason: cause.reason });
      break;
    case 'alert':
      alert({ about: action.about, sender, code: cause.code, reason: cause.reason });
      break;
  }
}

/** All that still waits for him on a channel is withdrawn. */
async function cancelOn(
  outbox: Rows<OutboxRow>,
  participantId: string,
  channel: ChannelId,
  now: Date,
): Promise<void> {
  await outbox.updateMany(
    { participantId, live: true, channel, state: { $in: ['pending', 'leased'] } },
    {
      $set: {
        state: 'cancelled',
        'times.cancelled': now,
        error: { kind: 'consent', reason: 'He has opted out on this channel.' },
      },
      $unset: { ...RELEASED, leaseToken: 1 },
    },
  );
}

/** The same content by the other channel that he agreed to; its id makes sure that it goes there once. */
export async function fallBack(
  row: OutboxRow,
  reason: string,
  {
    outbox,
    channels,
    people,
    clock,
    log,
  }: Pick<AftermathParts, 'outbox' | 'channels' | 'people' | 'clock' | 'log'>,
): Promise<void> {
  const recipient = (await people.recipients([row.participantId])).get(row.participantId);
  const to = fallback(row, recipient);
  if (!to) return;
  await insertNew(outbox, [fallbackRow(row, to, clock.now(), channels)]);
  // In the figures of a broadcast he stands once.
  if (row.broadcast !== undefined) await outbox.updateOne({ _id: row._id }, { $unset: { broadcast: 1 } });
  log.info(
    { row: log.hashed(row._id), from_channel: row.channel, to_channel: to.channel, reason },
    'Fell back to the other channel',
  );
}
