/** Several workers at once, paused ones, and random faults: judged by the provider's own log. */
import fc from 'fast-check';
import type { Clock } from '../../src/clock';
import { claim, markSending, writeNext } from '../../src/delivery/claims';
import { after, chance, DAY, delivery, NOON, say } from './samples';
import type { Play } from './fake-channel';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

/** The sequence numbers of what was taken for each participant, in the order in which it was taken. */
function orders(): Map<string, number[]> {
  const map = new Map<string, number[]>();
  for (const id of world.whatsapp.ids) {
    const [participant = '', sequence] = id.split(':');
    map.set(participant, [...(map.get(participant) ?? []), Number(sequence)]);
  }
  return map;
}

describe('several workers', () => {
  it('send each message once, each participant’s in order, never two of his at a time', async () => {
    const flying = new Map<string, number>();
    let most = 0;
    world.whatsapp.next = async ({ id }): Promise<Play> => {
      const [participant = ''] = id.split(':');
      flying.set(participant, (flying.get(participant) ?? 0) + 1);
      most = Math.max(most, flying.get(participant)!);
      await new Promise((resolve) => setTimeout(resolve, 2));
      flying.set(participant, flying.get(participant)! - 1);
      return 'accept';
    };
    const ids = Array.from({ length: 20 }, (_, n) => `p${n}`);
    for (const id of ids) world.people.add(id);
    for (let sequence = 1; sequence <= 5; sequence++)
      await world.delivery.relay(ids.map((id) => delivery(id, sequence, [say()])));
    const workers = Array.from({ length: 4 }, () => world.another({ config: { concurrency: 8 } }));
    while (world.whatsapp.ids.length < 100) await Promise.all(workers.map((worker) => worker.deliverDue()));
    expect(world.whatsapp.ids).toHaveLength(100);
    expect(most).toBe(1);
    for (const order of orders().values()) expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('never have more in flight than they may', async () => {
    world.whatsapp.next = () => new Promise<Play>((resolve) => setTimeout(() => resolve('accept'), 2));
    for (let n = 0; n < 50; n++) world.people.add(`p${n}`);
    await world.delivery.relay(Array.from({ length: 50 }, (_, n) => delivery(`p${n}`, 1, [say()])));
    await world.another({ config: { concurrency: 7 } }).deliverDue();
    expect(world.whatsapp.accepted).toHaveLength(50);
    expect(world.whatsapp.mostBusy).toBe(7);
  });

  it('do not wait for a slow one: the others go on', async () => {
    let release: (play: Play) => void = () => undefined;
    world.whatsapp.next = ({ id }) =>
      id === 'p0:1:0' ? new Promise((resolve) => (release = resolve)) : 'accept';
    for (let n = 0; n < 30; n++) world.people.add(`p${n}`);
    await world.delivery.relay(Array.from({ length: 30 }, (_, n) => delivery(`p${n}`, 1, [say()])));
    const done = world.another({ config: { concurrency: 3 } }).deliverDue();
    await world.until(() => world.whatsapp.accepted.length === 29);
    release('accept');
    expect(await done).toBe(30);
  });
});

describe('a lease', () => {
  const held = async () => {
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    return [await world.row('p1:1:0')];
  };
  const until = (token: string) => ({ now: NOON, token, leaseMs: 60_000 });

  it('is given to one of many who ask at the same time', async () => {
    const rows = await held();
    const claims = await Promise.all(
      ['a', 'b', 'c', 'd'].map((token) => claim(world.store.outbox, rows, until(token))),
    );
    expect(claims.flat()).toHaveLength(1);
  });

  it('on one of his messages keeps everybody from claiming another, whatever they had read before', async () => {
    await held();
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    const rows = await world.rows();
    const claims = await Promise.all(rows.map((row, n) => claim(world.store.outbox, [row], until(`t${n}`))));
    expect(claims.flat()).toHaveLength(1);
    const together = await claim(world.store.outbox, rows, until('both'));
    expect(together).toEqual([]);
  });

  it('that ran out lets its old holder write nothing', async () => {
    const { outbox } = world.store;
    const rows = await held();
    const [mine] = await claim(outbox, rows, until('paused'));
    world.clock.advance(60_000);
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent' });
    expect(await markSending(outbox, [mine!], { now: NOON, token: 'paused', sender: 's' })).toEqual([]);
    for (const next of [
      { state: 'sent', providerId: 'x' },
      { state: 'failed', error: { kind: 'other', reason: 'x' } },
      { state: 'pending', waiting: 'open', dueAt: NOON, error: { kind: 'other', reason: 'x' } },
      { state: 'unknown', dueAt: NOON, error: { kind: 'other', reason: 'x' } },
    ] as const) {
      const { matchedCount } = await outbox.bulkWrite([writeNext(mine!, 'paused', next, NOON)]);
      expect(matchedCount).toBe(0);
    }
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('that is withdrawn between claim and send keeps the message from leaving', async () => {
    const rows = await held();
    const [mine] = await claim(world.store.outbox, rows, until('a'));
    await world.delivery.relay([delivery('p1', 2, [{ type: 'cancel' }])]);
    expect(await markSending(world.store.outbox, [mine!], { now: NOON, token: 'a', sender: 's' })).toEqual(
      [],
    );
  });
});

describe('a worker that was paused', () => {
  it('between claim and send gives the messages back rather than sending them late', async () => {
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    const reads = jest.spyOn(performance, 'now');
    const real = performance.now();
    let stopped = 0;
    world.people.onRead = () => {
      // The second question of a round is the last before sending: the process stands still for 40 seconds there.
      if (++stopped === 2) reads.mockImplementation(() => real + 40_000);
    };
    await world.another().deliverDue(1);
    reads.mockRestore();
    expect(stopped).toBeGreaterThanOrEqual(2);
    world.people.onRead = () => undefined;
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('while sending, whose message was looked up meanwhile, changes nothing when it comes back', async () => {
    let release: (play: Play) => void = () => undefined;
    world.whatsapp.next = (_, tries) =>
      tries === 1 ? new Promise((resolve) => (release = resolve)) : 'accept';
    world.people.add('p1', { lastHeardAt: after(DAY) });
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    const paused = world.another().deliverDue();
    await world.until(() => world.whatsapp.asked.length === 1);
    world.whatsapp.answer = () => ({ providerId: 'found' });
    world.clock.advance(61_000);
    await world.delivery.deliverDue();
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'found' });
    release({ outcome: 'failed', kind: 'other', reason: 'Late and wrong.' });
    await paused;
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'found' });
  });

  it('whose message nobody could tell about, and which the provider took: its answer still counts', async () => {
    let release: (play: Play) => void = () => undefined;
    world.whatsapp.next = () => new Promise((resolve) => (release = resolve));
    world.whatsapp.answer = () => undefined;
    world.people.add('p1', { lastHeardAt: after(DAY) });
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    const paused = world.another().deliverDue();
    await world.until(() => world.whatsapp.asked.length === 1);
    world.clock.advance(61_000);
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown' });
    release('accept');
    await paused;
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'test-whatsapp-1' });
    await world.pass(DAY, DAY / 24);
    expect(world.whatsapp.asked).toHaveLength(1);
  });
});

describe('random faults', () => {
  const faults: Play[] = [
    'accept',
    'accept',
    'accept',
    'accept-unanswered',
    'drop-unanswered',
    'throw',
    { outcome: 'retry', code: '429', reason: 'x' },
    { outcome: 'retry', code: '429', reason: 'x', retryAfterMs: 5_000 },
    { outcome: 'sender-down', reason: 'x' },
  ];

  it('lose nothing, double nothing, keep everybody’s order, and send nothing after a stop', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 3 }), async (seed, count) => {
        world = await server.world();
        const random = chance(seed);
        const workers = Array.from({ length: count }, () =>
          world.another({ random, config: { concurrency: 4 } }),
        );
        let storm = true;
        world.whatsapp.next = () => (storm ? faults[Math.floor(random() * faults.length)]! : 'accept');
        const ids = ['p1', 'p2', 'p3', 'p4', 'p5'];
        for (const id of ids) world.people.add(id, { lastHeardAt: after(30 * DAY) });
        const stoppedAt = new Map<string, number>();
        const asked = new Map<string, number>();
        for (let step = 1; step <= 6; step++) {
          const speaking = ids.filter((id) => !stoppedAt.has(id));
          await world.delivery.relay(speaking.map((id) => delivery(id, step, [say()], world.clock.now())));
          for (const id of speaking) asked.set(id, step);
          const stopping = random() < 0.3 ? speaking[0] : undefined;
          if (stopping !== undefined) {
            world.people.change(stopping, { status: 'stopped' });
            stoppedAt.set(stopping, world.whatsapp.asked.length);
          }
          await Promise.all(workers.map((worker) => worker.deliverDue()));
          world.clock.advance(Math.floor(random() * 40_000));
        }
        storm = false;
        for (let n = 0; n < 20; n++) {
          world.clock.advance(120_000);
          await Promise.all(workers.map((worker) => worker.deliverDue()));
        }
        const taken = world.whatsapp.ids;
        expect(new Set(taken).size).toBe(taken.length);
        for (const [id, place] of stoppedAt)
          expect(
            world.whatsapp.asked.slice(place).filter((message) => message.id.startsWith(`${id}:`)),
          ).toEqual([]);
        for (const [id, order] of orders()) {
          expect(order).toEqual([...order].sort((a, b) => a - b));
          if (!stoppedAt.has(id))
            expect(order).toEqual(Array.from({ length: asked.get(id)! }, (_, n) => n + 1));
        }
        expect((await world.rows()).filter(({ live, flight }) => live ?? flight)).toEqual([]);
      }),
      { numRuns: 4, seed: 20260104, endOnFailure: true },
    );
  }, 120_000);
});

describe('the clock of a world that stands still', () => {
  it('is all that decides: real time passing makes nothing due', async () => {
    const frozen: Clock = world.clock;
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say()], after(1))]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(frozen.now()).toEqual(NOON);
    expect(await world.delivery.deliverDue()).toBe(0);
  });
});
