/**
 * What each of Twilio's error codes means for us. One literal table: a code is looked up, never guessed from its
 * number or its text. Texts of the codes: https://www.twilio.com/docs/api/errors/<code>
 */
import type { FailureKind, SendResult } from '../channel';
import { TwilioHttpError } from './client';

/** `retry`: surely not taken, try again. `sender-down`: nothing will leave from this sender until someone mends it. */
type Meaning = ['retry' | 'sender-down' | FailureKind, reason: string];

const CODES: Readonly<Record<number, Meaning>> = {
  // Too fast: back off.
  20429: ['retry', 'Twilio asks to send more slowly'],
  63017: ['retry', 'the WhatsApp sender is over its rate limit'],
  63018: ['retry', 'the WhatsApp sender is over its rate limit'],
  30001: ['retry', "Twilio's queue for this sender is full"],
  21611: ['retry', "Twilio's queue for this sender is full"],

  // On the way, the phone or the carrier failed: worth another try hours later.
  30003: ['undelivered', 'the phone could not be reached'],
  30008: ['undelivered', 'the carrier gave no reason'],
  63012: ['undelivered', 'WhatsApp had a fault of its own'],

  // He does not want it.
  21610: ['consent', 'he has opted out with STOP'],
  63014: ['consent', 'he has blocked this sender'],

  // Nobody can be reached there.
  21211: ['address', 'the number is not valid'],
  21614: ['address', 'the number takes no SMS (a landline)'],
  21635: ['address', 'the number is a landline'],
  30005: ['address', 'the number is unknown or out of use'],
  30006: ['address', 'the number is a landline or its carrier takes no SMS'],
  63003: ['address', 'there is no such address on WhatsApp'],
  63024: ['address', 'the recipient cannot receive this message'],

  // WhatsApp's 24 hours are over and this was no template.
  63016: ['window', 'outside the 24-hour window only an approved template may be sent'],

  // The template or its variables.
  21654: ['template', 'the content id is not known to this account'],
  21655: ['template', 'the content id is not valid'],
  21656: ['template', 'the content variables are not valid'],
  63013: ['template', "the message breaks WhatsApp's policy"],
  63021: ['template', 'the message is not valid for WhatsApp (too long, or a value it refuses)'],
  63027: ['template', 'the template does not exist in this language'],
  63028: ['template', 'the number of variables does not fit the template'],
  63041: ['template', 'WhatsApp has paused the template'],

  // WhatsApp's own caps on marketing to one person: a day or another channel, never at once.
  63032: ['marketing-cap', 'WhatsApp keeps this message from him as part of an experiment'],
  63049: ['marketing-cap', 'WhatsApp keeps marketing messages from him for now'],

  // Carriers' filters.
  30004: ['filter', 'the message was blocked'],
  30007: ['filter', "the carrier's filter stopped it"],

  30036: ['expired', 'its validity period ended before it could leave'],

  // Set-up: nobody gets anything until it is mended.
  20003: ['sender-down', 'Twilio refused the account SID and auth token'],
  21408: ['sender-down', 'sending to this country is switched off (Messaging Geographic Permissions)'],
  21657: ['sender-down', 'the sender id is not registered'],
  30018: ['sender-down', 'the sender id is not registered in the destination country'],
  30042: ['sender-down', 'the sender id is not registered in the destination country'],
  63007: ['sender-down', 'the WhatsApp sender does not belong to this account'],
  63015: ['sender-down', 'this is the WhatsApp sandbox and the recipient has not joined it'],
  63038: ['sender-down', "the account's daily limit of messages is reached"],
  63051: ['sender-down', 'WhatsApp has locked or restricted the business account'],
};

/** Faults from before a byte of the message left: it was surely not taken. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** `Retry-After` in milliseconds from now; `undefined` when it is absent or unreadable. */
function milliseconds(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const moment = Date.parse(retryAfter);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime());
}

function fromHttp({ status, code, retryAfter }: TwilioHttpError, now: Date): SendResult {
  const named = code === undefined ? {} : { code: String(code) };
  if (status >= 500)
    return {
      outcome: 'unknown',
      code: String(code ?? status),
      reason: `Twilio answered ${status}; it may have taken the message`,
    };
  const meaning = code === undefined ? undefined : CODES[code];
  if (status === 429 || meaning?.[0] === 'retry') {
    const retryAfterMs = milliseconds(retryAfter, now);
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    return {
      outcome: 'retry',
      code: String(code ?? status),
      reason: meaning?.[1] ?? 'Twilio asks to send more slowly',
      ...wait,
    };
  }
  if (meaning?.[0] === 'sender-down') return { outcome: 'sender-down', ...named, reason: meaning[1] };
  if (meaning) return { outcome: 'failed', kind: meaning[0], ...named, reason: meaning[1] };
  if (status === 401 || status === 403 || status === 404)
    return {
      outcome: 'sender-down',
      code: String(code ?? status),
      reason: 'Twilio refused the account: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
    };
  return {
    outcome: 'failed',
    kind: 'other',
    code: String(code ?? status),
    reason: `Twilio refused the message (${status})`,
  };
}

/**
 * @param error whatever a call to the SDK threw. @param now for a `Retry-After` that is a date.
 * @returns what became of the send; `unknown` whenever the message may have been taken.
 */
export function sendFault(error: unknown, now: Date): SendResult {
  if (error instanceof TwilioHttpError) return fromHttp(error, now);
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && NEVER_LEFT.has(code))
    return { outcome: 'retry', code, reason: 'Twilio could not be reached' };
  return {
    outcome: 'unknown',
    ...(code === undefined ? {} : { code }),
    reason: 'the connection to Twilio broke; it may have taken the message',
  };
}

/**
 * For a status callback. @param code Twilio's ErrorCode, as a string; absent on some failures.
 * @returns the kind of failure. `retry` codes count as undelivered: by then Twilio has given up on its own.
 */
export function failureKind(code: string | undefined): FailureKind {
  const meaning = code === undefined ? undefined : CODES[Number(code)]?.[0];
  if (meaning === undefined) return 'other';
  if (meaning === 'retry') return 'undelivered';
  return meaning === 'sender-down' ? 'sender' : meaning;
}
