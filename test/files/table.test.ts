/** Files as other programs read them back. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import {
  cohortsTable,
  figuresTable,
  lessonsTable,
  TableTooLong,
  writeTable,
  type Cell,
  type Format,
  type Table,
} from '../../src/files';
import { MOST_EXCEL_ROWS } from '../../src/files/table';
import { COUNTS, RATIOS } from '../../src/stats';

async function written(table: Table, format: Format): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeTable(table, format, out)]);
  return bytes;
}

const table = (rows: Cell[][]): Table => ({
  name: 'people',
  columns: [{ heading: 'जिला' }, { heading: 'number', width: 8 }, { heading: 'day' }, { heading: 'yes' }],
  rows,
});
const DAY = new Date('2026-01-14T00:00:00Z');
const ROWS: Cell[][] = [
  ['সীতাপুর, "উত্তর"', 12, DAY, true],
  ['ଦୁଇ\nଧାଡ଼ି', -3, undefined, false],
];
const DANGEROUS = ['=1+1', '+91', '-2', '@SUM(A1)', '\t=1', '\r=1'];

test('CSV opens right in Excel: byte order mark, and every letter back as it was', async () => {
  const bytes = await written(table(ROWS), 'csv');
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(parse(bytes, { bom: true, record_delimiter: '\r\n' })).toEqual([
    ['जिला', 'number', 'day', 'yes'],
    ['সীতাপুর, "উত্তর"', '12', DAY.toISOString(), 'yes'],
    ['ଦୁଇ\nଧାଡ଼ି', '-3', '', 'no'],
  ]);
});

test('no text of a CSV is a formula, and a negative number stays a number', async () => {
  const bytes = await written(table(DANGEROUS.map((text) => [text, -2, undefined, undefined])), 'csv');
  const [, ...rows] = parse(bytes, { bom: true, record_delimiter: '\r\n' });
  expect(rows).toEqual(DANGEROUS.map((text) => [`'${text}`, '-2', '', '']));
});

test('Excel reads back texts, numbers and days as what they are, and runs no text as a formula', async () => {
  const { readSheet } = await import('read-excel-file/node');
  const bytes = await written(table([...ROWS, ['=1+1', 1, undefined, true]]), 'xlsx');
  expect(await readSheet(bytes)).toEqual([
    ['जिला', 'number', 'day', 'yes'],
    ['সীতাপুর, "উত্তর"', 12, DAY, 'yes'],
    ['ଦୁଇ\nଧାଡ଼ି', -3, null, 'no'],
    ['=1+1', 1, null, 'yes'],
  ]);
});

test('a table that is too long for Excel is refused with a way out', async () => {
  function* many(): Generator<Cell[]> {
    for (let row = 0; row <= MOST_EXCEL_ROWS; row += 1) yield ['x', row, undefined, undefined];
  }
  await expect(writeTable({ ...table([]), rows: many() }, 'xlsx', new PassThrough())).rejects.toThrow(
    TableTooLong,
  );
});

test('rows leave as they come: a CSV is never whole in memory', async () => {
  let made = 0;
  function* many(): Generator<Cell[]> {
    for (; made < 200_000; made += 1) yield ['a text of some length', made, undefined, undefined];
  }
  const out = new PassThrough();
  const writing = writeTable({ ...table([]), rows: many() }, 'csv', out);
  await once(out, 'readable');
  expect(made).toBeLessThan(20_000);
  out.resume();
  await writing;
  expect(made).toBe(200_000);
});

test('figures: a line a period, and what is too small stays hidden', () => {
  const row = {
    period: '2026-01',
    enrolled: 40,
    count: (name: string) => (name === 'active' ? undefined : 7),
    lessons: {},
    kinds: {},
    madeAt: DAY,
  };
  const shares = Object.keys(RATIOS);
  const { columns, rows } = figuresTable('month', [row], 0.375);
  expect(columns.map(({ heading }) => heading)).toEqual([
    'month',
    'enrolled',
    ...COUNTS,
    ...shares,
    'smsRupees',
  ]);
  expect([...(rows as Iterable<Cell[]>)]).toEqual([
    ['2026-01', 40, ...COUNTS.map((name) => (name === 'active' ? '<5' : 7)), ...shares.map(() => 1), 2.63],
  ]);
});

test('lessons with where people left them, and joining months; what is too small stays hidden', () => {
  const row = {
    period: '2026-01',
    enrolled: 40,
    count: () => 0,
    lessons: { 3: { offered: 20, opened: 12, right: undefined, reflected: 6, promised: 6, completed: 6 } },
    kinds: {},
    madeAt: DAY,
  };
  const lessons = lessonsTable('month', [row]);
  expect([...(lessons.rows as Iterable<Cell[]>)]).toEqual([
    ['2026-01', 3, 20, 12, 6, 0, 6, 0, 6, '<5', 8, 6, 0],
  ]);
  const months = [{ period: '2026-01', active: undefined }];
  const cohorts = cohortsTable([{ joined: '2026-01', size: 8, months }]);
  expect([...(cohorts.rows as Iterable<Cell[]>)]).toEqual([['2026-01', 8, '2026-01', '<5']]);
});
