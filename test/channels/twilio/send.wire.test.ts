/** What we send, as the stand-in for Twilio really receives it, and what becomes of each answer. */
import type { Channel, OutboundMessage, SendResult } from '../../../src/channels/channel';
import { refuse, tooFast, type Fault, type StoredMessage } from '../../support/twilio-stub';
import { ACCOUNT, HIS_NUMBER, message, without } from './support';
import { CERTIFICATE, OPTIONS, TEMPLATE, contract, useStub } from './wired';

const use = useStub();
const { whatsApp, sms } = use;

test(
  contract
    ? 'Twilio’s own description is at hand: requests and answers are held against it'
    : 'left out: checks against Twilio’s own description, which is not beside the project',
  () => {
    expect(
      contract === undefined ||
        contract.request(
          'POST',
          `/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages.json`,
          new URLSearchParams({ To: 'x', Junk: '1', ValidityPeriod: 'long' }),
        ),
    ).not.toEqual([]);
  },
);

interface Outgoing {
  name: string;
  channel: () => Channel;
  message: Partial<OutboundMessage>;
  expected: Partial<StoredMessage>;
  /** Where Twilio does not say yet how many there are, we do. */
  segments?: number;
}

const WHATSAPP = { to: `whatsapp:${HIS_NUMBER}`, from: 'whatsapp:+14155238886', messagingServiceSid: null };
const outgoing: Outgoing[] = [
  {
    name: 'WhatsApp text',
    channel: whatsApp,
    message: { text: 'नमस्ते\n\n1. हाँ\n2. नहीं', options: OPTIONS },
    expected: { ...WHATSAPP, body: 'नमस्ते\n\n1. हाँ\n2. नहीं', mediaUrls: [] },
  },
  {
    name: 'WhatsApp to a user name',
    channel: whatsApp,
    message: { to: 'IN.13491208655302741918' },
    expected: { to: 'whatsapp:IN.13491208655302741918' },
  },
  {
    name: 'WhatsApp picture with its text',
    channel: whatsApp,
    message: { text: 'आपका प्रमाणपत्र', media: CERTIFICATE },
    expected: { body: 'आपका प्रमाणपत्र', mediaUrls: [CERTIFICATE.url] },
  },
  {
    name: 'WhatsApp picture alone',
    channel: whatsApp,
    message: { text: '', media: CERTIFICATE },
    expected: { body: '', mediaUrls: [CERTIFICATE.url] },
  },
  {
    name: 'WhatsApp template',
    channel: whatsApp,
    message: {
      text: 'what the template will say',
      template: { contentSid: TEMPLATE, variables: { '1': 'रमेश', '2': '3' } },
    },
    expected: { body: '', contentSid: TEMPLATE, contentVariables: '{"1":"रमेश","2":"3"}' },
  },
  {
    name: 'a validity',
    channel: whatsApp,
    message: { validForSeconds: 3600.4 },
    expected: { validityPeriod: 3600 },
  },
  {
    name: 'a validity beyond Twilio’s longest',
    channel: whatsApp,
    message: { validForSeconds: 7 * 86_400 },
    expected: { validityPeriod: 36_000 },
  },
  {
    name: 'a validity of less than a second',
    channel: whatsApp,
    message: { validForSeconds: 0.2 },
    expected: { validityPeriod: 1 },
  },
  {
    name: 'SMS by a number of the service',
    channel: sms,
    message: { text: 'Namaste' },
    expected: {
      to: HIS_NUMBER,
      from: '+15005550006',
      messagingServiceSid: ACCOUNT.messagingServiceSid!,
      body: 'Namaste',
    },
    segments: 1,
  },
  {
    name: 'SMS in Hindi, charged as two',
    channel: () => sms({ config: without({ ...ACCOUNT }, 'messagingServiceSid') }),
    message: { text: 'क'.repeat(71) },
    expected: { messagingServiceSid: null, segments: 2 },
  },
  {
    name: 'SMS by the service alone',
    channel: () => sms({ config: without({ ...ACCOUNT, apiBaseUrl: use.stub.url }, 'smsFrom') }),
    message: { text: 'क'.repeat(71) },
    segments: 2,
    expected: { from: null, messagingServiceSid: ACCOUNT.messagingServiceSid! },
  },
  {
    name: 'SMS by a header',
    channel: () => sms({ config: without({ ...ACCOUNT, smsFrom: 'SAATHI' }, 'messagingServiceSid') }),
    message: {},
    expected: { from: 'SAATHI', messagingServiceSid: null },
  },
  {
    name: 'SMS in composed letters',
    channel: sms,
    message: { text: 'cafe\u0301' },
    segments: 1,
    expected: { body: 'café' },
  },
];

test.each(outgoing)('$name', async ({ channel, message: more, expected, segments }) => {
  const result = await channel().send(message(more));
  const [taken] = use.stub.accepted;
  expect(result).toEqual({
    outcome: 'accepted',
    providerId: taken?.sid,
    segments: segments ?? taken?.segments,
  });
  expect(taken).toMatchObject({
    ...expected,
    statusCallback: 'https://saathi.example.org/webhooks/twilio/status?o=p1%3A7%3A0',
    outboxId: 'p1:7:0',
  });
  expect(use.stub.accepted).toHaveLength(1);
});

const DLT = [{ id: '1', text: 'Namaste {#var#}, aaj ka paath -EKSAATH' }];
const refusedHere: [string, () => Channel, Partial<OutboundMessage>, { kind: string; code: string }][] = [
  ['nothing to say on WhatsApp', whatsApp, { text: '' }, { kind: 'other', code: 'empty' }],
  ['nothing to say by SMS', sms, { text: ' ' }, { kind: 'other', code: 'empty' }],
  ['a text over 1,600 on WhatsApp', whatsApp, { text: 'क'.repeat(1601) }, { kind: 'other', code: '21617' }],
  ['a text over 1,600 by SMS', sms, { text: 'क'.repeat(1601) }, { kind: 'other', code: '21617' }],
  ['a picture by SMS', sms, { media: CERTIFICATE }, { kind: 'other', code: 'no-media' }],
  [
    'free text by SMS to India',
    () => sms({ dltTemplates: DLT }),
    { text: 'hello' },
    { kind: 'template', code: 'dlt' },
  ],
];
test.each(refusedHere)('%s is refused before Twilio is asked', async (_, channel, more, expected) => {
  expect(await channel().send(message(more))).toMatchObject({ outcome: 'failed', ...expected });
  expect(use.stub.requests).toEqual([]);
});

test('with registered templates, India gets what matches and other countries everything', async () => {
  const channel = sms({ dltTemplates: DLT });
  expect(await channel.send(message({ text: 'Namaste Ramesh, aaj ka paath -EKSAATH' }))).toMatchObject({
    outcome: 'accepted',
  });
  expect(await channel.send(message({ to: '+4915112345678', text: 'hello' }))).toMatchObject({
    outcome: 'accepted',
  });
});

const answers: [string, Fault, SendResult, number][] = [
  [
    '429 with Retry-After',
    tooFast('7'),
    { outcome: 'retry', code: '20429', reason: expect.any(String), retryAfterMs: 7000 },
    0,
  ],
  ['429 without', tooFast(), { outcome: 'retry', code: '20429', reason: expect.any(String) }, 0],
  [
    'a number that is none',
    refuse(21211),
    { outcome: 'failed', kind: 'address', code: '21211', reason: expect.any(String) },
    0,
  ],
  [
    'an opt-out',
    refuse(21610),
    { outcome: 'failed', kind: 'consent', code: '21610', reason: expect.any(String) },
    0,
  ],
  [
    'the window',
    refuse(63016),
    { outcome: 'failed', kind: 'window', code: '63016', reason: expect.any(String) },
    0,
  ],
  [
    'no permission for the country',
    refuse(21408),
    { outcome: 'sender-down', code: '21408', reason: expect.any(String) },
    0,
  ],
  [
    '503',
    { kind: 'answer', status: 503, code: 20503 },
    { outcome: 'unknown', code: '20503', reason: expect.any(String) },
    0,
  ],
  [
    'a proxy’s HTML page',
    { kind: 'html', status: 502 },
    { outcome: 'unknown', code: '502', reason: expect.any(String) },
    0,
  ],
  [
    'no answer',
    { kind: 'hang' },
    { outcome: 'unknown', code: 'ECONNABORTED', reason: expect.any(String) },
    0,
  ],
  ['a reset', { kind: 'reset' }, { outcome: 'unknown', code: 'ECONNRESET', reason: expect.any(String) }, 0],
  [
    'taken, then no answer',
    { kind: 'taken-then-hang' },
    { outcome: 'unknown', code: 'ECONNABORTED', reason: expect.any(String) },
    1,
  ],
  [
    'taken, then a reset',
    { kind: 'taken-then-reset' },
    { outcome: 'unknown', code: 'ECONNRESET', reason: expect.any(String) },
    1,
  ],
  [
    'taken, then 500',
    { kind: 'taken-then-answer', status: 500 },
    { outcome: 'unknown', code: '20500', reason: expect.any(String) },
    1,
  ],
  [
    'taken, then a page of a proxy’s',
    { kind: 'taken-then-garbage', body: '<html>' },
    { outcome: 'unknown', reason: expect.any(String) },
    1,
  ],
  [
    'taken, then an answer without an id',
    { kind: 'taken-then-garbage', body: '{}' },
    { outcome: 'unknown', reason: expect.any(String) },
    1,
  ],
];
test.each(answers)('%s', async (_, fault, expected, taken) => {
  use.stub.faults.next(fault);
  const timeoutMs = fault.kind.endsWith('hang') ? 500 : undefined;
  const result = await whatsApp({}, {}, timeoutMs).send(message({ text: 'a secret sentence' }));
  expect(result).toEqual(expected);
  expect(use.stub.requests).toHaveLength(1); // the SDK has not repeated anything by itself
  expect(use.stub.accepted).toHaveLength(taken);
  const told = JSON.stringify(result);
  for (const secret of [
    HIS_NUMBER,
    HIS_NUMBER.slice(1),
    'a secret sentence',
    ACCOUNT.authToken,
    ACCOUNT.accountSid,
  ])
    expect(told).not.toContain(secret);
});

test('a late answer within the time is an answer', async () => {
  use.stub.faults.next({ kind: 'slow', ms: 20 });
  expect(await whatsApp().send(message())).toMatchObject({ outcome: 'accepted' });
});

test('a wrong token stops the sender', async () => {
  const channel = use.whatsApp({}, { authToken: 'another-token-0123456789abcdef00' });
  expect(await channel.send(message())).toMatchObject({ outcome: 'sender-down', code: '20003' });
});

test('nobody listening: surely not taken', async () => {
  const channel = whatsApp();
  await use.stub.stop();
  expect(await channel.send(message())).toMatchObject({ outcome: 'retry', code: 'ECONNREFUSED' });
});

test('a per-number script does not touch others, and 21610 follows a STOP', async () => {
  use.stub.faults.to(`whatsapp:${HIS_NUMBER}`, refuse(63003), 1);
  const channel = whatsApp();
  expect(await channel.send(message({ to: '+919800000002' }))).toMatchObject({ outcome: 'accepted' });
  expect(await channel.send(message())).toMatchObject({ outcome: 'failed', kind: 'address' });
  expect(await channel.send(message())).toMatchObject({ outcome: 'accepted' });
  use.stub.optedOut.add(`whatsapp:${HIS_NUMBER}`);
  expect(await channel.send(message())).toMatchObject({ outcome: 'failed', kind: 'consent' });
});
