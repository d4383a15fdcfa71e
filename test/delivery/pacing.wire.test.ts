import type { SendResult } from '../../src/channels/channel';
import { Pacing } from '../../src/delivery/pacing';
import { Reach } from '../../src/delivery/reach';
import type { SenderRules } from '../../src/delivery/sender-rules';
import { after, chance, DAY, delivery, HOUR, NOON, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

const RULES: SenderRules = { everyMs: 100, burst: 5, window: false, dailyReach: Infinity };
const pacing = () => new Pacing({ senders: world.store.senders, clock: world.clock, random: chance(1) });
const names = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);

describe('the bucket', () => {
  it('lets a burst through and then one every so often', async () => {
    const one = pacing();
    expect(await one.take('s', 100, RULES)).toEqual({ places: 5, probe: false });
    expect(await one.allowance('s', RULES)).toEqual({ places: 0, nextAt: after(100) });
    world.clock.advance(250);
    expect((await one.take('s', 100, RULES)).places).toBe(2);
    world.clock.advance(HOUR);
    expect((await one.take('s', 100, RULES)).places).toBe(5);
  });

  it('is one for all processes, however they race', async () => {
    const all = Array.from({ length: 8 }, pacing);
    let places = 0;
    for (let step = 0; step < 20; step++) {
      const taken = await Promise.all(all.map((one) => one.take('s', 3, RULES)));
      places += taken.reduce((sum, grant) => sum + grant.places, 0);
      world.clock.advance(100);
    }
    expect(places).toBe(5 + 19);
  });

  it('paces what is really sent', async () => {
    const paced = { senders: { 'test-whatsapp': { everyMs: 100, burst: 5 } } };
    const workers = [1, 2, 3].map(() => world.another({ config: paced }));
    for (const id of names(30)) world.people.add(id);
    await world.delivery.relay(names(30).map((id) => delivery(id, 1, [say()])));
    const seen: number[] = [];
    for (let step = 0; step < 10; step++) {
      await Promise.all(workers.map((worker) => worker.deliverDue()));
      seen.push(world.whatsapp.accepted.length);
      world.clock.advance(200);
    }
    expect(seen).toEqual([5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
  });
});

describe('the circuit', () => {
  const DOWN: SendResult = { outcome: 'sender-down', code: '20003', reason: 'Wrong token.' };

  it('opens once, tells once, lets one probe through at a time, and closes when it gets through', async () => {
    let broken = true;
    world.whatsapp.next = () => (broken ? DOWN : 'accept');
    for (const id of names(30)) world.people.add(id, { lastHeardAt: after(DAY) });
    await world.delivery.relay(names(30).map((id) => delivery(id, 1, [say()])));
    const workers = [world.delivery, world.another(), world.another()];
    const go = () => Promise.all(workers.map((worker) => worker.deliverDue()));
    await go();
    const before = world.whatsapp.asked.length;
    expect(world.alerts).toEqual([
      { about: 'sender-down', sender: 'test-whatsapp', code: '20003', reason: 'Wrong token.' },
    ]);
    await go();
    expect(world.whatsapp.asked).toHaveLength(before);
    world.clock.advance(90_000);
    await go();
    expect(world.whatsapp.asked).toHaveLength(before + 1);
    world.clock.advance(90_000);
    await go();
    expect(world.whatsapp.asked).toHaveLength(before + 1);
    broken = false;
    world.clock.advance(90_000);
    await go();
    expect(world.alerts.map(({ about }) => about)).toEqual(['sender-down', 'sender-up']);
    expect(new Set(world.whatsapp.ids).size).toBe(30);
    expect(world.whatsapp.ids).toHaveLength(30);
    expect((await world.rows()).every(({ state, attempts }) => state === 'sent' && attempts === 0)).toBe(
      true,
    );
  });

  it('closes when a probe is refused for the message’s own sake: the sender works', async () => {
    world.whatsapp.next = (_, tries) =>
      tries === 1 ? DOWN : { outcome: 'failed', kind: 'address', reason: 'x' };
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    await world.delivery.deliverDue();
    world.clock.advance(90_000);
    await world.delivery.deliverDue();
    expect(world.alerts.map(({ about }) => about)).toEqual(['sender-down', 'sender-up']);
  });

  it('leaves other senders alone', async () => {
    world.whatsapp.next = () => DOWN;
    world.people.add('p1');
    world.people.add('p2');
    await world.delivery.relay([delivery('p1', 1, [say()]), delivery('p2', 1, [say()], NOON, 'sms')]);
    await world.delivery.deliverDue();
    expect(world.sms.ids).toEqual(['p2:1:0']);
  });

  it('still lets messages expire', async () => {
    world.whatsapp.next = () => DOWN;
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('reply', { expiresAt: after(HOUR) })])]);
    await world.delivery.deliverDue();
    world.clock.advance(HOUR);
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'expired' });
  });

  it('survives a probe whose process died', async () => {
    const one = pacing();
    await one.open('s', { reason: 'x', probe: false });
    world.clock.advance(90_000);
    expect(await one.take('s', 5, RULES)).toEqual({ places: 1, probe: true });
    expect((await pacing().take('s', 5, RULES)).places).toBe(0);
    world.clock.advance(120_000);
    expect(await pacing().take('s', 5, RULES)).toEqual({ places: 1, probe: true });
  });

  it('gives the probe to one of many who ask at the same time', async () => {
    await pacing().open('s', { reason: 'x', probe: false });
    world.clock.advance(90_000);
    const grants = await Promise.all(Array.from({ length: 8 }, () => pacing().take('s', 5, RULES)));
    expect(grants.reduce((sum, { places }) => sum + places, 0)).toBe(1);
  });

  it('tries less and less often, at most every half an hour or so', async () => {
    const one = pacing();
    await one.open('s', { reason: 'x', probe: false });
    const waits: number[] = [];
    for (let n = 0; n < 8; n++) {
      const { nextAt } = await one.allowance('s', RULES);
      waits.push((nextAt!.getTime() - world.clock.now().getTime()) / 60_000);
      world.clock.moveTo(nextAt!);
      await one.take('s', 1, RULES);
      expect(await one.open('s', { reason: 'x', probe: true })).toBe(false);
    }
    for (const [n, floor] of [1, 2, 4, 8, 16, 30, 30, 30].entries()) {
      expect(waits[n]).toBeGreaterThanOrEqual(floor);
      expect(waits[n]).toBeLessThanOrEqual(floor * 1.25 + 0.001);
    }
  });
});

describe('the daily reach', () => {
  it('is never exceeded in any 24 hours, however many take seats at the same time', async () => {
    const reaches = [1, 2, 3].map(() => new Reach(world.store.reach, world.clock));
    const taken: { at: number; id: string }[] = [];
    const random = chance(3);
    for (let hour = 0; hour < 60; hour++) {
      const at = world.clock.now().getTime();
      await Promise.all(
        Array.from({ length: 6 }, async (_, n) => {
          const id = `p${Math.floor(random() * 40)}-${n}`;
          if (await reaches[n % 3]!.take('s', id, 10)) taken.push({ at, id });
        }),
      );
      world.clock.advance(HOUR);
    }
    for (const { at } of taken) {
      const day = taken.filter((one) => one.at > at - DAY && one.at <= at);
      expect(new Set(day.map(({ id }) => id)).size).toBeLessThanOrEqual(10);
    }
    expect(taken.length).toBeGreaterThan(20);
  });

  it('counts a person once, and again from his last message on', async () => {
    const reach = new Reach(world.store.reach, world.clock);
    expect(await reach.take('s', 'p1', 1)).toBe(true);
    world.clock.advance(20 * HOUR);
    expect(await reach.take('s', 'p1', 1)).toBe(true);
    world.clock.advance(20 * HOUR);
    expect(await reach.take('s', 'p2', 1)).toBe(false);
    world.clock.advance(4 * HOUR);
    expect(await reach.take('s', 'p2', 1)).toBe(true);
    expect(await reach.taken('s')).toBe(1);
  });

  it('spreads a lesson over days by priority, and answers all the same', async () => {
    const config = { dailyReach: 10 };
    world = await server.world({
      whatsappSender: 'twilio-whatsapp',
      template: () => ({ contentSid: 'HX1', variables: {} }),
      config,
    });
    const ids = names(25);
    for (const id of ids) world.people.add(id, { lastHeardAt: after(-3 * DAY) });
    await world.delivery.relay(ids.map((id, n) => delivery(id, 1, [say(n >= 20 ? 'checkin' : 'lesson')])));
    const workers = [world.delivery, world.another({ config })];
    const perDay: number[] = [];
    for (let day = 0; day < 4; day++) {
      for (let step = 0; step < 4; step++) {
        await Promise.all(workers.map((worker) => worker.deliverDue()));
        world.clock.advance(6 * HOUR);
      }
      perDay.push(world.whatsapp.accepted.length);
    }
    expect(perDay).toEqual([10, 20, 25, 25]);
    expect(world.whatsapp.ids.slice(0, 5).sort()).toEqual(
      ids
        .slice(20)
        .map((id) => `${id}:1:0`)
        .sort(),
    );
    expect(world.whatsapp.asked.every(({ template }) => template !== undefined)).toBe(true);
  });

  it('is no matter for those who wrote within the day: what waited for a seat goes at once', async () => {
    world = await server.world({
      whatsappSender: 'twilio-whatsapp',
      template: () => ({ contentSid: 'HX1', variables: {} }),
      config: { dailyReach: 1 },
    });
    for (const id of ['p1', 'p2']) world.people.add(id, { lastHeardAt: after(-3 * DAY) });
    await world.delivery.relay([delivery('p1', 1, [say('lesson')]), delivery('p2', 1, [say('lesson')])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
    expect(await world.row('p2:1:0')).toMatchObject({ lane: 'whatsapp.reach', error: { kind: 'window' } });
    world.people.change('p2', { lastHeardAt: NOON });
    await world.delivery.relay([delivery('p2', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p2:2:0', 'p2:1:0']);
    expect(world.whatsapp.accepted[2]?.message).not.toHaveProperty('template');
  });
});
