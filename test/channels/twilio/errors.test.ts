import type { FailureKind } from '../../../src/channels/channel';
import { TwilioHttpError } from '../../../src/channels/twilio/client';
import { failureKind, sendFault } from '../../../src/channels/twilio/errors';
import { NOW } from './support';

const refused = (code: number | undefined, status = 400, retryAfter?: string) =>
  sendFault(new TwilioHttpError(status, code, retryAfter), NOW);

// Written out by hand from Twilio's descriptions, code by code: the table in the product must agree.
const KINDS: [FailureKind, number[]][] = [
  ['consent', [21610, 63014]],
  ['address', [21211, 21614, 21635, 30005, 30006, 63003, 63024]],
  ['window', [63016]],
  ['template', [21654, 21655, 21656, 63013, 63021, 63027, 63028, 63041]],
  ['marketing-cap', [63032, 63049]],
  ['filter', [30004, 30007]],
  ['expired', [30036]],
  ['undelivered', [30003, 30008, 63012]],
];
const RETRY = [20429, 63017, 63018, 30001, 21611];
const SENDER_DOWN = [20003, 21408, 21657, 30018, 30042, 63007, 63015, 63038, 63051];

test.each(KINDS.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))(
  '%i is a failure of kind %s, at once or by receipt',
  (code, kind) => {
    expect(refused(code)).toEqual({
      outcome: 'failed',
      kind,
      code: String(code),
      reason: expect.any(String),
    });
    expect(failureKind(String(code))).toBe(kind);
  },
);

test.each(RETRY)('%i was surely not taken and is tried again', (code) => {
  expect(refused(code, 429)).toEqual({ outcome: 'retry', code: String(code), reason: expect.any(String) });
  expect(refused(code, 400)).toMatchObject({ outcome: 'retry' });
  expect(failureKind(String(code))).toBe('undelivered');
});

test.each(SENDER_DOWN)('%i stops the sender', (code) => {
  expect(refused(code)).toEqual({ outcome: 'sender-down', code: String(code), reason: expect.any(String) });
  expect(failureKind(String(code))).toBe('sender');
});

test.each([500, 502, 503, 504])('%i may have taken the message, whatever it says', (status) => {
  expect(refused(undefined, status)).toMatchObject({ outcome: 'unknown', code: String(status) });
  expect(refused(21211, status)).toMatchObject({ outcome: 'unknown' });
});

test.each([401, 403, 404])('%i without a code is the account, not the person', (status) => {
  expect(refused(undefined, status)).toMatchObject({ outcome: 'sender-down' });
});

test('an unheard-of code fails the one message', () => {
  expect(refused(29999)).toMatchObject({ outcome: 'failed', kind: 'other', code: '29999' });
});

test.each([
  ['7', 7000],
  ['Sun, 04 Jan 2026 10:00:30 GMT', 30_000],
  ['Sun, 04 Jan 2026 09:59:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %p waits %p ms', (header, retryAfterMs) => {
  expect(refused(20429, 429, header)).toEqual({
    outcome: 'retry',
    code: '20429',
    reason: expect.any(String),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
});

test.each([
  ['ECONNREFUSED', 'retry'],
  ['ENOTFOUND', 'retry'],
  ['CERT_HAS_EXPIRED', 'retry'],
  ['ECONNRESET', 'unknown'],
  ['ECONNABORTED', 'unknown'],
  ['ETIMEDOUT', 'unknown'],
  ['EPIPE', 'unknown'],
])('%s on the way: %s', (code, outcome) => {
  expect(sendFault(Object.assign(new Error('of 9800000001'), { code }), NOW)).toMatchObject({
    outcome,
    code,
  });
});

test('whatever else is thrown, the outcome is unknown', () => {
  expect(sendFault('a string', NOW)).toMatchObject({ outcome: 'unknown' });
});

test('every reason is a sentence of ours without digits of a number', () => {
  const codes = [...KINDS.flatMap(([, all]) => all), ...RETRY, ...SENDER_DOWN];
  for (const code of codes)
    expect(refused(code)).toMatchObject({ reason: expect.stringMatching(/^[^\d]*(24)?[^\d]*$/) });
});
