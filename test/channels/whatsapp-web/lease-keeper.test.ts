import { LeaseKeeper, type Lease } from '../../../src/channels/whatsapp-web/lease-keeper';
import { silentLog } from '../../../src/log';

const times = { leaseMs: 60_000, renewEveryMs: 15_000 };
let told: boolean[];
let lease: jest.Mocked<Lease>;
let keeper: LeaseKeeper;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 4) });
  told = [];
  lease = {
    acquire: jest.fn(() => Promise.resolve(true)),
    renew: jest.fn(() => Promise.resolve(true)),
    release: jest.fn(() => Promise.resolve()),
  };
  keeper = new LeaseKeeper(
    lease,
    times,
    () => Date.now(),
    silentLog,
    (held) => told.push(held),
  );
});
afterEach(() => jest.useRealTimers());

test('renews while it holds, and stops when released', async () => {
  await keeper.acquire();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(lease.renew).toHaveBeenCalledTimes(4);
  await keeper.release();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(lease.renew).toHaveBeenCalledTimes(4);
  expect(lease.release).toHaveBeenCalledTimes(1);
  expect(told).toEqual([true]);
});

test('is told when another has it, at once', async () => {
  await keeper.acquire();
  lease.renew.mockResolvedValueOnce(false);
  await jest.advanceTimersByTimeAsync(15_000);
  expect(told).toEqual([true, false]);
});

test('a database out of reach counts as lost only shortly before the lease runs out', async () => {
  await keeper.acquire();
  lease.renew.mockRejectedValue(new Error('away'));
  await jest.advanceTimersByTimeAsync(30_000);
  expect(told).toEqual([true]);
  await jest.advanceTimersByTimeAsync(15_000);
  expect(told).toEqual([true, false]);
});

test('neither asking nor giving back throws', async () => {
  lease.acquire.mockRejectedValueOnce(new Error('away'));
  lease.release.mockRejectedValueOnce(new Error('away'));
  await keeper.acquire();
  await keeper.release();
  expect(told).toEqual([false]);
});
