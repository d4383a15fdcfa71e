/** Figures counted by hand on a small fixed history: what is worked out, and what stands in a table, is the same. */
import { Writable } from 'node:stream';
import type { FiguresNews, Roles } from '../../src/conversation';
import { createIndexes, openDatabase, type Database } from '../../src/database/connect';
import { participantModel } from '../../src/database/models/participant';
import { figuresTable, writeTable } from '../../src/files';
import {
  areas,
  dropOff,
  figureOrders,
  ratio,
  retention,
  series,
  type CountName,
  type RatioName,
} from '../../src/stats';
import { AFTERWARDS, BY_HAND, tellByHand, type Expected } from './by-hand';

let database: Database;

beforeAll(async () => {
  database = await openDatabase({ dataDir: 'temporary', inProcess: true });
  await createIndexes(database.connection);
  await tellByHand(database.connection);
});
afterAll(() => database.stop());

async function period({ area, facet, by, period }: Expected) {
  const rows = await series(database.connection, { area, kind: by, ...(facet && { facet }) });
  const row = rows.find((one) => one.period === period);
  if (!row) throw new Error(`There are no figures of ${area} in ${period}.`);
  return row;
}

const shown = (value: number | undefined) => value ?? '<5';

test.each(BY_HAND.expect)('$area $facet $period $figures $ratios $kinds $dropOff', async (expected) => {
  const row = await period(expected);
  const { figures, ratios, kinds, lesson, dropOff: left } = expected;
  for (const [name, value] of Object.entries(figures ?? {}))
    expect([name, shown(name === 'enrolled' ? row.enrolled : row.count(name as CountName))]).toEqual([
      name,
      value,
    ]);
  for (const [name, value] of Object.entries(ratios ?? {}))
    expect([name, ratio(row.count, name as RatioName)]).toEqual([name, expect.closeTo(value, 4)]);
  if (kinds) expect(row.kinds).toEqual(kinds);
  if (left) expect(dropOff(row.lessons[lesson ?? 0] ?? {})).toEqual(left);
});

test('the table says the same', async () => {
  for (const expected of BY_HAND.expect) {
    const { area, facet, by, figures } = expected;
    const rows = await series(database.connection, { area, kind: by, ...(facet && { facet }) });
    let text = '';
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    await writeTable(figuresTable(by, rows), 'csv', out);
    const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split('\r\n');
    const line = lines.find((one) => one.startsWith(expected.period))?.split(',') ?? [];
    const inTable = Object.fromEntries(head.split(',').map((name, column) => [name, line[column]]));
    for (const [name, value] of Object.entries(figures ?? {}))
      expect([area, name, inTable[name]]).toEqual([area, name, String(value)]);
  }
});

test('who joined in January, and is active in it', async () => {
  expect(await retention(database.connection, 'all')).toEqual([
    { joined: '2026-01', size: 8, months: [{ period: '2026-01', active: 8 }] },
  ]);
  expect(await retention(database.connection, 'state:WB')).toEqual([
    { joined: '2026-01', size: undefined, months: [{ period: '2026-01', active: undefined }] },
  ]);
});

test.each([
  ['mentor', 'mentor:meena'],
  ['partner', 'partner:Sahayog'],
  ['group', 'group:SIT2'],
] as const)('all areas of the sort %s', async (sort, area) => {
  const found = await areas(database.connection, { sort, kind: 'week', period: '2026-W03' });
  expect(found.map((one) => [one.area, one.count('opened'), one.count('right')])).toEqual([
    [area, 6, undefined],
  ]);
});

describe('in chat', () => {
  async function asked(area: string, of: 'now' | 'week', role: Roles['coordinator']) {
    const { connection } = database;
    await participantModel(connection).deleteMany({});
    await participantModel(connection).collection.insertOne({
      _id: 'meena',
      roles: { coordinator: role },
    } as never);
    const sent: unknown[] = [];
    const rollup = {
      refresh: () => Promise.resolve([]),
      parts: { connection, now: () => AFTERWARDS, zone: 'Asia/Kolkata', networkOf: () => undefined },
    };
    const signals = { send: ({ data }: { data: unknown }) => Promise.resolve(sent.push(data)) };
    const { 'tell figures': tell } = figureOrders(rollup, signals as never);
    await tell({ id: 'o1', participantId: 'meena', at: AFTERWARDS, order: { do: 'tell figures', area, of } });
    return sent[0] as FiguresNews | undefined;
  }
  const since = AFTERWARDS;

  test('the last whole week of a district: the same figures, small ones hidden', async () => {
    const told = await asked('district:UP-sitapur', 'week', { level: 'state', place: 'UP', since });
    expect(told).toMatchObject({ period: '2026-W03', days: '12/1–18/1', active: '0, 0, 0, 0, 0, 0, 0, 6' });
    expect(told?.counts).toMatchObject({
      enrolled: 6,
      active: 6,
      completed: 5,
      tried: '<5',
      completedBefore: 0,
    });
  });

  test('the running week of the whole campaign', async () => {
    const told = await asked('all', 'now', { level: 'national', since });
    expect(told).toMatchObject({ period: '2026-W04', active: '0, 0, 0, 0, 0, 0, 8, 5' });
    expect(told?.counts).toMatchObject({
      enrolled: 8,
      active: 5,
      pledgeTaken: 4,
      stopped: 1,
      activeBefore: 8,
    });
  });

  test('nothing of an area for which he does not answer', async () => {
    expect(await asked('state:WB', 'now', { level: 'state', place: 'UP', since })).toBeUndefined();
    expect(await asked('all', 'now', { level: 'state', place: 'UP', since })).toBeUndefined();
    expect(
      await asked('district:UP-sitapur', 'now', { level: 'district', place: 'UP-lucknow', since }),
    ).toBeUndefined();
  });
});
