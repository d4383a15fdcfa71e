/** A reader's sheet: one language alone, and what he writes comes back once. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportReview, importReview } from '../../src/commands/content-review';
import { readWorkbook, writeWorkbook } from '../../src/files';
import { copyOfContent, removeCopies } from './support';

const folder = mkdtempSync(join(tmpdir(), 'review-'));
const file = join(folder, 'odia.xlsx');
const page = join(folder, 'content-review.md');
const dir = copyOfContent(1);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  removeCopies();
});

const [VERDICT, COMMENT] = [3, 4];
let rows: string[][] = [];

beforeAll(async () => {
  writeFileSync(page, '# Reading over\n\nBefore.\n');
  await exportReview(dir, file, 'or');
  rows = (await readWorkbook(file))[0]?.rows ?? [];
});

/** Fills in the sheet: key → column → what stands there. */
async function fill(cells: Record<string, Record<number, string>>): Promise<void> {
  const [headings = [], ...sheet] = rows;
  await writeWorkbook(file, [
    {
      name: 'Texts',
      columns: headings.map((heading) => ({ heading, width: 10 })),
      rows: sheet.map((row) => row.map((value, column) => cells[row[0]!]?.[column] ?? value)),
    },
  ]);
}

const bring = (by = 'S.M.', on = '2026-12-01') => importReview(dir, file, { language: 'or', by, on, page });
const stored = () => readFileSync(join(dir, 'reviews/or.yaml'), 'utf8');

it('holds every text of that language and of no other', async () => {
  expect(rows[0]).toEqual(['key', 'what', 'text', 'verdict', 'comment', 'wording']);
  expect(rows[1]?.slice(0, 2)).toEqual(['lesson.1.title', 'week 1, title']);
  expect(rows.some(([key]) => key === 'menu.ask')).toBe(true);
  const texts = rows.slice(1).map((row) => row[2]!);
  expect(
    texts.some((text) => /[\p{Script=Devanagari}\p{Script=Bengali}]/u.test(text.replace(/[।॥]/g, ''))),
  ).toBe(false);
  expect((await readWorkbook(file))[1]?.name).toBe('How to');
});

it('names wrong cells and keeps nothing of that sheet', async () => {
  await fill({
    'lesson.1.title': { [VERDICT]: 'fine' },
    'lesson.1.lesson': { [VERDICT]: 'wrong' },
    'lesson.1.question.ask': { 2: 'ନୂଆ' },
  });
  const { text, isFine } = await bring();
  expect(isFine).toBe(false);
  expect(text).toContain('Texts!D2: must be good, change, wrong. Write one of them.');
  expect(text).toContain('Texts!E3: is empty. Say what is to be done: the verdict is wrong.');
  expect(text).toContain('Texts!C4: was changed here.');
  expect(() => stored()).toThrow('ENOENT');
});

it('brings comments into the reviews and the page, and the same sheet again changes nothing', async () => {
  await fill({
    'lesson.1.title': { [VERDICT]: 'Good' },
    'lesson.1.lesson': { [VERDICT]: 'change', [COMMENT]: 'Say "ଅପା" | once.\nShorter.' },
  });
  expect((await bring()).text).toContain('2 verdicts, 2 of them new.');
  const first = stored();
  expect(first).toContain('lesson.1.lesson:\n  verdict: change\n');
  const shown = readFileSync(page, 'utf8');
  expect(shown).toContain('# Reading over\n\nBefore.\n');
  expect(shown).toContain(
    '| or | lesson.1.lesson | change | Say "ଅପା" \\| once. Shorter. | S.M., 2026-12-01 |',
  );
  expect(shown).toMatch(/\| Odia \| \d+ \| 1 \| 1 \| 0 \| 0 \|/);

  expect((await bring('Somebody', '2026-12-24')).text).toBe('2 verdicts, 0 of them new.\n');
  expect(stored()).toBe(first);
  expect(readFileSync(page, 'utf8')).toBe(shown);
});

it('gives a reader what he said already, and counts anew what was changed since', async () => {
  await exportReview(dir, file, 'or');
  const [, title] = (await readWorkbook(file))[0]!.rows;
  expect(title?.[VERDICT]).toBe('good');

  const lesson = join(dir, 'lessons/01-why-men.yaml');
  writeFileSync(lesson, readFileSync(lesson, 'utf8').replace(title![2]!, 'ପୁରୁଷ କାହିଁକି?'));
  await exportReview(dir, file, 'or');
  rows = (await readWorkbook(file))[0]!.rows;
  expect(rows[1]?.[VERDICT]).toBe('');

  await fill({ 'lesson.1.reflection': { [VERDICT]: 'good' } });
  await bring('P.D.', '2026-12-02');
  const shown = readFileSync(page, 'utf8');
  expect(shown).toMatch(/\| Odia \| \d+ \| 1 \| 1 \| 0 \| 1 \|/);
  expect(shown.match(/what readers said: written/g)).toHaveLength(1);
});
