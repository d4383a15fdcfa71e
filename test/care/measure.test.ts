/** The guard's figures: never worse than what docs/disclosure-guard.md says, and the doc says what is measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { measureGuard, pooled, tableOf, wilson } from '../../src/care/measure';
import { LABELLED_MESSAGES } from '../../src/commands/care';
import { loadContent } from '../../src/content';
import { createGuard } from '../../src/conversation/disclosure';
import { CONTENT_DIR, PROJECT_ROOT } from '../../src/paths';

const guard = createGuard(loadContent(CONTENT_DIR));
const figures = measureGuard(guard, LABELLED_MESSAGES);
const all = pooled(figures);

test('the page tells what is measured', () => {
  const page = readFileSync(path.join(PROJECT_ROOT, 'docs', 'disclosure-guard.md'), 'utf8');
  const rows = (table: string) => table.split('\n').map((row) => row.replace(/\s+/g, ' ').trim());
  expect(rows(page)).toEqual(expect.arrayContaining(rows(tableOf(all)).slice(2)));
});

test.each(['danger', 'self-harm', 'suffered'])(
  'on the messages it was tuned with, %s is noticed',
  (category) => {
    const figure = all.find((one) => one.split === 'dev' && one.category === category)!;
    expect(figure.noticed / figure.messages).toBeGreaterThanOrEqual(0.95);
  },
);

test.each(['dev', 'held-out'])('ordinary answers raise no false alarm: %s', (split) => {
  const figure = all.find((one) => one.split === split && one.category === 'ordinary')!;
  expect(figure.noticed / figure.messages).toBeLessThanOrEqual(0.02);
});

test("Wilson's interval as in his own table: 8 of 10 lie between 0.49 and 0.94", () => {
  expect(wilson(8, 10).map((one) => Number(one.toFixed(2)))).toEqual([0.49, 0.94]);
});

const cases = parse(readFileSync(path.join(__dirname, 'red-team.yaml'), 'utf8')) as Record<
  'text' | 'expect' | 'why',
  string
>[];

test.each(cases.map(({ text, expect: expected, why }) => [text, expected, why]))(
  '%s → %s (%s)',
  (text, expected) => {
    expect(guard(text)?.category ?? 'none').toBe(expected);
  },
);

test('what is told says what kind it is and nothing else', () => {
  const secret = 'mera pati mujhe roz maarta hai, Sunita';
  expect(guard(secret)).toEqual({ category: 'suffered', who: 'woman' });
});
