/** What the operator does for somebody's right, and what is left of it in the files on the disk. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MovableClock } from '../../src/clock';
import { backup, type BackupOrder } from '../../src/commands/backup';
import { rights, type RightsOrder } from '../../src/commands/rights';
import { loadConfig } from '../../src/config';
import { restoreBackup, startEmbedded, writeBackup } from '../../src/database/embedded';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { senderModel } from '../../src/database/models/sender';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';

const HIS = '+919812345678';
const OTHER = '+919812345679';
const WORDS = 'My brother decides everything at home';
const JOINING = ['namaste', '4', '1', '25', 'Rameshwar', 'up', 'sitapur', '1', '7', '3', '1'];

let lived: string;
let dataDir: string;
let clock: MovableClock;
beforeAll(async () => {
  lived = dataDir = mkdtempSync(path.join(tmpdir(), 'saathi-lived-'));
  clock = new MovableClock(new Date('2026-01-04T10:00:00+05:30'));
  await inProduct(async (product) => {
    await says(product, HIS, ...JOINING, '1', WORDS, 'today');
    await says(product, OTHER, ...JOINING.map((one) => (one === 'Rameshwar' ? 'Sureshwar' : one)));
  });
});
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'saathi-rights-'));
  cpSync(lived, dataDir, { recursive: true });
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
afterAll(() => rmSync(lived, { recursive: true, force: true }));

const env = (more: Record<string, string> = {}) => ({
  DATA_DIR: dataDir,
  SIMULATOR: 'on',
  LOG_LEVEL: 'silent',
  ...more,
});

async function inProduct<T>(work: (product: Product) => Promise<T>): Promise<T> {
  const product = await assemble(loadConfig(env()), { log: silentLog, clock, inProcess: true });
  try {
    return await work(product);
  } finally {
    await product.stop();
  }
}

async function says(product: Product, phone: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    clock.advance(60_000);
    await product.world.receive(product.simulator!.outgoing(`whatsapp/${phone}`, { kind: 'text', text }));
    await product.world.settle();
  }
}

async function carryOut(order: RightsOrder): Promise<string> {
  const lines: string[] = [];
  await rights(order, env(), (line) => lines.push(line), { clock, inProcess: true });
  return lines.join('\n');
}

async function filed(order: BackupOrder, changes: Record<string, string> = {}): Promise<string> {
  const lines: string[] = [];
  await backup(order, env(changes), (line) => lines.push(line), { inProcess: true });
  return lines.join('\n');
}

/** Which of these stand anywhere in the files of a folder, read as bytes. */
function inFiles(folder: string, ...secrets: string[]): string[] {
  const bytes = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));
  return secrets.filter((secret) => bytes.some((one) => one.includes(secret)));
}

const everybody = (product: Product) =>
  participantModel(product.connection).find().lean<ParticipantDocument[]>();
const trail = async (product: Product) => {
  const kinds: string[] = [];
  for await (const { did, what } of product.audit.since(new Date(0))) kinds.push(`${did} ${what}`);
  return kinds;
};

test('his data go into a file that only the operator reads, found by number or id, and never over another', async () => {
  const to = path.join(dataDir, 'his.json');
  const said = await carryOut({ do: 'export', who: '98123 45678', to });
  const held = JSON.parse(readFileSync(to, 'utf8')) as { id: string };
  expect(held).toMatchObject({ profile: { name: 'Rameshwar' }, reflections: [{ week: 1, text: WORDS }] });
  expect(statSync(to).mode & 0o777).toBe(0o600);
  expect(said).toContain(held.id);
  expect(said).not.toMatch(/9812345678|Rameshwar/);
  await expect(carryOut({ do: 'export', who: held.id, to })).rejects.toThrow(/there already/);
  await expect(carryOut({ do: 'export', who: '+919800000099', to })).rejects.toThrow(/nobody of this number/);
  await inProduct(async (product) => expect(await trail(product)).toContain(`people.exported ${held.id}`));
});

test('once the operator has erased him, no file of the data folder holds his name, number or words; the other is still there', async () => {
  // Or the search below would prove nothing.
  expect(inFiles(dataDir, '9812345678', 'Rameshwar', WORDS)).toEqual(['9812345678', 'Rameshwar']);
  expect(await carryOut({ do: 'erase', who: HIS, isSure: false })).toMatch(/reflections: 1.*\n.*\n.*--yes/);
  expect(inFiles(dataDir, 'Rameshwar')).toEqual(['Rameshwar']);
  const said = await carryOut({ do: 'erase', who: HIS, isSure: true });
  expect(said).toMatch(/Erased/);
  expect(said).not.toMatch(/9812345678|Rameshwar/);
  expect(inFiles(dataDir, '9812345678', 'Rameshwar', WORDS)).toEqual([]);
  expect(inFiles(dataDir, '9812345679', 'Sureshwar')).toEqual(['9812345679', 'Sureshwar']);
});

test('after his own DELETE the next start leaves nothing of him in the files', async () => {
  await inProduct((product) => says(product, HIS, 'delete', 'yes'));
  await inProduct((product) => says(product, OTHER, 'menu'));
  expect(inFiles(dataDir, '9812345678', 'Rameshwar', WORDS)).toEqual([]);
  expect(inFiles(dataDir, 'Sureshwar')).toEqual(['Sureshwar']);
});

test('a restored backup holds all, but whom it should have forgotten, and nothing leaves until somebody looked', async () => {
  const away = mkdtempSync(path.join(tmpdir(), 'saathi-backup-'));
  const file = path.join(away, 'monday');
  expect(await filed({ do: 'backup', file })).toMatch(/^Written/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect(filed({ do: 'backup', file })).rejects.toThrow(/there already/);
  await expect(filed({ do: 'restore', file })).rejects.toThrow(/holds data already/);
  await carryOut({ do: 'erase', who: HIS, isSure: true });

  for (const name of ['saathi.lmdb', 'saathi.lmdb-lock']) rmSync(path.join(dataDir, name));
  expect(await filed({ do: 'restore', file })).toMatch(/Erased again: 1 /);
  expect(inFiles(dataDir, '9812345678', 'Rameshwar')).toEqual([]);
  await inProduct(async (product) => {
    expect((await everybody(product)).map(({ profile }) => profile.name)).toEqual(['Sureshwar']);
    expect(await trail(product)).toEqual(
      expect.arrayContaining([
        'backup.made the whole database',
        expect.stringMatching(/^backup.restored as of /) as string,
      ]),
    );
    expect(await product.audit.verify()).toMatchObject({ findings: [] });
    const senders = await senderModel(product.connection).find().lean<{ paused?: Date }[]>();
    expect(senders.length).toBeGreaterThan(0);
    expect(senders.every(({ paused }) => paused !== undefined)).toBe(true);
  });
  rmSync(away, { recursive: true });
});

test.each([
  ['a file that is none', (whole: Buffer) => Buffer.from(`no backup\n${whole.length}`), /is no backup/],
  ['half of one', (whole: Buffer) => whole.subarray(0, whole.length / 2), /is damaged/],
  [
    'a changed one',
    (whole: Buffer) => Buffer.concat([whole.subarray(0, -1), Buffer.from([whole.at(-1)! ^ 1])]),
    /is damaged/,
  ],
  [
    'one from a newer version',
    (whole: Buffer) => Buffer.from(whole.toString('latin1').replace('"version":1', '"version":2'), 'latin1'),
    /newer version/,
  ],
])('%s is refused and leaves nothing', async (_, change, told) => {
  const file = path.join(dataDir, 'backup');
  await writeBackup(dataDir, file, clock.now());
  writeFileSync(file, change(readFileSync(file)));
  const empty = path.join(dataDir, 'empty');
  mkdirSync(empty);
  await expect(restoreBackup(file, empty)).rejects.toThrow(told);
  expect(readdirSync(empty)).toEqual([]);
});

test('a folder in use is left alone, and a MongoDB is sent to its own tools', async () => {
  const { stop } = await startEmbedded({ dataDir, inProcess: true });
  const file = path.join(dataDir, 'backup');
  await expect(writeBackup(dataDir, file, clock.now())).rejects.toThrow(/in use/);
  await expect(filed({ do: 'compact' })).rejects.toThrow(/in use/);
  await stop();
  await expect(filed({ do: 'compact' }, { MONGODB_URI: 'mongodb://127.0.0.1:9/x' })).rejects.toThrow(
    /mongodump/,
  );
});
