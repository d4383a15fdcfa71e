/** Figures out of a real journal: made as things happen, made anew, and after somebody has left for good. */
import type { Connection } from 'mongoose';
import { MovableClock } from '../../src/clock';
import { createIndexes, openDatabase, type Database } from '../../src/database/connect';
import { figuresModel } from '../../src/database/models/figures';
import { journalModel, type JournalRow } from '../../src/database/models/journal';
import { areas, networks, Rollup, series } from '../../src/stats';
import { JOINING, NUMBER, startCountry, writes, type Country } from '../people/town';

const ZONE = 'Asia/Kolkata';
const networkOf = networks([{ id: 'UP', network: 'MASVAW' }]);
const MONDAY = new Date('2026-01-12T09:00:00+05:30');
const DAY_MS = 86_400_000;

let database: Database;
let connection: Connection;
let clock: MovableClock;
let rollup: Rollup;
let written = 0;

beforeAll(async () => {
  database = await openDatabase({ dataDir: 'temporary', inProcess: true });
  connection = database.connection;
  await createIndexes(connection);
});
afterAll(() => database.stop());

beforeEach(async () => {
  await journalModel(connection).deleteMany({});
  await figuresModel(connection).deleteMany({});
  clock = new MovableClock(MONDAY);
  rollup = new Rollup({ connection, now: () => clock.now(), zone: ZONE, networkOf });
});

async function happens(people: number, type: JournalRow['type'], data = {}, state = 'UP') {
  const rows = Array.from({ length: people }, (_, n) => ({
    _id: `p${n}:${(written += 1)}:0`,
    participantId: `p${n}`,
    at: clock.now(),
    type,
    data,
    about: { channel: 'whatsapp' as const, state, district: `${state}-one`, group: 'ONE1' },
  }));
  await journalModel(connection).insertMany(rows);
}

const stored = async () =>
  (await figuresModel(connection).find({}).sort({ _id: 1 }).lean()).map(({ madeAt: _madeAt, ...row }) => row);

test('what was made week by week equals what is made anew from the journal', async () => {
  for (let day = 0; day < 40; day += 1) {
    await happens(1 + (day % 7), day % 3 === 0 ? 'participant.joined' : 'question.answered', {
      week: 1 + Math.floor(day / 7),
      option: day % 2,
      right: day % 2 === 0,
    });
    await rollup.refresh();
    clock.advance(DAY_MS);
  }
  await rollup.refresh();
  const asItHappened = await stored();
  expect(asItHappened.length).toBeGreaterThan(50);
  await rollup.rebuild();
  expect(await stored()).toEqual(asItHappened);
});

test('a period is left alone while it is fresh, and for good once it has settled', async () => {
  await happens(5, 'question.answered', { week: 1 });
  expect(await rollup.refresh()).toContain('2026-W03');
  expect(await rollup.refresh()).not.toContain('2026-W03');
  clock.advance(11 * 60_000);
  expect(await rollup.refresh()).toContain('2026-W03');
  clock.moveTo(new Date('2026-01-20T01:00:00+05:30'));
  expect(await rollup.refresh()).toEqual(['2026-W04', '2026-01']);
});

test('what was relayed late, after its week had ended, still counts', async () => {
  await happens(5, 'question.answered', { week: 1 });
  await rollup.refresh();
  await happens(5, 'reflection.given', { week: 1 });
  clock.moveTo(new Date('2026-01-19T10:00:00+05:30'));
  await rollup.refresh();
  const [week] = await series(connection, { area: 'all', kind: 'week' });
  expect(week?.count('reflected')).toBe(5);
});

test('cuts that have become empty go', async () => {
  await happens(5, 'question.answered', { week: 1 });
  await rollup.refresh();
  await journalModel(connection).updateMany({}, { $unset: { about: 1 } });
  clock.advance(11 * 60_000);
  await rollup.refresh();
  expect(new Set((await stored()).filter(({ kind }) => kind === 'week').map(({ area }) => area))).toEqual(
    new Set(['all']),
  );
});

describe('as they are shown', () => {
  test('enrolled adds up over the periods', async () => {
    await happens(7, 'participant.joined');
    await rollup.refresh();
    clock.advance(7 * DAY_MS);
    await happens(6, 'participant.joined');
    await happens(1, 'participant.erased');
    await rollup.refresh();
    const weeks = await series(connection, { area: 'all', kind: 'week' });
    expect(weeks.map(({ period, enrolled }) => [period, enrolled])).toEqual([
      ['2026-W03', 7],
      ['2026-W04', 12],
    ]);
    const [last] = await series(connection, { area: 'all', kind: 'week', from: '2026-W04' });
    expect(last?.enrolled).toBe(12);
  });

  test('below five nothing is shown of a district or a group; nought and whole states are', async () => {
    await happens(4, 'question.answered', { week: 1, option: 0 });
    await rollup.refresh();
    const [group] = await series(connection, { area: 'group:ONE1', kind: 'week' });
    expect(group?.count('openedPeople')).toBeUndefined();
    expect(group?.count('completed')).toBe(0);
    expect(group?.lessons[1]?.option0).toBeUndefined();
    const [state] = await series(connection, { area: 'state:UP', kind: 'week' });
    expect(state?.count('openedPeople')).toBe(4);
    const districts = await areas(connection, { sort: 'district', kind: 'week', period: '2026-W03' });
    expect(districts.map(({ area, count }) => [area, count('opened')])).toEqual([
      ['district:UP-one', undefined],
    ]);
  });

  test('every query has an index behind it', async () => {
    await happens(5, 'question.answered', { week: 1 });
    await rollup.refresh();
    for (const filter of [
      { area: 'all', facet: '', kind: 'week' as const, period: { $lte: '~' } },
      { kind: 'week' as const, period: '2026-W03', facet: '', area: { $gte: 'state:', $lt: 'state;' } },
      { kind: 'week' as const, period: '2026-W03', madeAt: { $lt: clock.now() } },
    ])
      expect(JSON.stringify(await figuresModel(connection).find(filter).explain())).toContain('IXSCAN');
  });
});

describe('a whole conversation', () => {
  let country: Country;
  beforeAll(async () => {
    country = await startCountry();
  });
  afterAll(() => country.stop());

  test('counts where he lives, and once he is erased no longer by his district', async () => {
    const town = await country.town();
    const house = await town.house();
    await writes(town, house, ...JOINING);
    const counted = new Rollup({
      connection: house.connection,
      now: () => town.clock.now(),
      zone: ZONE,
      networkOf: networks([]),
    });
    await counted.rebuild();
    const [joined] = await series(house.connection, { area: 'state:UP', kind: 'month' });
    expect(joined?.count('joined')).toBe(1);
    expect(await series(house.connection, { area: 'district:UP-sitapur', kind: 'month' })).toHaveLength(1);

    await writes(town, house, 'delete', '2');
    await counted.rebuild();
    const [left] = await series(house.connection, { area: 'state:UP', kind: 'month' });
    expect(left?.count('joined')).toBe(1);
    expect(await series(house.connection, { area: 'district:UP-sitapur', kind: 'month' })).toEqual([]);
    expect(JSON.stringify(await figuresModel(house.connection).find({}).lean())).not.toContain(
      NUMBER.slice(3),
    );
  });
});
