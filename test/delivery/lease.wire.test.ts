import { createLease } from '../../src/delivery/lease';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
let tokens = 0;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

const lease = (name = 'one') =>
  createLease({
    connection: world.connection,
    name,
    leaseMs: 30_000,
    clock: world.clock,
    ids: () => `t${++tokens}`,
  });

describe('a lease', () => {
  it('is held by one of many who ask at the same time', async () => {
    const all = Array.from({ length: 8 }, () => lease());
    const held = await Promise.all(all.map((one) => one.acquire()));
    expect(held.filter(Boolean)).toHaveLength(1);
    expect(await lease('another').acquire()).toBe(true);
  });

  it('is prolonged by its holder alone', async () => {
    const [mine, yours] = [lease(), lease()];
    expect(await mine.acquire()).toBe(true);
    expect(await yours.renew()).toBe(false);
    world.clock.advance(20_000);
    expect(await mine.renew()).toBe(true);
    world.clock.advance(20_000);
    expect(await yours.acquire()).toBe(false);
  });

  it('runs out, goes to another, and does not come back to whoever slept', async () => {
    const [sleeper, next] = [lease(), lease()];
    await sleeper.acquire();
    world.clock.advance(30_000);
    expect(await sleeper.renew()).toBe(false);
    expect(await next.acquire()).toBe(true);
    expect(await sleeper.renew()).toBe(false);
    await sleeper.release();
    expect(await next.renew()).toBe(true);
  });

  it('is free at once when it is given back', async () => {
    const [mine, yours] = [lease(), lease()];
    await mine.acquire();
    await mine.release();
    expect(await yours.acquire()).toBe(true);
  });
});
