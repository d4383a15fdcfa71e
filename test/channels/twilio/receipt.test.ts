import type { Receipt } from '../../../src/channels/channel';
import { parseReceipt, statusCallbackUrl } from '../../../src/channels/twilio/receipt';
import { NOW, PUBLIC, fixtures } from './support';

const cases = fixtures<Receipt | null>('status');

test.each(cases)('$name', ({ fields, expected }) => {
  const receipt = parseReceipt(fields, 'p1:7:0', NOW);
  expect(receipt).toEqual(expected ? { ...expected, outboxId: 'p1:7:0', at: NOW } : undefined);
});

const delivered = cases.find(({ name }) => name === 'delivered')!.fields;

test('without our id in the URL the provider’s id remains', () => {
  const receipt = parseReceipt(delivered, undefined, NOW);
  expect(receipt).toEqual({ providerId: delivered.MessageSid, status: 'delivered', at: NOW });
});

test.each(['', 'a b', '{"$ne":""}', 'x'.repeat(201)])('an id that is none of ours is left out: %p', (id) => {
  expect(parseReceipt(delivered, id, NOW)).not.toHaveProperty('outboxId');
});

test('a status named like a part of every object is unheard of', () => {
  expect(parseReceipt({ ...delivered, MessageStatus: 'constructor' }, 'p1:7:0', NOW)).toBeUndefined();
});

test('a callback without a message id says nothing', () => {
  expect(parseReceipt({ MessageStatus: 'delivered' }, 'p1:7:0', NOW)).toBeUndefined();
});

test('our id survives the way through the URL', () => {
  const url = new URL(statusCallbackUrl(PUBLIC, 'p1:7:0'));
  expect(url.pathname).toBe('/webhooks/twilio/status');
  expect(url.searchParams.get('o')).toBe('p1:7:0');
});
