/** The two webhooks over a real socket: forged, doubled, oversized, misdirected, and with a database that is down. */
import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundMessage, Receipt } from '../../../src/channels/channel';
import { MovableClock } from '../../../src/clock';
import { twilioWebhooks } from '../../../src/web/webhooks/twilio';
import { TwilioStub, postWebhook, sign } from '../../support/twilio-stub';

const NOW = new Date('2026-01-04T10:00:00.000Z');
const PUBLIC = 'https://saathi.example.org/bot';
const NEXT_TOKEN = 'next-auth-token-0123456789abcdef';
const HIS_NUMBER = '+919800000001';
const HIS_WORDS = 'मेरी बात किसी से मत कहना';
const INBOUND = '/webhooks/twilio/inbound';

const stub = new TwilioStub();
const clock = new MovableClock(NOW);
let server: Server;
let received: InboundMessage[];
let receipts: Receipt[];
let logged: { level: string; fields: object; message: string }[];
let down: boolean;

beforeAll(async () => {
  const level = (name: string) => (fields: object, message: string) => {
    logged.push({ level: name, fields, message });
  };
  const log = { info: level('info'), warn: level('warn'), error: level('error') };
  function keep<T>(list: () => T[]) {
    return (value: T) => {
      if (down) return Promise.reject(new Error(`cannot write ${JSON.stringify(value)}`));
      list().push(value);
      return Promise.resolve();
    };
  }
  const app = express();
  app.use(
    twilioWebhooks({
      config: {
        publicBaseUrl: PUBLIC,
        twilio: {
          accountSid: stub.accountSid,
          authToken: stub.authToken,
          authTokenNext: NEXT_TOKEN,
          whatsappFrom: '+14155238886',
          smsFrom: '+15005550006',
          smsTwoWay: true,
        },
      },
      receive: keep(() => received),
      receipts: (all) => keep(() => receipts)(all[0]!),
      log,
      clock,
    }),
  );
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  stub.product = { publicBaseUrl: PUBLIC, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  [received, receipts, logged, down] = [[], [], [], false];
  clock.advance(3_600_000); // a new hour: the log's limit starts afresh
});
// Whatever a test did: no number, no word and no secret has reached the log.
afterEach(() => {
  const told = JSON.stringify(logged);
  for (const secret of [
    HIS_NUMBER,
    HIS_NUMBER.slice(1),
    HIS_WORDS,
    stub.authToken,
    NEXT_TOKEN,
    stub.accountSid,
  ])
    expect(told).not.toContain(secret);
});

const TEXT = { From: `whatsapp:${HIS_NUMBER}`, To: 'whatsapp:+14155238886', Body: HIS_WORDS };
/** A complete message with a fixed id, for replays. */
const FIELDS = { ...TEXT, MessageSid: `SM${'9'.repeat(32)}`, AccountSid: stub.accountSid, NumMedia: '0' };
const post = (
  fields: Record<string, string>,
  overrides?: Parameters<typeof postWebhook>[4],
  path = INBOUND,
) => postWebhook(stub.product!, stub.authToken, path, fields, overrides);

test('a signed message is received, and answered with an empty TwiML', async () => {
  const answer = await stub.inbound({ ...TEXT, SomethingNew: 'unheard of, and covered by the signature' });
  expect(answer).toMatchObject({
    status: 200,
    type: expect.stringContaining('text/xml'),
    text: expect.stringContaining('<Response/>'),
  });
  expect(received).toEqual([
    {
      id: expect.stringMatching(/^SM/),
      from: { channel: 'whatsapp', address: HIS_NUMBER },
      kind: 'text',
      text: HIS_WORDS,
      at: clock.now(),
    },
  ]);
});

test('duplicates are acknowledged like the first; who receives knows them by their id', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(FIELDS)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(received.map(({ id }) => id))).toEqual(new Set([FIELDS.MessageSid]));
});

test('while tokens are rotated, either signs', async () => {
  const signature = sign(NEXT_TOKEN, PUBLIC + INBOUND, FIELDS);
  expect((await post(FIELDS, { signature })).status).toBe(200);
});

describe('what is not from Twilio gets 403 and changes nothing', () => {
  const signed = sign(stub.authToken, PUBLIC + INBOUND, FIELDS);
  test.each<[string, Parameters<typeof post>]>([
    ['no signature', [FIELDS, { signature: null }]],
    ['an empty signature', [FIELDS, { signature: '' }]],
    ['another signature', [FIELDS, { signature: sign('another-token', PUBLIC + INBOUND, FIELDS) }]],
    [
      'a signature over another address',
      [FIELDS, { signature: sign(stub.authToken, `https://evil.example.org${INBOUND}`, FIELDS) }],
    ],
    [
      'a signature over http instead of https',
      [FIELDS, { signature: sign(stub.authToken, PUBLIC.replace('https', 'http') + INBOUND, FIELDS) }],
    ],
    ['a changed text', [FIELDS, { signature: signed, posted: { ...FIELDS, Body: 'STOP' } }]],
    ['a field added', [FIELDS, { signature: signed, posted: { ...FIELDS, ButtonPayload: 'erase.yes' } }]],
    [
      'a field left out',
      [
        FIELDS,
        {
          signature: signed,
          posted: Object.fromEntries(Object.entries(FIELDS).filter(([name]) => name !== 'Body')),
        },
      ],
    ],
    ['a slash at the end', [FIELDS, { signature: signed }, `${INBOUND}/`]],
    [
      'headers that claim another host',
      [
        FIELDS,
        {
          signature: sign(stub.authToken, `https://evil.example.org${INBOUND}`, FIELDS),
          headers: { 'X-Forwarded-Host': 'evil.example.org', 'X-Forwarded-Proto': 'https' },
        },
      ],
    ],
    [
      '(f) the body’s hash in the query instead of its fields',
      [
        FIELDS,
        { signature: sign(stub.authToken, `${PUBLIC}${INBOUND}?bodySHA256=${'0'.repeat(64)}`, {}) },
        `${INBOUND}?bodySHA256=${'0'.repeat(64)}`,
      ],
    ],
    [
      '(f) the same, with a signature over the fields',
      [FIELDS, {}, `${INBOUND}?bodySHA256=${'0'.repeat(64)}`],
    ],
    ['a form that is none', [FIELDS, { signature: signed, headers: { 'Content-Type': 'application/json' } }]],
    ['(g) another account', [{ ...FIELDS, AccountSid: `AC${'ff'.repeat(16)}` }]],
  ])('%s', async (_, args) => {
    expect((await post(...args)).status).toBe(403);
    expect([received, receipts]).toEqual([[], []]);
    expect(logged).toEqual([
      { level: 'warn', fields: { reason: expect.any(String), before: 0 }, message: 'Webhook refused' },
    ]);
  });

  test('a flood of forgeries is one line a minute, with how many there were', async () => {
    for (let n = 0; n < 20; n++) await post(FIELDS, { signature: 'forged' });
    expect(logged).toHaveLength(1);
    clock.advance(60_000);
    await post(FIELDS, { signature: 'forged' });
    expect(logged[1]?.fields).toEqual({ reason: 'signature', before: 19 });
  });
});

describe('pitfalls of Twilio’s signature', () => {
  test('(a) a captured request replayed with a doubled field still verifies: 400, and nothing is received', async () => {
    const posted = { ...FIELDS, Body: [HIS_WORDS, HIS_WORDS] };
    expect((await post(FIELDS, { posted })).status).toBe(400);
    expect(received).toEqual([]);
  });

  test('(b) fields run together still verify: the mandatory ones are missing, 400', async () => {
    const { From, ...others } = FIELDS;
    const merged = { ...others, Body: '', [`Body${FIELDS.Body}From`]: From };
    delete (merged as Partial<typeof merged>).Body;
    expect(sign(stub.authToken, PUBLIC + INBOUND, merged)).toBe(
      sign(stub.authToken, PUBLIC + INBOUND, FIELDS),
    );
    expect((await post(merged)).status).toBe(400);
    expect(received).toEqual([]);
  });

  test('(c) there is no time in it: a replay verifies, and carries the id by which it is known', async () => {
    await post(FIELDS);
    clock.advance(86_400_000);
    expect((await post(FIELDS)).status).toBe(200);
    expect(received.map(({ id }) => id)).toEqual([FIELDS.MessageSid, FIELDS.MessageSid]);
  });

  test('(d) the address is what Twilio was given, with its port or without, and with the query', async () => {
    const signature = sign(stub.authToken, `https://saathi.example.org:443/bot${INBOUND}?from=hi`, FIELDS);
    expect((await post(FIELDS, { signature }, `${INBOUND}?from=hi`)).status).toBe(200);
    expect((await post(FIELDS, { signature }, INBOUND)).status).toBe(403);
  });

  test('(e) more than 64 KB is turned away unread, signed or not', async () => {
    const answer = await post({ ...FIELDS, Body: 'a'.repeat(70_000) });
    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('64kb') });
    expect(received).toEqual([]);
    expect(logged[0]?.fields).toMatchObject({ reason: 'too large' });
  });

  test('(e) a thousand fields and more are turned away as well', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, n) => [`f${n}`, '']));
    expect((await post({ ...FIELDS, ...many })).status).toBe(413);
  });

  test('(e) brackets in a field’s name build nothing', async () => {
    expect((await post({ ...FIELDS, 'Body[$ne]': '' })).status).toBe(200);
    expect(received[0]?.text).toBe(HIS_WORDS);
  });

  test('(g) a number that is not ours', async () => {
    const answer = await post({ ...FIELDS, To: 'whatsapp:+14155238887' });
    expect(answer).toMatchObject({ status: 400, text: 'To is not a sender of ours.' });
    expect(received).toEqual([]);
  });
});

test('an unreadable form is told apart from a forged one', async () => {
  const answer = await post(FIELDS, { headers: { 'Content-Encoding': 'br' } });
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('readable form') });
});

test('while nothing can be written: 503, no acknowledgement, and nothing of it in answer or log', async () => {
  down = true;
  const answer = await stub.inbound(TEXT);
  expect(answer).toMatchObject({ status: 503, text: expect.not.stringContaining(HIS_NUMBER) });
  expect(answer.text).not.toContain(HIS_WORDS);
  expect(logged).toEqual([{ level: 'error', fields: { kind: 'Error' }, message: expect.any(String) }]);
  down = false;
  expect((await stub.inbound(TEXT)).status).toBe(200);
});

test('HELP that Twilio has answered is acknowledged and goes no further', async () => {
  expect(
    (await stub.inbound({ From: HIS_NUMBER, To: '+15005550006', Body: 'HELP', OptOutType: 'HELP' })).status,
  ).toBe(200);
  expect(received).toEqual([]);
});

describe('status callbacks', () => {
  const DELIVERED = {
    AccountSid: stub.accountSid,
    MessageSid: `SM${'5'.repeat(32)}`,
    MessageStatus: 'delivered',
    From: 'whatsapp:+14155238886',
    To: `whatsapp:${HIS_NUMBER}`,
  };
  const path = '/webhooks/twilio/status?o=p1%3A7%3A0';

  test('a receipt carries our own id out of the URL, which the signature covers', async () => {
    expect((await post(DELIVERED, {}, path)).status).toBe(200);
    expect(receipts).toEqual([
      { outboxId: 'p1:7:0', providerId: DELIVERED.MessageSid, status: 'delivered', at: clock.now() },
    ]);
    const signature = sign(stub.authToken, PUBLIC + path, DELIVERED);
    expect((await post(DELIVERED, { signature }, path.replace('p1', 'p2'))).status).toBe(403);
    expect(receipts).toHaveLength(1);
  });

  test('without our id, or with two, the provider’s id has to do', async () => {
    await post(DELIVERED, {}, '/webhooks/twilio/status');
    await post(DELIVERED, {}, '/webhooks/twilio/status?o=a&o=b');
    expect(receipts.map((receipt) => receipt.outboxId)).toEqual([undefined, undefined]);
  });

  test('a status that we do not know is acknowledged', async () => {
    expect((await post({ ...DELIVERED, MessageStatus: 'teleported' }, {}, path)).status).toBe(200);
    expect(receipts).toEqual([]);
  });

  test('forged: 403; nothing can be written: 503', async () => {
    expect((await post(DELIVERED, { signature: 'x' }, path)).status).toBe(403);
    down = true;
    expect((await post(DELIVERED, {}, path)).status).toBe(503);
    expect(receipts).toEqual([]);
  });
});
