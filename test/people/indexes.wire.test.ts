/** What is asked of the database for each message and each tick rests on an index: the server says so itself. */
import type { Connection } from 'mongoose';
import { watchCommands, type Command } from '../delivery/commands';
import { JOINING, startCountry, writes, type Country, type House, type Town } from './town';

const OURS = ['participants', 'journal', 'reflections', 'tombstones'];

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
});

/** Messages, timers, effects left behind, a closed address and an erasure. */
async function live(): Promise<void> {
  await writes(town, house, ...JOINING, '1', 'I cook on Sundays', 'today');
  const { _id: id } = await town.participant();
  town.clock.advance(8 * 86_400_000);
  await house.tick();
  await house.people.registry.recipients([id]);
  await house.people.registry.unreachable(id, 'whatsapp');
  await writes(town, house, 'delete', 'yes');
  await house.tick();
}

async function scansOf(connection: Connection): Promise<Command[]> {
  const commands = watchCommands(connection, OURS);
  await live();
  const queries = commands.queries();
  expect(queries.length).toBeGreaterThan(30);
  expect(new Set(queries.map(({ collection }) => collection)).size).toBeGreaterThan(2);
  const scans: Command[] = [];
  for (const query of queries) if (await commands.scansCollection(query)) scans.push(query);
  return scans;
}

test('every query on participants, journal, reflections and tombstones', async () => {
  expect(await scansOf(house.connection)).toEqual([]);
});

test.each(['identities.key_1', 'nextDue_1', 'unrelayedSince_1'])(
  'a missing %s would be noticed',
  async (name) => {
    await house.connection.db!.collection('participants').dropIndex(name);
    expect((await scansOf(house.connection)).length).toBeGreaterThan(0);
  },
);

test('what erasure deletes by is indexed as well', async () => {
  await live();
  for (const collection of ['journal', 'reflections']) {
    const plan = await house.connection.db!.command({
      explain: { delete: collection, deletes: [{ q: { participantId: 'id1' }, limit: 0 }] },
      verbosity: 'queryPlanner',
    });
    expect(JSON.stringify(plan)).toContain('IXSCAN');
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  }
});
