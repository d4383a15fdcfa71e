import { Acks } from '../../../src/channels/whatsapp-web/acks';

const AT = new Date('2026-01-04T04:30:00Z');
const ID = 'true_919800000001@c.us_3EB01';
const never = new AbortController().signal;

test('ticks become receipts that never go back', () => {
  const acks = new Acks();
  const heard = [0, 1, 3, 2, 3, 4].map((ack) => acks.heard(ID, ack, AT)?.status);
  expect(heard).toEqual([undefined, 'sent', 'read', undefined, undefined, 'read']);
});

test.each(['false_919800000001@c.us_3A', 'true_120363000000000001@g.us_3EB0', 'true_status@broadcast_3EB0'])(
  'no receipt for %s',
  (id) => expect(new Acks().heard(id, 2, AT)).toBeUndefined(),
);

test('a refusal that nobody waits for is a receipt; after the server has it, it is none', () => {
  const acks = new Acks();
  expect(acks.heard(ID, -1, AT)).toEqual({
    providerId: ID,
    status: 'failed',
    at: AT,
    failure: { kind: 'undelivered', code: 'ack-error' },
  });
  acks.heard('true_1234567@lid_A', 1, AT);
  expect(acks.heard('true_1234567@lid_A', -1, AT)).toBeUndefined();
});

test('a send waits for the tick that decides, whichever comes first', async () => {
  const acks = new Acks();
  acks.heard(ID, 1, AT);
  expect(await acks.decisive(ID, 10_000, never)).toBe(1);
  const waiting = acks.decisive('true_1234567@lid_B', 10_000, never);
  acks.heard('true_1234567@lid_B', 0, AT);
  expect(acks.heard('true_1234567@lid_B', -1, AT)).toBeUndefined();
  expect(await waiting).toBe(-1);
});

test('knows nothing after the time or when the page goes', async () => {
  const acks = new Acks();
  expect(await acks.decisive(ID, 1, never)).toBeUndefined();
  const gone = new AbortController();
  const waiting = acks.decisive(ID, 60_000, gone.signal);
  gone.abort();
  expect(await waiting).toBeUndefined();
  expect(await acks.decisive(ID, 60_000, gone.signal)).toBeUndefined();
});
