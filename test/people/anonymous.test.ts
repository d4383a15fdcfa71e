/** What is counted without a person leads back to nobody. */
import { toJournalRow } from '../../src/people/anonymous';

const entry = {
  _id: 'p1:7:1',
  participantId: 'p1',
  at: new Date('2026-01-04T10:11:12Z'),
  type: 'care.told',
  data: { category: 'suffered' },
  about: { channel: 'whatsapp', state: 'UP', district: 'UP-sitapur', group: 'SITA12', joined: '2026-01' },
} as const;

test('an anonymous entry holds no id, no group, no district, and of care only the day', () => {
  const row = toJournalRow({ ...entry, anonymous: true }, 'a secret');
  expect(row).toEqual({
    _id: expect.stringMatching(/^[\w-]{43}$/) as string,
    at: new Date('2026-01-04T00:00:00Z'),
    type: 'care.told',
    data: { category: 'suffered' },
    about: { channel: 'whatsapp', state: 'UP' },
  });
  expect(JSON.stringify(row)).not.toMatch(/p1|sitapur|SITA12/);
});

test('written twice it is the same entry, and under another secret another', () => {
  const id = (secret: string) => toJournalRow({ ...entry, anonymous: true }, secret)._id;
  expect(id('one')).toBe(id('one'));
  expect(id('one')).not.toBe(id('other'));
});

test('every other entry is written as it is', () => {
  expect(toJournalRow(entry, 'a secret')).toEqual(entry);
});
