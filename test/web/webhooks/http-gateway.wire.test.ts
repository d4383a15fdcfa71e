/** The SMS gateway's webhooks over a real socket: forged, oversized, unreadable, and with a database that is down. */
import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundMessage, Receipt } from '../../../src/channels/channel';
import { MovableClock } from '../../../src/clock';
import { webhooksFor } from '../../../src/web/webhooks';

const SECRET = 'gateway-secret-0123456789';
const HIS_NUMBER = '+919800000001';
const HIS_WORDS = 'मेरी बात किसी से मत कहना';
const INBOUND = '/webhooks/sms-gateway/inbound';
const STATUS = '/webhooks/sms-gateway/status';
const TEXT = { id: 'in-1', from: HIS_NUMBER, text: HIS_WORDS };
const clock = new MovableClock(new Date('2026-01-04T10:00:00.000Z'));

let server: Server;
let received: InboundMessage[];
let receipts: Receipt[];
let logged: unknown[];
let down: boolean;

beforeAll(async () => {
  const note = (...line: unknown[]) => void logged.push(line);
  const keep = (list: () => unknown[], values: unknown[]) => {
    if (down) return Promise.reject(new Error(`cannot write ${JSON.stringify(values)}`));
    list().push(...values);
    return Promise.resolve();
  };
  const config = {
    publicBaseUrl: 'https://saathi.example.org',
    smsGateway: {
      url: 'https://sms.example.org',
      token: 'token-01',
      sender: 'SAATHI',
      webhookSecret: SECRET,
    },
  };
  const router = webhooksFor({
    config,
    receive: (message) => keep(() => received, [message]),
    receipts: (all) => keep(() => receipts, all),
    log: { info: note, warn: note, error: note },
    clock,
  });
  server = express().use(router!).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [received, receipts, logged, down] = [[], [], [], false];
  clock.advance(3_600_000); // a new hour: the log's limit starts afresh
});
// Whatever a test did: no number, no word and no secret has reached the log.
afterEach(() => expect(JSON.stringify(logged)).not.toMatch(/9800000001|मेरी|gateway-secret/));

async function post(
  path: string,
  body: string | URLSearchParams | object,
  secret: string | undefined = SECRET,
) {
  const isRaw = typeof body === 'string' || body instanceof URLSearchParams;
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method: 'POST',
    headers: {
      ...(!(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
      ...(secret !== '' && { 'x-webhook-secret': secret }),
    },
    body: isRaw ? body : JSON.stringify(body),
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

test.each([
  ['JSON', TEXT],
  ['a form', new URLSearchParams(TEXT)],
])('a message as %s is received, and answered with nothing that could be sent to him', async (_, body) => {
  expect(await post(INBOUND, body)).toMatchObject({ status: 200, text: '' });
  expect(received).toEqual([
    {
      id: 'in-1',
      from: { channel: 'sms', address: HIS_NUMBER },
      kind: 'text',
      text: HIS_WORDS,
      at: clock.now(),
    },
  ]);
});

test('a report is received by our id in its address', async () => {
  expect((await post(`${STATUS}?o=p1%3A7%3A0`, { id: 'gw-1', status: 'delivered' })).status).toBe(200);
  expect(receipts).toEqual([
    { outboxId: 'p1:7:0', providerId: 'gw-1', status: 'delivered', at: clock.now() },
  ]);
});

test('a report that says nothing to us is acknowledged, or it would come for ever', async () => {
  expect((await post(STATUS, { id: 'gw-1', status: 'pondering' })).status).toBe(200);
  expect(receipts).toEqual([]);
});

test.each([INBOUND, STATUS])('%s without the secret is refused, whatever its body', async (path) => {
  for (const secret of ['', 'gateway-secret-012345678', `${SECRET}9`])
    for (const body of [TEXT, '{ broken', 'x'.repeat(100_000)])
      expect((await post(path, body, secret)).status).toBe(403);
  expect([received, receipts]).toEqual([[], []]);
  expect(logged).toHaveLength(1);
});

test.each([
  ['too large', { ...TEXT, text: 'x'.repeat(70_000) }, 413],
  ['no JSON', '{ broken', 400],
  ['without a sender', { id: 'in-1', text: HIS_WORDS }, 400],
  ['from a header', { ...TEXT, from: 'AX-BANK' }, 400],
])('a message that is %s is refused', async (_, body, status) => {
  expect((await post(INBOUND, body)).status).toBe(status);
  expect(received).toEqual([]);
});

test.each([
  [INBOUND, TEXT],
  [STATUS, { id: 'gw-1', status: 'sent' }],
])('what could not be kept at %s is not acknowledged', async (path, body) => {
  down = true;
  expect(await post(path, body)).toMatchObject({ status: 503, retryAfter: '10' });
});

test('where no provider is configured there is no webhook', () => {
  const none = () => Promise.resolve();
  const log = { info: none, warn: none, error: none };
  const config = { publicBaseUrl: 'http://localhost:3000' };
  expect(webhooksFor({ config, receive: none, receipts: none, log, clock })).toBeUndefined();
});
