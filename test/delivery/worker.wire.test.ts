import { systemClock } from '../../src/clock';
import { DatabaseClock, askServerTime } from '../../src/delivery/database-clock';
import type { DeliveryService } from '../../src/delivery';
import { delivery, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
const running: DeliveryService[] = [];
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world({ clock: systemClock })));
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

function started(one: DeliveryService): DeliveryService {
  one.start();
  running.push(one);
  return one;
}

const now = () => new Date();

describe('the worker', () => {
  it('is woken at once by what is written in its process', async () => {
    started(world.another({ config: { pollMs: 600_000 } }));
    const mine = started(world.another({ config: { pollMs: 600_000 } }));
    world.people.add('p1', { lastHeardAt: now() });
    await mine.relay([delivery('p1', 1, [say()], now())]);
    await world.until(() => world.whatsapp.accepted.length === 1);
  });

  it('finds by itself what another process has written', async () => {
    started(world.another({ config: { pollMs: 20 } }));
    world.people.add('p1', { lastHeardAt: now() });
    await world.delivery.relay([delivery('p1', 1, [say()], now())]);
    await world.until(() => world.whatsapp.accepted.length === 1);
  });

  it('sends one after another what comes while it works', async () => {
    const worker = started(world.another({ config: { pollMs: 600_000 } }));
    world.people.add('p1', { lastHeardAt: now() });
    for (let sequence = 1; sequence <= 20; sequence++)
      await worker.relay([delivery('p1', sequence, [say()], now())]);
    await world.until(() => world.whatsapp.accepted.length === 20);
    expect(world.whatsapp.ids).toEqual(Array.from({ length: 20 }, (_, n) => `p1:${n + 1}:0`));
  });

  it('keeps the pace of its sender without being told when', async () => {
    started(
      world.another({ config: { pollMs: 600_000, senders: { 'test-whatsapp': { everyMs: 10, burst: 2 } } } }),
    );
    for (let n = 0; n < 10; n++) world.people.add(`p${n}`, { lastHeardAt: now() });
    const worker = running[0]!;
    const before = performance.now();
    await worker.relay(Array.from({ length: 10 }, (_, n) => delivery(`p${n}`, 1, [say()], now())));
    await world.until(() => world.whatsapp.accepted.length === 10);
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
  });

  it('stops when all in flight has landed, takes nothing more, and can be started again', async () => {
    const worker = started(world.another({ config: { pollMs: 5, concurrency: 2 } }));
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.whatsapp.next = async () => {
      await gate;
      return 'accept' as const;
    };
    for (let n = 0; n < 6; n++) world.people.add(`p${n}`, { lastHeardAt: now() });
    await worker.relay(Array.from({ length: 6 }, (_, n) => delivery(`p${n}`, 1, [say()], now())));
    await world.until(() => world.whatsapp.busy === 2);
    const stopped = worker.stop();
    release();
    await stopped;
    expect(world.whatsapp.busy).toBe(0);
    expect(world.whatsapp.accepted).toHaveLength(2);
    expect(Object.values(await world.states()).filter((state) => state === 'pending')).toHaveLength(4);
    worker.start();
    await world.until(() => world.whatsapp.accepted.length === 6);
  });

  it('goes on when people cannot be read for a while', async () => {
    let down = true;
    world.people.onRead = () => {
      if (down) throw new Error('away');
    };
    const worker = started(world.another({ config: { pollMs: 5 } }));
    world.people.add('p1', { lastHeardAt: now() });
    await worker.relay([delivery('p1', 1, [say()], now())]);
    await expect(world.delivery.deliverDue()).rejects.toThrow('away');
    down = false;
    await world.until(() => world.whatsapp.accepted.length === 1);
  });
});

describe('DatabaseClock on a server', () => {
  it('shows its time', async () => {
    const clock = new DatabaseClock({ ask: askServerTime(world.connection) });
    await clock.start();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
    clock.stop();
  });
});
