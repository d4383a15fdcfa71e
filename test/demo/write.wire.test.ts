/** A demo in a database: figures equal the journal it made, and real people are never mixed with it. */
import path from 'node:path';
import { loadContent } from '../../src/content';
import { createIndexes, openDatabase, type Database } from '../../src/database/connect';
import { journalModel } from '../../src/database/models/journal';
import { outboxModel } from '../../src/database/models/outbox';
import { participantModel } from '../../src/database/models/participant';
import { createDeliveryIndexes } from '../../src/delivery';
import { DemoRefused, lives, loadNames, makeRoom, writeLives, type DemoOptions } from '../../src/demo';
import { CONTENT_DIR } from '../../src/paths';
import { networks, Rollup, series } from '../../src/stats';

const content = loadContent(CONTENT_DIR);
const names = loadNames(path.join(CONTENT_DIR, 'demo/people.yaml'));
const ZONE = 'Asia/Kolkata';
const OPTIONS: DemoOptions = {
  participants: 60,
  weeks: 8,
  seed: 'wire',
  until: new Date('2026-03-15T12:00:00+05:30'),
  zone: ZONE,
};

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ dataDir: 'temporary', inProcess: true });
  await createIndexes(database.connection);
  await createDeliveryIndexes(database.connection);
});
afterEach(() => database.stop());

test('figures equal the journal and the messages that were made', async () => {
  const { connection } = database;
  const made = [...lives(OPTIONS, content, names)];
  const counts = await writeLives(connection, made);
  expect(await participantModel(connection).countDocuments({})).toBe(
    made.filter(({ participant }) => participant).length,
  );
  expect(await journalModel(connection).countDocuments({})).toBe(counts.journal);
  expect(await outboxModel(connection).countDocuments({})).toBe(counts.outbox);

  await new Rollup({
    connection,
    now: () => OPTIONS.until,
    zone: ZONE,
    networkOf: networks(content.states),
  }).rebuild();
  const months = await series(connection, { area: 'all', kind: 'month' });
  const entries = made.flatMap(({ journal }) => journal);
  const sum = (name: Parameters<(typeof months)[number]['count']>[0]) =>
    months.reduce((total, { count }) => total + (count(name) ?? 0), 0);
  const ofType = (type: string) => entries.filter((entry) => entry.type === type).length;
  expect(sum('completed')).toBe(ofType('lesson.completed'));
  expect(sum('opened')).toBe(ofType('question.answered'));
  expect(sum('pledgeTaken')).toBe(ofType('pledge.taken'));
  expect(months.at(-1)?.enrolled).toBe(ofType('participant.joined'));
  expect(sum('sent')).toBe(made.flatMap(({ outbox }) => outbox).filter(({ times }) => times.sent).length);
  expect(sum('completed')).toBeGreaterThan(30);
});

test('an earlier demo goes only when that was agreed to', async () => {
  const { connection } = database;
  await makeRoom(connection, false);
  await writeLives(connection, lives({ ...OPTIONS, participants: 3 }, content, names));
  await expect(makeRoom(connection, false)).rejects.toThrow(/--yes/);
  await makeRoom(connection, true);
  expect(await journalModel(connection).countDocuments({})).toBe(0);
});

test.each(['3f9a', 'p1', 'demo', 'demonstration'])(
  'a database that holds somebody real (%s) is refused',
  async (_id) => {
    const { connection } = database;
    await journalModel(connection).create([{ _id, at: OPTIONS.until, type: 'participant.erased' }]);
    await expect(makeRoom(connection, true)).rejects.toThrow(DemoRefused);
    expect(await journalModel(connection).countDocuments({})).toBe(1);
  },
);
