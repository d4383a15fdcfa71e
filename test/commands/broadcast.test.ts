import { carryOut } from '../../src/commands/broadcast';
import type { BroadcastDocument } from '../../src/database/models/broadcast';

const AT = new Date('2026-03-08T11:00:00+05:30');
const one: BroadcastDocument = {
  _id: 'b1',
  by: { hat: 'mentor', participantId: 'p1' },
  name: 'Dev',
  audience: { groups: ['KTR47'] },
  scope: { groups: ['KTR47'] },
  areas: ['UP'],
  words: { en: 'Meeting on Sunday.' },
  mode: 'free',
  state: 'done',
  createdAt: AT,
  startsAt: AT,
  told: 23,
  passedOver: 0,
  retries: 0,
  counts: {
    waiting: 0,
    unreachable: 3,
    sent: 0,
    delivered: 18,
    read: 7,
    failed: 2,
    expired: 0,
    cancelled: 0,
    reasons: { address: 2 },
  },
  revision: 4,
};
const broadcasts = {
  list: () => Promise.resolve([one]),
  report: (id: string) => Promise.resolve(id === 'b1' ? one : undefined),
  steer: (id: string) => Promise.resolve(id === 'b1' ? one : undefined),
};

async function said(order: Parameters<typeof carryOut>[0]): Promise<[number, string]> {
  const lines: string[] = [];
  const code = await carryOut(order, broadcasts, (line) => lines.push(line));
  return [code, lines.join('\n')];
}

test('the list says when, how it stands, as what it was sent and to how many, and never the words', async () => {
  const [code, text] = await said({ do: 'list' });
  expect(code).toBe(0);
  expect(text).toBe('b1  2026-03-08T05:30  done      mentor      to 23');
});

test('a report says how many were reached, and why others were not', async () => {
  const [code, text] = await said({ do: 'show', id: 'b1' });
  expect(code).toBe(0);
  expect(text).toContain('18  delivered');
  expect(text).toContain('3  not reachable until they write');
  expect(text).toContain('2    because of: address');
  expect(text).not.toContain('Sunday');
});

test.each(['show', 'pause', 'cancel'] as const)(
  '%s of one that is not there says where ids stand',
  async (word) => {
    const [code, text] = await said({ do: word, id: 'b9' });
    expect(code).toBe(1);
    expect(text).toContain('broadcast list');
  },
);
