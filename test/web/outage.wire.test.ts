/** The database goes away while the product runs, and comes back: nothing is acknowledged that is not kept. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import type { InboundMessage } from '../../src/channels/channel';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import { startEmbedded, type Embedded } from '../../src/database/embedded';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';

const FROM = { channel: 'simulator', address: 'whatsapp/+919800000001' } as const;
const clock = new MovableClock(new Date('2026-01-04T10:00:00+05:30'));

function message(id: string, text: string): InboundMessage {
  return { id, from: FROM, kind: 'text', text, at: clock.now() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

let folder: string;
let database: Embedded;
let product: Product;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-outage-'));
  port = await freePort();
  const start = () => startEmbedded({ dataDir: path.join(folder, 'db'), port, inProcess: true });
  database = await start();
  const config = loadConfig({ MONGODB_URI: database.uri, DATA_DIR: folder, SIMULATOR: 'on' });
  product = await assemble(config, { log: silentLog, clock });
});

afterAll(async () => {
  await product.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('while it is away nothing is acknowledged; when it is back, all goes on without a restart', async () => {
  await product.world.receive(message('m1', 'namaste'));
  await product.world.settle();
  await request(product.app).get('/health/ready').expect(200);

  await database.stop();
  await request(product.app).get('/health/live').expect(200);
  await request(product.app).get('/health/ready').expect(503);
  await expect(product.world.receive(message('m2', 'hindi'))).rejects.toThrow();

  database = await startEmbedded({ dataDir: path.join(folder, 'db'), port, inProcess: true });
  await until(async () => (await request(product.app).get('/health/ready')).status === 200);
  // The provider repeats what was not acknowledged.
  await product.world.receive(message('m2', 'hindi'));
  await product.world.settle();
  expect(await product.world.describe(FROM)).toMatchObject({
    state: 'talk.onboarding.consent',
    language: 'hi',
  });
  expect(
    product.simulator?.history(FROM.address).filter(({ direction }) => direction === 'received'),
  ).toHaveLength(2);
});
