/** Sending against a gateway on this machine: what it is given, and what becomes of each of its answers. */
import type { SendResult } from '../../../src/channels/channel';
import { httpGateway, type HttpGatewayOptions } from '../../../src/channels/http-gateway';
import { GatewayStub, type Reply } from './gateway-stub';
import { EXOTEL_LIKE, HIS_NUMBER, message, PUBLIC, SETTINGS, stillClock } from './support';

let stub: GatewayStub;
beforeEach(async () => (stub = await new GatewayStub().start()));
afterEach(() => stub.stop());

const channel = (more: Partial<HttpGatewayOptions> = {}) =>
  httpGateway({
    config: { ...SETTINGS, url: stub.url },
    publicBaseUrl: PUBLIC,
    clock: stillClock(),
    ...more,
  });
const dlt = {
  entityId: '1101000000000000001',
  templateIdFor: (text: string) => (text === 'नमस्ते' ? '1107000000000000001' : undefined),
};
const STATUS_URL = `${PUBLIC}/webhooks/sms-gateway/status?o=p1%3A7%3A0`;

test('JSON with a bearer token, our id and where reports go', async () => {
  expect(await channel().send(message({ validForSeconds: 3600.4 }))).toEqual({
    outcome: 'accepted',
    providerId: 'gw-1',
    segments: 1,
  });
  expect(stub.came).toHaveLength(1);
  expect(stub.came[0]).toMatchObject({
    method: 'POST',
    url: '/v1/messages',
    headers: { authorization: 'Bearer user:pass-word', 'content-type': 'application/json' },
  });
  expect(JSON.parse(stub.accepted[0]!)).toEqual({
    to: HIS_NUMBER,
    from: 'SAATHI',
    text: 'नमस्ते',
    reference: 'p1:7:0',
    callback_url: STATUS_URL,
    validity_seconds: '3600',
  });
});

test('a form with a password and the DLT ids, by the description of another provider', async () => {
  stub.reply = () => ({ status: 200, body: { SMSMessage: { Sid: 'ex-1' } } });
  const sent = await channel({ description: EXOTEL_LIKE, dlt }).send(message());
  expect(sent).toEqual({ outcome: 'accepted', providerId: 'ex-1', segments: 1 });
  expect(stub.came[0]!.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('user:pass-word').toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(Object.fromEntries(new URLSearchParams(stub.accepted[0]))).toEqual({
    From: 'SAATHI',
    To: '919800000001',
    Body: 'नमस्ते',
    DltEntityId: dlt.entityId,
    DltTemplateId: '1107000000000000001',
    StatusCallback: STATUS_URL,
    CustomField: 'saathi p1:7:0',
  });
});

test('a token alone in a header of its own', async () => {
  await channel({ description: { ...EXOTEL_LIKE, auth: { header: 'authkey' } } }).send(message());
  expect(stub.came[0]!.headers).toMatchObject({ authkey: 'user:pass-word' });
  expect(stub.came[0]!.headers.authorization).toBeUndefined();
});

test('in India nothing but registered texts; elsewhere the register has no say', async () => {
  expect(await channel({ dlt }).send(message({ text: 'free text' }))).toMatchObject({
    outcome: 'failed',
    kind: 'template',
    code: 'dlt',
  });
  expect(stub.came).toEqual([]);
  await channel({ dlt }).send(message({ to: '+14155238886', text: 'free text' }));
  expect(JSON.parse(stub.accepted[0]!)).not.toHaveProperty('dlt');
});

test.each([
  ['an address that is no number', { to: 'IN.someone' }, 'no-number'],
  ['a picture', { media: { url: `${PUBLIC}/a.png`, contentType: 'image/png' } }, 'no-media'],
  ['nothing to say', { text: ' \n' }, 'empty'],
  ['too much to say', { text: 'x'.repeat(1601) }, 'too-long'],
])('%s is refused before the gateway is asked', async (_, more, code) => {
  expect(await channel().send(message(more))).toMatchObject({ outcome: 'failed', code });
  expect(stub.came).toEqual([]);
});

const REFUSED = { outcome: 'failed', kind: 'other' } as const;
test.each<[string, Reply, Partial<SendResult>]>([
  ['202', { status: 202, body: { id: 'gw-9' } }, { outcome: 'accepted', providerId: 'gw-9' }],
  ['an id that is a number', { body: { id: 77 } }, { outcome: 'accepted', providerId: '77' }],
  ['its own count of parts', { body: { id: 'a', segments: 3 } }, { outcome: 'accepted', segments: 3 }],
  ['200 without an id', { body: {} }, { outcome: 'unknown', code: '200' }],
  ['200 with a page', { body: '<html>welcome</html>' }, { outcome: 'unknown', code: '200' }],
  [
    'a refusal in a 200',
    { body: { error: { code: 'opted_out' } } },
    { outcome: 'failed', kind: 'consent', code: 'opted_out' },
  ],
  ['an unheard-of refusal in a 200', { body: { error: { code: 'odd' } } }, { ...REFUSED, code: 'odd' }],
  ['429', { status: 429 }, { outcome: 'retry', code: '429' }],
  [
    '429 with seconds',
    { status: 429, headers: { 'retry-after': '17' } },
    { outcome: 'retry', retryAfterMs: 17_000 },
  ],
  [
    '429 with a date',
    { status: 429, headers: { 'retry-after': 'Sun, 04 Jan 2026 10:01:00 GMT' } },
    { outcome: 'retry', retryAfterMs: 60_000 },
  ],
  ['a full queue', { status: 400, body: { error: { code: 'queue_full' } } }, { outcome: 'retry' }],
  ['400', { status: 400 }, { ...REFUSED, code: '400' }],
  ['422', { status: 422 }, { ...REFUSED, code: '422' }],
  [
    '400 for the number',
    { status: 400, body: { error: { code: 'invalid_number' } } },
    { outcome: 'failed', kind: 'address' },
  ],
  ['400 that quotes his number', { status: 400, body: { error: { code: HIS_NUMBER } } }, { code: '400' }],
  ['401', { status: 401 }, { outcome: 'sender-down', code: '401' }],
  ['404', { status: 404, body: '<html>' }, { outcome: 'sender-down', code: '404' }],
  ['no credit', { status: 402, body: { error: { code: 'no_credit' } } }, { outcome: 'sender-down' }],
  ['408', { status: 408 }, { outcome: 'unknown', code: '408' }],
  ['500', { status: 500 }, { outcome: 'unknown', code: '500' }],
  ['503 with a known code', { status: 503, body: { error: { code: 'queue_full' } } }, { outcome: 'unknown' }],
  ['a connection that breaks', { then: 'break' }, { outcome: 'unknown' }],
])('%s', async (_, reply, expected) => {
  stub.reply = () => reply;
  const result = await channel().send(message());
  expect(result).toMatchObject(expected);
  expect(JSON.stringify(result)).not.toMatch(/9800000001|नमस्ते|pass-word/);
  expect(stub.came).toHaveLength(1);
});

test('no answer within the time is unknown: the gateway has taken it', async () => {
  stub.reply = () => ({ then: 'hang' });
  expect(await channel({ timeoutMs: 100 }).send(message())).toMatchObject({
    outcome: 'unknown',
    code: 'timeout',
  });
  expect(stub.accepted).toHaveLength(1);
});

test('a redirect is not followed: token and number stay with the configured address', async () => {
  const elsewhere = await new GatewayStub().start();
  stub.reply = () => ({ status: 307, headers: { location: elsewhere.url } });
  expect(await channel().send(message())).toMatchObject({ outcome: 'sender-down', code: '307' });
  expect(elsewhere.came).toEqual([]);
  await elsewhere.stop();
});

test('where nobody listens it was surely not taken', async () => {
  const gone = channel();
  await stub.stop();
  expect(await gone.send(message())).toMatchObject({ outcome: 'retry', code: 'ECONNREFUSED' });
  await stub.start();
});
