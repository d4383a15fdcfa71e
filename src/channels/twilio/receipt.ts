/**
 * A status callback's fields → a Receipt. Callbacks come in any order, more than once, sometimes never, and may
 * overtake the send's answer (Twilio, outbound-message-status-in-status-callbacks): our own id rides in the URL.
 */
import type { Receipt } from '../channel';
import { failureKind } from './errors';
import type { Fields } from './inbound';

/** Twilio's word → ours. `undelivered` is the carrier's failure, `failed` and `canceled` are Twilio's. */
const STATUS: ReadonlyMap<string, Receipt['status']> = new Map(
  Object.entries({
    accepted: 'queued',
    scheduled: 'queued',
    queued: 'queued',
    sending: 'queued',
    sent: 'sent',
    partially_delivered: 'sent',
    delivered: 'delivered',
    read: 'read',
    undelivered: 'failed',
    failed: 'failed',
    canceled: 'failed',
  } as const),
);

const OUTBOX_ID = /^[\w:.-]{1,200}$/;

/** The path of status callbacks, and the query parameter that carries the outbox id. */
export function statusCallbackUrl(publicBaseUrl: string, outboxId: string): string {
  return `${publicBaseUrl}/webhooks/twilio/status?o=${encodeURIComponent(outboxId)}`;
}

/**
 * @param fields the callback's body, verified and all strings. @param outboxId `o` of its URL, if it has one.
 * @param now the time of receipt: Twilio sends none.
 * @returns the receipt, or `undefined` for a status or a message id that we don't know (they may add some).
 */
export function parseReceipt(fields: Fields, outboxId: string | undefined, now: Date): Receipt | undefined {
  const providerId = fields.MessageSid ?? fields.SmsSid ?? '';
  const status = STATUS.get((fields.MessageStatus ?? fields.SmsStatus ?? '').toLowerCase());
  if (!status || !/^(SM|MM)[0-9a-f]{32}$/i.test(providerId)) return undefined;
  const code =
    /^\d{1,6}$/.test(fields.ErrorCode ?? '') && fields.ErrorCode !== '0' ? fields.ErrorCode : undefined;
  return {
    providerId,
    status,
    at: now,
    ...(outboxId !== undefined && OUTBOX_ID.test(outboxId) && { outboxId }),
    ...(status === 'failed' && { failure: { kind: failureKind(code), ...(code !== undefined && { code }) } }),
  };
}
