import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Handled } from '../../../src/channels/whatsapp-web/handled';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 4, 4, 30);
const ID = 'false_919800000001@c.us_3A01';
let folder: string;
const make = () =>
  new Handled(folder, (error) => {
    throw error;
  });

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'handled-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('outlives a restart, without anybody’s number on disk', async () => {
  const before = make();
  await before.load();
  expect(before.isLinked).toBe(false);
  before.linked(NOW);
  before.add(ID, NOW);
  before.scanned(NOW + HOUR);
  await before.flush();
  expect(readFileSync(path.join(folder, 'handled.json'), 'utf8')).not.toContain('9198');
  const after = make();
  await after.load();
  expect(after.has(ID)).toBe(true);
  expect(after.has('false_919800000001@c.us_3A02')).toBe(false);
  expect(after.isLinked).toBe(true);
  expect(after.changedSince).toBeLessThan(NOW + HOUR);
  expect(after.changedSince).toBeGreaterThan(NOW);
});

test('what was there before the phone was linked is too old, and so is what lay for three days', async () => {
  const handled = make();
  await handled.load();
  handled.linked(NOW);
  expect(handled.floor(NOW + HOUR)).toBe(NOW - 5 * 60_000);
  expect(handled.floor(NOW + 100 * HOUR)).toBe(NOW + 28 * HOUR);
  await handled.flush();
});

test('forgets ids only when they can no longer be met', async () => {
  const handled = make();
  handled.add(ID, NOW);
  handled.add('b', NOW + 95 * HOUR);
  expect(handled.has(ID)).toBe(true);
  handled.add('c', NOW + 97 * HOUR);
  expect(handled.has(ID)).toBe(false);
  expect(handled.has('b')).toBe(true);
  await handled.flush();
});

test('an unreadable file counts as never linked', async () => {
  writeFileSync(path.join(folder, 'handled.json'), '{"linkedAt":');
  const handled = make();
  await handled.load();
  expect(handled.isLinked).toBe(false);
});
