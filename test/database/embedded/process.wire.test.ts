import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import type * as embedded from '../../../src/database/embedded';
import { compiledServer } from './compiled';

/** The server in a process of its own: what was acknowledged survives `kill -9`, and nobody is left behind. */
let compiled: ReturnType<typeof compiledServer>;
let folder: string;
let startEmbedded: typeof embedded.startEmbedded;

beforeAll(() => {
  compiled = compiledServer();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- compiled just now, at a path made just now
  ({ startEmbedded } = require(join(compiled.folder, 'index.js')) as typeof embedded);
});
afterAll(() => compiled.discard());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whoever holds the folder now; nobody while one server is gone and the next has not taken it yet. */
function serverPid(): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'embedded.lock'), 'utf8')) as { pid: number }).pid;
  } catch {
    return undefined;
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface Tally {
  acknowledged: number;
  unknown: number;
}

/** Writes until told to stop, and keeps count of what was acknowledged and what was left open. */
async function writer(
  collection: Collection<{ _id: string; n: number }>,
  name: string,
  tally: Tally,
  stopped: () => boolean,
): Promise<string[]> {
  const inserted: string[] = [];
  for (let n = 0; !stopped(); n++) {
    try {
      await collection.updateOne({ _id: name }, { $inc: { n: 1 } }, { upsert: true });
      tally.acknowledged++;
      await collection.insertOne({ _id: `${name}-${n}`, n });
      inserted.push(`${name}-${n}`);
    } catch {
      tally.unknown++;
    }
  }
  return inserted;
}

test('what was acknowledged survives kill -9 after kill -9, on the same address', async () => {
  const server = await startEmbedded({ dataDir: folder });
  const client = await new MongoClient(server.uri, { serverSelectionTimeoutMS: 20_000 }).connect();
  const collection = client.db('k').collection<{ _id: string; n: number }>('c');
  let stopped = false;
  const tallies = Array.from({ length: 8 }, (): Tally => ({ acknowledged: 0, unknown: 0 }));
  const writers = tallies.map((tally, at) => writer(collection, `w${at}`, tally, () => stopped));
  const total = (): number => tallies.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  for (let kill = 0; kill < 4; kill++) {
    const goal = total() + 100;
    await until(() => total() >= goal, 'further acknowledged writes');
    const pid = serverPid();
    if (pid === undefined) throw new Error('No server holds the folder.');
    process.kill(pid, 'SIGKILL');
    await until(() => serverPid() !== undefined && serverPid() !== pid, 'the next server');
  }
  const goal = total() + 50;
  await until(() => total() >= goal, 'writes after the last kill');
  stopped = true;
  const inserted = (await Promise.all(writers)).flat();

  expect(inserted.length).toBeGreaterThan(200);
  expect(await collection.countDocuments({ _id: { $in: inserted } })).toBe(inserted.length);
  for (const [at, { acknowledged, unknown }] of tallies.entries()) {
    const n = (await collection.findOne({ _id: `w${at}` }))?.n ?? 0;
    expect(n).toBeGreaterThanOrEqual(acknowledged);
    expect(n).toBeLessThanOrEqual(acknowledged + unknown);
  }
  const all = await collection.find().toArray();
  expect(await collection.estimatedDocumentCount()).toBe(all.length);
  await client.close();
  await server.stop();
  expect(existsSync(join(folder, 'embedded.lock'))).toBe(false);
}, 400_000);

test('data and indexes are there again after a stop', async () => {
  const first = await startEmbedded({ dataDir: folder });
  const client = await new MongoClient(first.uri).connect();
  await client.db('p').collection('c').createIndex({ a: 1 }, { unique: true }, {});
  await client.db('p').collection('c').insertOne({ a: 1 });
  await client.close();
  await first.stop();
  const second = await startEmbedded({ dataDir: folder });
  const again = await new MongoClient(second.uri).connect();
  expect(
    await again
      .db('p')
      .collection('c')
      .findOne({}, { projection: { _id: 0 } }),
  ).toEqual({ a: 1 });
  await expect(again.db('p').collection('c').insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
  await again.close();
  await second.stop();
}, 180_000);

test('the server ends when its parent is killed', async () => {
  const script = `require(${JSON.stringify(join(compiled.folder, 'index.js'))}).startEmbedded({ dataDir: ${JSON.stringify(folder)} }).then(() => process.stdout.write('up'))`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  const pid = serverPid() ?? 0;
  expect(pid).toBeGreaterThan(0);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), 'the end of the server');
  expect(existsSync(join(folder, 'embedded.lock'))).toBe(false);
}, 180_000);

test('a folder that a server in another process holds is refused, with its number', async () => {
  const server = await startEmbedded({ dataDir: folder });
  const pid = serverPid() ?? 0;
  const sentence = `The data folder ${folder} is in use by process ${pid}. Stop that process, or set DATA_DIR to another folder.`;
  await expect(startEmbedded({ dataDir: folder })).rejects.toThrow(sentence);
  await expect(startEmbedded({ dataDir: folder, inProcess: true })).rejects.toThrow(sentence);
  await server.stop();
}, 180_000);
