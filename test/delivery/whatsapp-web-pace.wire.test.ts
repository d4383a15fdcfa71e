/** What delivery does for WhatsApp Web's sake: where there is no session nothing is claimed, and the pace is kept. */
import { decide } from '../../src/delivery/decide';
import { Pacing } from '../../src/delivery/pacing';
import { senderRules } from '../../src/delivery/sender-rules';
import { after, chance, delivery, HOUR, NOON, person, row, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world({ whatsappSender: 'whatsapp-web' })));

const names = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);

describe('a channel that another process holds', () => {
  beforeEach(async () => {
    Object.assign(world.whatsapp, { available: () => false });
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say()])]);
  });

  it('has nothing claimed here, and everything once it is ours', async () => {
    expect(await world.delivery.deliverDue()).toBe(0);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'pending', attempts: 0 });
    Object.assign(world.whatsapp, { available: () => true });
    expect(await world.delivery.deliverDue()).toBe(1);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('is not asked about what became of a message, and no look is wasted', async () => {
    await world.store.outbox.updateOne(
      { _id: 'p1:1:0' },
      { $set: { state: 'unknown', lane: 'whatsapp.unknown', dueAt: NOON } },
    );
    await world.delivery.deliverDue();
    expect((await world.row('p1:1:0')).checks).toBeUndefined();
  });
});

describe('the pace', () => {
  const rules = senderRules('whatsapp-web');

  it('leaves between 20 and 60 seconds between two messages, never the same', async () => {
    const { store, clock } = world;
    const one = new Pacing({ senders: store.senders, clock, random: chance(3) });
    const gaps: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      expect((await one.take('whatsapp-web', 5, rules)).places).toBe(1);
      const { nextAt } = await one.allowance('whatsapp-web', rules);
      gaps.push(nextAt!.getTime() - clock.now().getTime());
      clock.moveTo(nextAt!);
    }
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    expect(new Set(gaps).size).toBeGreaterThan(30);
  });

  it('writes to so many different people a day, inside their window too, and goes on with those', async () => {
    const few = { 'whatsapp-web': { dailyReach: 3, everyMs: 0 } };
    const worker = world.another({ config: { senders: few } });
    for (const id of names(5)) world.people.add(id, { lastHeardAt: NOON });
    await worker.relay(names(5).map((id) => delivery(id, 1, [say()])));
    await worker.deliverDue();
    const reached = world.whatsapp.ids.map((id) => id.split(':')[0]!);
    expect(reached).toHaveLength(3);
    await worker.relay(names(5).map((id) => delivery(id, 2, [say()])));
    await worker.deliverDue();
    expect(world.whatsapp.accepted).toHaveLength(6);
    expect(new Set(world.whatsapp.ids.map((id) => id.split(':')[0]!))).toEqual(new Set(reached));
    world.clock.advance(25 * HOUR);
    await worker.deliverDue();
    expect(world.whatsapp.ids.slice(6).sort()).toEqual(
      names(5)
        .filter((id) => !reached.includes(id))
        .flatMap((id) => [`${id}:1:0`, `${id}:2:0`]),
    );
  });

  it.each([
    [
      'at 8:30 in India, when his own quiet hours are over',
      '2026-01-05T08:30:00+05:30',
      '2026-01-05T09:00:00+05:30',
    ],
    ['at 20:15 in India', '2026-01-04T20:15:00+05:30', '2026-01-05T09:00:00+05:30'],
  ])('%s only answers leave', (_, at, until) => {
    const now = new Date(at);
    const circumstances = {
      now,
      recipient: person({ lastHeardAt: now }),
      rules,
      quiet: undefined,
      hasTemplate: false,
      hasSeat: true,
    };
    expect(decide(row({ purpose: 'lesson' }), circumstances)).toEqual({
      do: 'defer',
      until: new Date(until),
    });
    expect(decide(row(), circumstances)).toMatchObject({ do: 'send' });
    const later = { ...circumstances, quiet: { from: 20 * 60, to: 10 * 60 } };
    expect(decide(row({ purpose: 'lesson' }), later)).toEqual({
      do: 'defer',
      until: after(HOUR, new Date(until)),
    });
  });
});
