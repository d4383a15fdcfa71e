/** What comes in by the webhooks: a person's SMS, a delivery report, and whether the secret is known. */
import { GENERIC } from '../../../src/channels/http-gateway/description';
import { parseInbound } from '../../../src/channels/http-gateway/inbound';
import { parseReport } from '../../../src/channels/http-gateway/report';
import { knowsSecret } from '../../../src/channels/http-gateway/secret';
import { EXOTEL_LIKE, HIS_NUMBER, NOW, SECRET } from './support';

const IN = { id: 'in-1', from: HIS_NUMBER, text: 'हाँ' };
const heard = {
  id: 'in-1',
  from: { channel: 'sms', address: HIS_NUMBER },
  kind: 'text',
  text: 'हाँ',
  at: NOW,
};

test.each([
  ['+919800000001', HIS_NUMBER],
  ['919800000001', HIS_NUMBER],
  ['00919800000001', HIS_NUMBER],
  ['09800000001', HIS_NUMBER],
  ['9800000001', HIS_NUMBER],
  ['+91 98000-00001', HIS_NUMBER],
  ['+14155238886', '+14155238886'],
])('a number written %s is %s', (from, address) => {
  expect(parseInbound({ ...IN, from }, GENERIC, NOW)).toEqual({
    message: { ...heard, from: { channel: 'sms', address } },
  });
});

test.each<[string, unknown, object]>([
  ['an id that is a number', { ...IN, id: 7 }, { message: { ...heard, id: '7' } }],
  ['fields that nobody heard of', { ...IN, operator: 'x' }, { message: heard }],
  ['no text', { id: 'in-1', from: HIS_NUMBER }, { message: { ...heard, kind: 'unknown', text: '' } }],
  [
    'half an emoji where the text is cut',
    { ...IN, text: `${'x'.repeat(4095)}😀` },
    { message: { ...heard, text: 'x'.repeat(4095) } },
  ],
  ['no id', { from: HIS_NUMBER }, { refused: 'id is missing' }],
  ['an endless id', { ...IN, id: 'x'.repeat(201) }, { refused: 'id is longer than 200 characters' }],
  ['no sender', { id: 'in-1' }, { refused: 'from is missing' }],
  ['a doubled sender', { ...IN, from: [HIS_NUMBER, HIS_NUMBER] }, { refused: 'from is missing' }],
  ['a header for a sender', { ...IN, from: 'AX-BANK' }, { refused: 'from is not a phone number' }],
  ['a short code for a sender', { ...IN, from: '56161' }, { refused: 'from is not a phone number' }],
  ['nothing at all', undefined, { refused: 'id is missing' }],
])('inbound with %s', (_, body, expected) => {
  expect(parseInbound(body, GENERIC, NOW)).toEqual(expected);
});

test('inbound by the fields of another provider', () => {
  expect(parseInbound({ SmsSid: 'in-1', From: '09800000001', Body: 'हाँ' }, EXOTEL_LIKE, NOW)).toEqual({
    message: heard,
  });
});

const REPORT = { id: 'gw-1', reference: 'p1:7:0' };
const receipt = { providerId: 'gw-1', outboxId: 'p1:7:0', at: NOW };

test.each<[string, object, object | undefined]>([
  ['queued', { status: 'queued' }, { ...receipt, status: 'queued' }],
  ['sent', { status: 'SENT' }, { ...receipt, status: 'sent' }],
  ['delivered', { status: 'delivered' }, { ...receipt, status: 'delivered' }],
  [
    'failed without a code',
    { status: 'failed' },
    { ...receipt, status: 'failed', failure: { kind: 'other' } },
  ],
  [
    'opted out',
    { status: 'rejected', error: { code: 'opted_out' } },
    { ...receipt, status: 'failed', failure: { kind: 'consent', code: 'opted_out' } },
  ],
  [
    'a code that means retry: the gateway has given up',
    { status: 'failed', error: { code: 'queue_full' } },
    { ...receipt, status: 'failed', failure: { kind: 'undelivered', code: 'queue_full' } },
  ],
  [
    "the sender's set-up",
    { status: 'failed', error: { code: 'no_credit' } },
    { ...receipt, status: 'failed', failure: { kind: 'sender', code: 'no_credit' } },
  ],
  [
    'a code that quotes his number',
    { status: 'failed', error: { code: '919800000001' } },
    { ...receipt, status: 'failed', failure: { kind: 'other' } },
  ],
  [
    'a reference that is none of ours',
    { status: 'sent', reference: 'a b' },
    { providerId: 'gw-1', at: NOW, status: 'sent' },
  ],
  ['an unheard-of status', { status: 'pondering' }, undefined],
  ['a status that every object has', { status: 'constructor' }, undefined],
  ['no status', {}, undefined],
  ['no id', { id: '', status: 'sent' }, undefined],
])('report: %s', (_, fields, expected) => {
  expect(parseReport({ ...REPORT, ...fields }, undefined, GENERIC, NOW)).toEqual(expected);
});

test('our id in the address goes before what the body says', () => {
  expect(parseReport({ ...REPORT, status: 'sent' }, 'p2:1:0', GENERIC, NOW)?.outboxId).toBe('p2:1:0');
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
test.each<[string, string | undefined, string | undefined, boolean]>([
  ['in its header', undefined, SECRET, true],
  ['as a bearer token', `Bearer ${SECRET}`, undefined, true],
  ['as a password', basic(`saathi:${SECRET}`), undefined, true],
  ['as a name', basic(`${SECRET}:`), undefined, false],
  ['nowhere', undefined, undefined, false],
  ['empty', undefined, '', false],
  ['but for its end', undefined, SECRET.slice(0, -1), false],
  ['in another case', undefined, SECRET.toUpperCase(), false],
  ['as a bearer token that is wrong, beside the right header', 'Bearer wrong', SECRET, false],
])('the secret %s', (_, authorization, header, expected) => {
  expect(knowsSecret({ authorization, header }, SECRET)).toBe(expected);
});
