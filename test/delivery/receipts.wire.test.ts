import type { FailureKind, Receipt } from '../../src/channels/channel';
import type { OutboxState } from '../../src/database/models/outbox';
import { after, delivery, HOUR, NOON, say } from './samples';
import type { Play } from './fake-channel';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => {
  server = await startServer();
  world = await server.world();
});
afterAll(() => server.stop());

type Status = Receipt['status'];

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, place) =>
    permutations([...items.slice(0, place), ...items.slice(place + 1)]).map((rest) => [item, ...rest]),
  );
}

let people = 0;
/** A message that was sent (or is where the test puts it), and how to send it receipts. */
async function sent(): Promise<{
  id: string;
  providerId: string;
  receipt(status: Status, more?: Partial<Receipt>): Receipt;
}> {
  const participant = `p${++people}`;
  world.people.add(participant, { fallback: { channel: 'sms', address: '+919811111111' } });
  await world.delivery.relay([delivery(participant, 1, [say('lesson')])]);
  await world.delivery.deliverDue();
  const id = `${participant}:1:0`;
  const { providerId = '' } = await world.row(id);
  return {
    id,
    providerId,
    receipt: (status, more = {}) => ({ outboxId: id, providerId, status, at: after(people), ...more }),
  };
}

describe('receipts', () => {
  it.each<[Status[], OutboxState]>([
    [['queued', 'sent', 'delivered', 'read'], 'read'],
    [['queued', 'sent', 'delivered'], 'delivered'],
    [['queued', 'sent', 'failed'], 'failed'],
    [['sent', 'failed', 'delivered'], 'delivered'],
    [['sent', 'failed', 'delivered', 'read'], 'read'],
  ])('%j end alike in every order, one by one and doubled', async (statuses, end) => {
    const orders = permutations(statuses);
    const ends = new Set<OutboxState>();
    for (const order of orders) {
      const { id, receipt } = await sent();
      for (const status of order) {
        await world.delivery.receipts([receipt(status)]);
        await world.delivery.receipts([receipt(status)]);
      }
      ends.add((await world.row(id)).state);
    }
    expect([...ends]).toEqual([end]);
  });

  it('in bulk, shuffled over many messages, end the same', async () => {
    const messages = await Promise.all(Array.from({ length: 10 }, () => sent()));
    const all = messages.flatMap(({ receipt }, n) =>
      permutations<Status>(['sent', 'delivered', 'read'])[n % 6]!.map((status) => receipt(status)),
    );
    await world.delivery.receipts(all.toReversed());
    expect(await Promise.all(messages.map(async ({ id }) => (await world.row(id)).state))).toEqual(
      messages.map(() => 'read'),
    );
  });

  it('keep the moment of each state, the earliest of duplicates', async () => {
    const { id, receipt } = await sent();
    await world.delivery.receipts([
      receipt('read', { at: after(3_000) }),
      receipt('delivered', { at: after(2_000) }),
      receipt('delivered', { at: after(2_500) }),
    ]);
    expect((await world.row(id)).times).toMatchObject({
      sent: NOON,
      delivered: after(2_000),
      read: after(3_000),
    });
  });

  it('are matched by the provider’s id where ours is missing', async () => {
    const { id, providerId } = await sent();
    await world.delivery.receipts([{ providerId, status: 'delivered', at: NOON }]);
    expect((await world.row(id)).state).toBe('delivered');
  });

  it('for messages that nobody knows are passed over', async () => {
    const before = await world.rows();
    await world.delivery.receipts([
      { outboxId: 'nobody:1:0', providerId: 'x', status: 'delivered', at: NOON },
      { providerId: 'y', status: 'failed', failure: { kind: 'consent' }, at: NOON },
    ]);
    expect(await world.rows()).toEqual(before);
  });

  it.each<Status>(['queued', 'delivered', 'failed'])(
    '%s before the send’s own answer: counts, and the answer adds what only it knows',
    async (status) => {
      const participant = `p${++people}`;
      const id = `${participant}:1:0`;
      world.people.add(participant);
      world.whatsapp.next = async (): Promise<Play> => {
        await world.delivery.receipts([{ outboxId: id, providerId: `early-${people}`, status, at: NOON }]);
        return 'accept-unanswered';
      };
      await world.delivery.relay([delivery(participant, 1, [say()])]);
      await world.delivery.deliverDue();
      const expected = status === 'queued' ? 'sent' : status;
      expect(await world.row(id)).toMatchObject({ state: expected, providerId: `early-${people}` });
      world.whatsapp.next = () => 'accept';
    },
  );

  it('before the send’s own answer leave the segments to be added by it', async () => {
    const participant = `p${++people}`;
    const id = `${participant}:1:0`;
    world.people.add(participant);
    world.whatsapp.next = async (): Promise<Play> => {
      const providerId = `test-whatsapp-${world.whatsapp.accepted.length + 1}`;
      await world.delivery.receipts([{ outboxId: id, providerId, status: 'delivered', at: NOON }]);
      return 'accept';
    };
    await world.delivery.relay([delivery(participant, 1, [say()])]);
    await world.delivery.deliverDue();
    const row = await world.row(id);
    expect(row).toMatchObject({ state: 'delivered', segments: 1 });
    for (const gone of ['live', 'flight', 'leaseToken', 'leaseUntil']) expect(row).not.toHaveProperty(gone);
    world.whatsapp.next = () => 'accept';
  });
});

describe('failures told later', () => {
  const failing = (kind: FailureKind): Partial<Receipt> => ({ failure: { kind, code: '1' } });

  it('undelivered: sent again some hours later, and late receipts of the first try change nothing', async () => {
    const { id, receipt } = await sent();
    const late = [receipt('failed', failing('undelivered')), receipt('sent'), receipt('queued')];
    await world.delivery.receipts([receipt('failed', failing('undelivered'))]);
    for (const one of late) await world.delivery.receipts([one]);
    expect(await world.row(id)).toMatchObject({ state: 'pending', resends: 1 });
    world.clock.advance(3 * HOUR);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids.filter((one) => one === id)).toHaveLength(2);
    await world.delivery.receipts([receipt('failed', failing('undelivered'))]);
    expect(await world.row(id)).toMatchObject({ state: 'sent', resends: 1 });
  });

  it('undelivered, then delivered after all: not sent again', async () => {
    const { id, receipt } = await sent();
    await world.delivery.receipts([receipt('failed', failing('undelivered')), receipt('delivered')]);
    world.clock.advance(3 * HOUR);
    await world.delivery.deliverDue();
    expect(await world.row(id)).toMatchObject({ state: 'delivered' });
    expect(world.whatsapp.ids.filter((one) => one === id)).toHaveLength(1);
  });

  it('consent: opted out', async () => {
    const { id, receipt } = await sent();
    await world.delivery.receipts([receipt('failed', failing('consent'))]);
    expect(world.people.all.get(id.split(':')[0]!)?.closed).toEqual({ whatsapp: 'opted-out' });
  });

  it('address: the other channel, once, however often it is told', async () => {
    const { id, receipt } = await sent();
    await Promise.all([1, 2, 3].map(() => world.delivery.receipts([receipt('failed', failing('address'))])));
    await world.delivery.deliverDue();
    expect(world.sms.ids.filter((one) => one === `${id}~sms`)).toHaveLength(1);
  });

  it('sender: its circuit opens and the operator is told once', async () => {
    const messages = [await sent(), await sent()];
    await world.delivery.receipts(messages.map(({ receipt }) => receipt('failed', failing('sender'))));
    expect(world.alerts.filter(({ about }) => about === 'sender-down')).toHaveLength(1);
    await world.delivery.deliverDue();
    expect(await Promise.all(messages.map(async ({ id }) => (await world.row(id)).state))).toEqual([
      'pending',
      'pending',
    ]);
  });
});
