import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { serialize } from 'bson';
import { startEmbedded } from '../../../src/database/embedded';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (dataDir = folder) => startEmbedded({ dataDir, inProcess: true });
const lock = () => join(folder, 'embedded.lock');

test('a folder is served once; after a stop again', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(`The data folder ${folder} is in use by process ${process.pid}.`);
  await first.stop();
  await first.stop();
  await (await start()).stop();
});

const dead = () => spawnSync(process.execPath, ['-e', '']).pid;
test.each<[string, () => string]>([
  ['a process that is gone', () => JSON.stringify({ pid: dead(), began: '' })],
  [
    'a process whose number another one has now',
    () => JSON.stringify({ pid: process.ppid, began: 'another-boot:1' }),
  ],
  [
    'an earlier process with our own number',
    () => JSON.stringify({ pid: process.pid, began: 'another-boot:1' }),
  ],
  ['a process that died before it had written', () => ''],
])('the lock of %s is taken over', async (_name, content) => {
  writeFileSync(lock(), content());
  const server = await start();
  expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ pid: process.pid });
  await server.stop();
});

test('a folder that cannot be written to is named', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(start(join(file, 'data'))).rejects.toThrow(
    `The data folder ${join(file, 'data')} cannot be written to`,
  );
});

test('data of an unknown format version is left alone, and the folder is free again', async () => {
  await (await start()).stop();
  const root = open({
    path: join(folder, 'saathi.lmdb'),
    keyEncoding: 'binary',
    encoding: 'binary',
    maxDbs: 4,
  });
  const catalog = root.openDB({ name: 'catalog', keyEncoding: 'binary', encoding: 'binary' });
  await catalog.put(Buffer.from('\0format'), serialize({ version: 99, nextId: 1 }));
  await root.close();
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(start()).rejects.toThrow(
      'The data is of format version 99, but this program reads version 1.',
    );
});

test('a port in use is named', async () => {
  const first = await start();
  const port = Number(new URL(first.uri).port);
  await expect(startEmbedded({ dataDir: 'temporary', port, inProcess: true })).rejects.toThrow(
    `port ${port} is already in use`,
  );
  await first.stop();
});
