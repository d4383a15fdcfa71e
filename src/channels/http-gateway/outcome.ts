/** What a gateway's answer, or its silence, means for a message. */
import type { FailureKind, SendResult } from '../channel';
import type { GatewayDescription } from './description';
import { at } from './fields';

export interface Answer {
  status: number;
  /** The `Retry-After` header: seconds or a date. */
  retryAfter: string | null;
  /** Parsed JSON; `undefined` for anything else. */
  body: unknown;
}

/** Faults from before a byte of the message left: it was surely not taken. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/** The token, or the address in SMS_GATEWAY_URL: every message would fare alike. A redirect is never followed. */
const SET_UP = new Set([301, 302, 303, 307, 308, 401, 403, 404, 405]);
const MOST_ID = 200;

/** A provider's code, unless it has room for a phone number. */
export function shownCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[\w.-]{1,40}$/.test(code) && !/\d{8}/.test(code) ? code : undefined;
}

/** `Retry-After` in milliseconds from now (RFC 9110, 10.2.3); `undefined` when it is absent or unreadable. */
function milliseconds(retryAfter: string | null, now: Date): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const moment = Date.parse(retryAfter);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime());
}

function meaningOf({ errors }: GatewayDescription, code: string | undefined) {
  return code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
}

/**
 * 2xx with an id: accepted. 429: retry. A code that the description knows: what it says there. Other 4xx: failed,
 * or the sender's set-up. 5xx, 408 and what cannot be read: unknown, since it may have been taken.
 * @param now for a `Retry-After` that is a date.
 */
export function outcomeOf(
  { status, retryAfter, body }: Answer,
  description: GatewayDescription,
  now: Date,
): SendResult {
  const { answer } = description;
  if (status >= 500 || status === 408)
    return {
      outcome: 'unknown',
      code: String(status),
      reason: `the gateway answered ${status}; it may have taken the message`,
    };
  const given = at(body, answer.errorCode);
  const code = shownCode(given) ?? String(status);
  const meaning = meaningOf(description, given);
  if (status === 429 || meaning?.[0] === 'retry') {
    const retryAfterMs = milliseconds(retryAfter, now);
    return {
      outcome: 'retry',
      code,
      reason: meaning?.[1] ?? 'the gateway asks to send more slowly',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (meaning?.[0] === 'sender-down') return { outcome: 'sender-down', code, reason: meaning[1] };
  if (meaning) return { outcome: 'failed', kind: meaning[0], code, reason: meaning[1] };
  if (SET_UP.has(status))
    return {
      outcome: 'sender-down',
      code,
      reason: `the gateway answered ${status}: check SMS_GATEWAY_URL and SMS_GATEWAY_TOKEN`,
    };
  const refused = { outcome: 'failed', kind: 'other', code } as const;
  if (status >= 300) return { ...refused, reason: `the gateway refused the message (${status})` };
  // Some gateways refuse with a 200.
  if (given !== undefined) return { ...refused, reason: 'the gateway refused the message with a code' };
  const providerId = at(body, answer.messageId);
  if (providerId === undefined || providerId.length > MOST_ID)
    return {
      outcome: 'unknown',
      code,
      reason: "the gateway's answer holds no message id; it may have taken the message",
    };
  const segments = Number(at(body, answer.segments));
  return { outcome: 'accepted', providerId, ...(segments > 0 && { segments }) };
}

/** A property of whatever was thrown, where it is a text. */
function told(thrown: unknown, name: 'name' | 'code'): string | undefined {
  const value =
    typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** @param error whatever `fetch` threw: no answer, or none within the time. */
export function faultOf(error: unknown): SendResult {
  if (told(error, 'name') === 'TimeoutError')
    return {
      outcome: 'unknown',
      code: 'timeout',
      reason: 'the gateway did not answer in time; it may have taken the message',
    };
  const code = told((error as { cause?: unknown } | undefined)?.cause, 'code');
  if (code !== undefined && NEVER_LEFT.has(code))
    return { outcome: 'retry', code, reason: 'the gateway could not be reached' };
  return {
    outcome: 'unknown',
    ...(code !== undefined && { code }),
    reason: 'the connection to the gateway broke; it may have taken the message',
  };
}

/** For a delivery report: by then the gateway has given up, so `retry` counts as undelivered. */
export function failureKind(description: GatewayDescription, code: string | undefined): FailureKind {
  const meaning = meaningOf(description, code)?.[0];
  if (meaning === undefined) return 'other';
  if (meaning === 'retry') return 'undelivered';
  return meaning === 'sender-down' ? 'sender' : meaning;
}
