/** May this message leave now, and how? Pure: everything it depends on is handed in. */
import type { Address } from '../channels/channel';
import type { OutboxRow, Waiting } from '../database/models/outbox';
import type { Held, Recipient } from './ports';
import { quietUntil, type QuietHours } from './quiet-hours';
import type { SenderRules } from './sender-rules';

export type Decision =
  | { do: 'send'; outside: boolean }
  | { do: 'cancel'; kind: 'stopped' | 'withdrawn'; reason: string }
  | { do: 'expire' }
  | { do: 'defer'; until: Date }
  | { do: 'park'; waiting: Extract<Waiting, 'reach' | 'window' | 'paused'> }
  | { do: 'fall-back'; to: Address; reason: string }
  | { do: 'fail'; kind: 'address'; reason: string };

export interface Circumstances {
  now: Date;
  /** Undefined: he is gone. */
  recipient: Recipient | undefined;
  rules: SenderRules;
  quiet: QuietHours | undefined;
  /** Is there an approved template for it in his language? */
  hasTemplate: boolean;
  /** May he be reached outside the window today: is a seat free, or one his already? */
  hasSeat: boolean;
  /** What became of the broadcast that it belongs to. */
  held?: Held | undefined;
}

const WINDOW_MS = 24 * 3_600_000;
/** The provider's clock and ours may differ, and the message still has to travel. */
const MARGIN_MS = 60_000;

/** The consent question alone, asked again in the last moment before sending. */
export function refusal(row: OutboxRow, recipient: Recipient | undefined): string | undefined {
  if (row.final) return undefined;
  if (!recipient || recipient.status === 'gone') return 'He is no longer with us.';
  if (recipient.status === 'stopped') return 'He has stopped.';
  // He may have come back since: what waited when he stopped stays withdrawn.
  if (recipient.lastStop !== undefined && row.sequence < recipient.lastStop) return 'He had stopped.';
  return recipient.closed?.[row.channel] === 'opted-out' ? 'He has opted out on this channel.' : undefined;
}

/** Is WhatsApp's 24-hour customer-service window shut for this message? */
export function isOutside(row: OutboxRow, recipient: Recipient | undefined, now: Date): boolean {
  if (row.outside) return true;
  // The answer to an erased person: that he was heard is all that is still known of him.
  const heardAt = recipient?.lastHeardAt ?? (row.purpose === 'reply' ? row.createdAt : undefined);
  return !heardAt || now.getTime() - heardAt.getTime() >= WINDOW_MS - MARGIN_MS;
}

/** What is to be done with a row that is due. */
export function decide(row: OutboxRow, circumstances: Circumstances): Decision {
  const { now, recipient, rules, quiet, hasTemplate, hasSeat, held } = circumstances;
  if (row.expiresAt && row.expiresAt <= now) return { do: 'expire' };
  const refused = refusal(row, recipient);
  if (refused !== undefined) return { do: 'cancel', kind: 'stopped', reason: refused };
  if (held === 'cancelled')
    return { do: 'cancel', kind: 'withdrawn', reason: 'Its broadcast was cancelled before it left.' };
  if (held === 'paused') return { do: 'park', waiting: 'paused' };
  const other = fallback(row, recipient);
  if (recipient?.closed?.[row.channel] === 'unreachable')
    return other
      ? { do: 'fall-back', to: other, reason: 'Nobody is reached there.' }
      : { do: 'fail', kind: 'address', reason: 'Nobody is reached there.' };
  if (row.purpose !== 'reply' && !row.final) {
    const until = silentUntil(now, recipient, rules, row.urgent ? undefined : quiet);
    if (until) return row.expiresAt && row.expiresAt <= until ? { do: 'expire' } : { do: 'defer', until };
  }
  const outside = rules.countsEverybody === true || isOutside(row, recipient, now);
  if (!outside) return { do: 'send', outside };
  if (rules.window && !hasTemplate)
    return other
      ? { do: 'fall-back', to: other, reason: 'His window is shut and there is no template.' }
      : { do: 'park', waiting: 'window' };
  return hasSeat ? { do: 'send', outside } : { do: 'park', waiting: 'reach' };
}

/** When his quiet hours and the sender's own are both over; undefined if neither holds now. */
function silentUntil(
  now: Date,
  recipient: Recipient | undefined,
  { hours }: SenderRules,
  quiet: QuietHours | undefined,
): Date | undefined {
  const his = quietUntil(now, recipient?.zone ?? 'Asia/Kolkata', quiet);
  const own = hours && quietUntil(now, hours.zone, { from: hours.to * 60, to: hours.from * 60 });
  return his && own && own > his ? own : (his ?? own);
}

/** The other channel that he agreed to, for a message that has not already fallen back. */
export function fallback(row: OutboxRow, recipient: Recipient | undefined): Address | undefined {
  const to = recipient?.fallback;
  if (
    !to ||
    row.final ||
    row.say?.discreet ||
    row._id.includes('~') ||
    to.channel === row.channel ||
    recipient.closed?.[to.channel]
  )
    return undefined;
  return to;
}
