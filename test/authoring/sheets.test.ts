/** The lessons as a workbook and back: nothing lost, nothing written that is wrong. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLessons, importLessons } from '../../src/commands/content-sheets';
import { readWorkbook, writeWorkbook } from '../../src/files';
import { TODAY } from '../content/support';
import { copyOfContent, REAL, removeCopies } from './support';

const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
const whole = join(folder, 'lessons.xlsx');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  removeCopies();
});

const bytes = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(join(dir, name), 'utf8')]);

/** Few lessons are checked sooner; the round trip is made with all of them. */
const few = () => copyOfContent(2);
let rows: string[][] = [];
const HEADINGS = [
  'week',
  'lesson',
  'text',
  'Hindi',
  'Bengali',
  'Odia',
  'English',
  'Hindi in Latin letters',
  'note',
];

beforeAll(async () => {
  const some = join(folder, 'some.xlsx');
  await exportLessons(few(), some);
  rows = (await readWorkbook(some))[0]?.rows ?? [];
});

/** A copy of the content, and a workbook in which some cells are filled in otherwise. */
async function filledIn(...cells: [cell: string, text: string][]): Promise<{ dir: string; file: string }> {
  const sheet = rows.map((row) => [...row]);
  for (const [cell, text] of cells) {
    const row = sheet[Number(cell.slice(1)) - 1]!;
    row[cell.charCodeAt(0) - 65] = text;
  }
  return { dir: few(), file: await saved(sheet) };
}

async function saved([headings = [], ...sheet]: string[][]): Promise<string> {
  const file = join(folder, 'filled-in.xlsx');
  const columns = headings.map((heading) => ({ heading, width: 10 }));
  await writeWorkbook(file, [{ name: 'Lessons', columns, rows: sheet }]);
  return file;
}

const imported = (dir: string, file: string, write = false) =>
  importLessons(dir, file, { write, today: TODAY });

it('exports a row a text, the languages side by side', () => {
  expect(rows[0]).toEqual(HEADINGS);
  expect(rows[1]?.slice(0, 3)).toEqual(['1', '01-why-men', 'title']);
  expect(rows[1]?.[6]).toBe('Why men?');
  expect(rows.filter(([week]) => week === '1').map(([, , part]) => part)).toEqual([
    'title',
    'lesson',
    'question',
    ...['option 1', 'option 2', 'option 3', 'feedback 1', 'feedback 2', 'feedback 3'],
    'reflection',
    'action',
    'check-in',
    'sms',
    'spoken',
  ]);
});

it('brings every lesson back to the byte', async () => {
  const dir = copyOfContent();
  await exportLessons(dir, whole);
  expect((await readWorkbook(whole))[0]?.rows.length).toBeGreaterThan(52 * 12);
  const { text, isFine } = await imported(dir, whole, true);
  expect(text).toBe('Nothing differs from the lessons: there is nothing to write.\n');
  expect(isFine).toBe(true);
  expect(bytes(dir)).toEqual(bytes(REAL));
});

it('says what would change and writes nothing, until told to', async () => {
  const { dir, file } = await filledIn(['G2', 'Why us men?'], ['D11', 'एक नया सवाल?']);
  const { text, isFine } = await imported(dir, file);
  expect(isFine).toBe(true);
  expect(text).toContain('Lessons!G2 (lesson.1.title, English)\n  was  Why men?\n  new  Why us men?\n');
  expect(text).toContain('Lessons!D11 (lesson.1.reflection, Hindi)');
  expect(text).toContain('Would change 2 texts in 1 file. Nothing was written: add --write to write it.');
  expect(bytes(dir)).toEqual(bytes(few()));

  expect((await imported(dir, file, true)).text).toContain('Written: 2 texts in 1 file.');
  const before = readFileSync(join(REAL, 'lessons/01-why-men.yaml'), 'utf8');
  expect(readFileSync(join(dir, 'lessons/01-why-men.yaml'), 'utf8')).toBe(
    before.replace('en: Why men?', 'en: Why us men?').replace(rows[10]![3]!, 'एक नया सवाल?'),
  );
  expect((await imported(dir, file, true)).text).toContain('Nothing differs');
});

it('names each wrong cell and writes nothing at all', async () => {
  const { dir, file } = await filledIn(
    ['G2', 'A right title'],
    ['D3', 'क'.repeat(701)],
    ['F5', 'মেয়েরা'],
    ['G6', 'menu'],
    ['E11', ''],
    ['F14', 'ଅ'.repeat(202)],
  );
  const first = await imported(dir, file, true);
  expect(first.isFine).toBe(false);
  expect(first.text).toContain('Lessons!E11: is empty. Write the text, or put back the old one.');

  const { file: filled } = await filledIn(
    ['G2', 'A right title'],
    ['D3', 'क'.repeat(701)],
    ['F5', 'মেয়েরা'],
    ['G6', 'menu'],
    ['F14', 'ଅ'.repeat(202)],
  );
  const { text, isFine } = await imported(dir, filled, true);
  expect(isFine).toBe(false);
  expect(text).toContain('Lessons!D3: 701 characters, at most 700. Shorten it by 1.');
  expect(text).toContain('Lessons!F5: "মেয়েরা" is not in Odia letters. Type it again in Odia.');
  expect(text).toContain('Lessons!G6: "menu" is also how people say the command menu.');
  expect(text).toContain('Lessons!F14: takes 4 SMS, at most 3.');
  expect(text).toContain('Nothing was written. Correct these cells and import again.');
  expect(bytes(dir)).toEqual(bytes(few()));
});

it('takes rows and columns in any order, and leaves what is left out', async () => {
  const some = [rows[0]!, rows[20]!, rows[1]!].map((row) => [row[5]!, row[2]!, row[0]!]);
  some[2]![0] = 'ପୁରୁଷ କାହିଁକି?';
  const { text } = await imported(few(), await saved(some));
  expect(text).toContain('Lessons!A3 (lesson.1.title, Odia)');
  expect(text).toContain('Would change 1 text in 1 file.');
});

it('refuses headings and rows that it does not know', async () => {
  const dir = few();
  const wrong = rows.slice(0, 2).map((row) => [...row]);
  wrong[0]![3] = 'Hindustani';
  expect((await imported(dir, await saved(wrong))).text).toContain(
    'Lessons!D1: "Hindustani" is no heading of this sheet.',
  );
  const { text } = await imported(
    dir,
    await saved([rows[0]!, rows[1]!, rows[1]!, ['77', '77-x', 'title', 'क', 'ক', 'କ', 'x', 'x', '']]),
  );
  expect(text).toContain('Lessons!C3: "title" of week 1 stands in Lessons!C2 already.');
  expect(text).toContain('Lessons!C4: week 77 has no text called "title".');
});

it('says so when the file is no workbook, or not there', async () => {
  await expect(imported(REAL, join(folder, 'nowhere.xlsx'))).rejects.toThrow('There is no file');
  await expect(imported(REAL, __filename)).rejects.toThrow('cannot be read as an Excel workbook');
});
