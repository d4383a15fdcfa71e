/** The fault matrix (docs/operations.md), row by row, judged by what the provider really took. */
import type { SendResult } from '../../src/channels/channel';
import { outboxModel } from '../../src/database/models/outbox';
import { DAY, HOUR, NOON, after, delivery, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

const TOO_FAST: SendResult = { outcome: 'retry', code: '429', reason: 'Too fast.' };

async function queue(...ids: string[]): Promise<void> {
  for (const id of ids) if (!world.people.all.has(id)) world.people.add(id);
  await world.delivery.relay(ids.map((id) => delivery(id, 1, [say()])));
}

describe('429', () => {
  it('doubles nothing, backs off, keeps order, and is sent in the end', async () => {
    world.whatsapp.next = ({ id }, tries) => (id.startsWith('p1:1:') && tries <= 3 ? TOO_FAST : 'accept');
    await queue('p1');
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.accepted).toEqual([]);
    expect(await world.row('p1:1:0')).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: { code: '429' },
    });
    await world.pass(60_000, 10_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:2:0']);
    expect((await world.row('p1:1:0')).attempts).toBe(3);
  });

  it('does not hold others back longer than the pause that the provider asks for', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? { ...TOO_FAST, retryAfterMs: 30_000 } : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await queue('p2', 'p3');
    await world.pass(28_000, 14_000);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(2_000, 2_000);
    expect(world.whatsapp.ids.sort()).toEqual(['p2:1:0', 'p3:1:0']);
  });

  it('does not touch the other sender', async () => {
    world.whatsapp.next = () => ({ ...TOO_FAST, retryAfterMs: DAY });
    await queue('p1');
    world.people.add('p2');
    await world.delivery.relay([delivery('p2', 1, [say()], NOON, 'sms')]);
    await world.delivery.deliverDue();
    expect(world.sms.ids).toEqual(['p2:1:0']);
  });
});

describe('poison', () => {
  it('a message rejected again and again dies with its reason, and the queue goes on', async () => {
    world.whatsapp.next = ({ id }) =>
      id === 'p1:1:0' ? { outcome: 'retry', code: '20500', reason: 'Queue full.' } : 'accept';
    await queue('p1', 'p2');
    await world.pass(2 * HOUR, 5 * 60_000);
    expect(await world.row('p1:1:0')).toMatchObject({
      state: 'dead',
      attempts: 7,
      error: { kind: 'rejected', code: '20500', reason: 'Queue full.' },
    });
    expect(world.whatsapp.asked.filter(({ id }) => id === 'p1:1:0')).toHaveLength(8);
    expect(world.whatsapp.ids).toEqual(['p2:1:0']);
    expect(world.alerts).toEqual([
      { about: 'dead', sender: 'test-whatsapp', code: '20500', reason: 'Queue full.' },
    ]);
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p2:1:0', 'p1:2:0']);
  });

  it('a message that can’t be put into words dies without a try and without its words', async () => {
    const broken = world.another({
      render: () => {
        throw new Error('No text for "Ramesh" +919800000001');
      },
    });
    await queue('p1');
    await broken.deliverDue();
    const row = await world.row('p1:1:0');
    expect(row).toMatchObject({ state: 'dead', error: { kind: 'render' } });
    expect(JSON.stringify(row.error)).not.toMatch(/Ramesh|98000/);
    expect(world.whatsapp.asked).toEqual([]);
    expect(world.alerts).toHaveLength(1);
  });
});

describe('crashes', () => {
  it('before sending: another process takes over when the lease has run out', async () => {
    await queue('p1');
    await world.store.outbox.updateOne(
      { _id: 'p1:1:0' },
      {
        $set: { state: 'leased', leaseToken: 'gone', leaseUntil: after(60_000), flight: 'p1' },
        $unset: { lane: 1 },
      },
    );
    await world.delivery.deliverDue();
    expect(world.whatsapp.asked).toEqual([]);
    await world.pass(60_000, 30_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it.each([
    ['the provider had taken it', true],
    ['the provider had not taken it', false],
  ])('while sending, and %s: sent once', async (_, taken) => {
    await queue('p1');
    world.whatsapp.next = (_message, tries) =>
      tries > 1 ? 'accept' : taken ? 'accept-hang' : new Promise(() => undefined);
    // What becomes of a process that is as good as dead interests nobody.
    world
      .another()
      .deliverDue()
      .catch(() => undefined);
    await world.until(
      async () => (await world.row('p1:1:0')).state === 'sending' && world.whatsapp.asked.length === 1,
    );
    await world.pass(30_000, 10_000);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(40_000, 10_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent' });
  });
});

describe('the database', () => {
  it('goes away between claim and send: nothing leaves, and what was claimed is free again at once', async () => {
    await queue('p1', 'p2');
    let reads = 0;
    world.people.onRead = () => {
      if (++reads === 2) throw new Error('away');
    };
    await expect(world.delivery.deliverDue()).rejects.toThrow('away');
    expect(world.whatsapp.asked).toEqual([]);
    expect(await world.states()).toEqual({ 'p1:1:0': 'pending', 'p2:1:0': 'pending' });
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids.sort()).toEqual(['p1:1:0', 'p2:1:0']);
  });

  it('goes away before an outcome is written: written when it is back', async () => {
    await queue('p1');
    let refusals = 0;
    const { collection } = outboxModel(world.connection);
    const write = collection.bulkWrite.bind(collection);
    jest
      .spyOn(collection, 'bulkWrite')
      .mockImplementation(((operations: never, options: never) =>
        JSON.stringify(operations).includes('"sent"') && ++refusals <= 2
          ? Promise.reject(new Error('away'))
          : write(operations, options)) as never);
    await world.delivery.deliverDue();
    jest.restoreAllMocks();
    expect(refusals).toBe(3);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent' });
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });
});

describe('what is kept', () => {
  it('is a year and a bit by the world’s own clock', async () => {
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(400 * DAY, 200 * DAY);
    expect(Object.keys(await world.states())).toEqual(['p1:1:0']);
    await world.pass(1, 1);
    expect(await world.rows()).toEqual([]);
  });
});

describe('quiet hours', () => {
  it('holds lessons until the morning of his own zone and answers at any time', async () => {
    world = await server.world({ config: { quiet: { from: 20 * 60, to: 10 * 60 } } });
    world.people.add('p1', { lastHeardAt: after(5 * DAY) });
    world.people.add('p2', { lastHeardAt: after(5 * DAY), zone: 'Asia/Dhaka' });
    world.clock.moveTo(new Date('2026-01-04T21:00:00+05:30'));
    await world.delivery.relay([
      delivery('p1', 1, [say('lesson')]),
      delivery('p2', 1, [say('lesson')]),
      delivery('p1', 2, [say('reply')]),
    ]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:0']);
    world.clock.moveTo(new Date('2026-01-05T09:30:00+05:30'));
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:0', 'p2:1:0']);
    world.clock.moveTo(new Date('2026-01-05T10:00:00+05:30'));
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:0', 'p2:1:0', 'p1:1:0']);
  });
});

describe('clock jumps of a day', () => {
  it.each([DAY, -DAY])('of %d ms on this machine fire nothing and lose nothing', async (jump) => {
    await queue('p1');
    world.people.add('p2');
    await world.delivery.relay([delivery('p2', 1, [say()], after(HOUR))]);
    jest.useFakeTimers({
      now: NOON.getTime() + jump,
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'performance',
        'queueMicrotask',
      ],
    });
    try {
      await world.delivery.deliverDue();
      expect(world.whatsapp.ids).toEqual(['p1:1:0']);
      world.clock.advance(HOUR);
      await world.delivery.deliverDue();
      expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p2:1:0']);
    } finally {
      jest.useRealTimers();
    }
  });
});
