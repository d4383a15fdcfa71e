/** The example in docs/adding-a-lesson.md, followed literally: beside the real lessons it passes without a word. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFinding, lintContent, loadContent } from '../../src/content';
import { TODAY } from './support';

const ROOT = join(__dirname, '../..');
const NAME = '53-who-eats-last';

describe('docs/adding-a-lesson.md', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lesson-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const page = readFileSync(join(ROOT, 'docs/adding-a-lesson.md'), 'utf8');
  const example = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? '';
  cpSync(join(ROOT, 'content'), dir, { recursive: true });
  // The example stays week 53, whatever has been added since.
  const later = readdirSync(join(dir, 'lessons')).filter((name) => Number(name.slice(0, 2)) > 52);
  for (const name of later) rmSync(join(dir, 'lessons', name));
  writeFileSync(join(dir, `lessons/${NAME}.yaml`), example);

  it('shows a lesson that passes the check', () => {
    const findings = lintContent(dir, { today: TODAY }).filter(({ file }) => file.includes(NAME));
    expect(findings.map(formatFinding)).toEqual([]);
  });

  it('shows a lesson that is there after the next start', () => {
    const { lessons } = loadContent(dir);
    expect(lessons.at(-1)).toMatchObject({ week: 53, slug: NAME, text: { en: { question: { answer: 2 } } } });
  });

  it.each([
    ['`lesson` | 700', 'lesson', 701],
    ['`reflection`, `checkin` | 300', 'reflection', 301],
    ['`action` | 320', 'action', 321],
  ])('tells the limits that the check applies: %s', (row, part, length) => {
    expect(page).toContain(row);
    const long = 'x'.repeat(length);
    const find = {
      lesson: /( {2}lesson: )\|-\n(?: {4}.*\n|\n)+(?= {2}question:)(?![^]*\nen:)/,
      reflection: /( {2}reflection: Who).*/,
      action: /( {4}ask: One).*/,
    }[part]!;
    const edited = example.replace(find, (_, head: string) => `${head.replace(/(Who|One)$/, '')}${long}\n`);
    expect(edited).not.toBe(example);
    writeFileSync(join(dir, `lessons/${NAME}.yaml`), edited);
    const findings = lintContent(dir, { today: TODAY }).filter(({ file }) => file.includes(NAME));
    expect(findings.map(({ message }) => message)).toEqual([
      `${length} characters, at most ${length - 1}. Shorten it by 1.`,
    ]);
    writeFileSync(join(dir, `lessons/${NAME}.yaml`), example);
  });
});
