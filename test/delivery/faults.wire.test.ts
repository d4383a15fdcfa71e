/** The fault matrix (docs/operations.md), row by row, judged by what the provider really took. */
import type { SendResult } from '../../src/channels/channel';
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
    await world.pass(60_000, 1_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:2:0']);
    expect((await world.row('p1:1:0')).attempts).toBe(3);
  });

  it('does not hold others back longer than the pause that the provider asks for', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? { ...TOO_FAST, retryAfterMs: 30_000 } : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await queue('p2', 'p3');
    await world.pass(29_000, 1_000);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(2_000, 1_000);
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

describe('unknown outcomes', () => {
  it('taken and unanswered: found at the provider, never sent again', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'unknown', live: true });
    await world.pass(15_000, 5_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'test-whatsapp-1' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('not taken and unanswered: sent again once the provider says that it is absent', async () => {
    world.whatsapp.next = (_, tries) => (tries === 1 ? 'drop-unanswered' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(14_000, 1_000);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(2_000, 1_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('absent, but no longer worth sending: expires', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('reply', { expiresAt: after(10_000) })])]);
    await world.delivery.deliverDue();
    await world.pass(15_000, 15_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'expired' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('absent, but he has stopped meanwhile: withdrawn', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    world.people.change('p1', { status: 'stopped' });
    await world.pass(15_000, 15_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'cancelled' });
  });

  it('cannot be told yet: asked a few times, then left as unknown for good and never sent again', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    let asked = 0;
    world.whatsapp.answer = () => (asked++, undefined);
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(DAY, HOUR);
    expect(asked).toBe(4);
    expect(await world.row('p1:1:0')).not.toHaveProperty('live');
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('holds back the next answer while it is being looked into, and no longer', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? 'accept-unanswered' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
    await world.pass(16_000, 1_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:2:0']);
  });

  it('a receipt settles it before anybody asks', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    await world.delivery.receipts([
      { outboxId: 'p1:1:0', providerId: 'test-whatsapp-1', status: 'delivered', at: NOON },
    ]);
    await world.pass(DAY, HOUR);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'delivered', providerId: 'test-whatsapp-1' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('asking the provider fails: asked again later', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    let asked = 0;
    world.whatsapp.answer = () => {
      if (++asked === 1) throw new Error('away');
      return { providerId: 'found' };
    };
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(120_000, 15_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'found' });
  });

  it('is given up when it is absent again and again', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    await queue('p1');
    await world.pass(HOUR, 20_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'dead', attempts: 8 });
    expect(world.whatsapp.asked).toHaveLength(8);
  });
});

describe('channels that break their promise', () => {
  it('one that throws: unknown, then found or sent again', async () => {
    world.whatsapp.next = (_, tries) => (tries === 1 ? 'throw' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown' });
    await world.pass(16_000, 1_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('one that hangs: unknown after a while, and others go on', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? 'accept-hang' : 'accept');
    await queue('p1', 'p2');
    await world.another({ config: { sendTimeoutMs: 20 } }).deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown', 'p2:1:0': 'sent' });
    await world.pass(16_000, 16_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent', 'p2:1:0': 'sent' });
    expect(world.whatsapp.ids.sort()).toEqual(['p1:1:0', 'p2:1:0']);
  });
});

describe('poison', () => {
  it('a message rejected again and again dies with its reason, and the queue goes on', async () => {
    world.whatsapp.next = ({ id }) =>
      id === 'p1:1:0' ? { outcome: 'retry', code: '20500', reason: 'Queue full.' } : 'accept';
    await queue('p1', 'p2');
    await world.pass(2 * HOUR, 60_000);
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
    void world.another().deliverDue();
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
