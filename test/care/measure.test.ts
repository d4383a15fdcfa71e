/** The guard's figures: never worse than what docs/disclosure-guard.md says, and the doc says what is measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readLabelled, type Labelled } from '../../src/care/labelled';
import { measureGuard, pooled, tableOf, wilson } from '../../src/care/measure';
import { folds, madeOf, trainOn } from '../../src/care/train';
import { LABELLED_MESSAGES } from '../../src/commands/care';
import { loadContent } from '../../src/content';
import { createGuard } from '../../src/conversation/disclosure';
import { CONTENT_DIR, PROJECT_ROOT } from '../../src/paths';

const content = loadContent(CONTENT_DIR);
const guard = createGuard(content);
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

test('ordinary answers raise hardly any false alarm, and messages that look like a disclosure few', () => {
  const share = (category: string) => {
    const figure = all.find((one) => one.split === 'dev' && one.category === category)!;
    return figure.noticed / figure.messages;
  };
  expect(share('ordinary')).toBeLessThanOrEqual(0.02);
  expect(share('hard')).toBeLessThanOrEqual(0.1);
});

test('the weights were learned with the messages and words that stand here: npm run saathi -- care train', () => {
  expect(content.disclosure.trained).toContain(madeOf(content.disclosure, readLabelled(LABELLED_MESSAGES)));
});

test('training gives the same weights each time, and only development messages count', () => {
  const some = readLabelled(LABELLED_MESSAGES)
    .filter(({ language, split }) => language === 'en' && split === 'dev')
    .filter((_one, index) => index % 5 === 0);
  const once = trainOn(content.disclosure, some);
  const heldOut = some.map((one) => ({ ...one, split: 'held-out', text: 'never seen before' }));
  expect(trainOn(content.disclosure, [...some, ...heldOut])).toBe(once);
  expect(once.split('\n').length).toBeGreaterThan(100);
});

test('what is left out by families is learned from no message of the same family', () => {
  const dealt = folds(readLabelled(LABELLED_MESSAGES), 'family');
  const key = ({ category, family }: Labelled) => `${category}/${family}`;
  for (const { learn, judge } of dealt) {
    const learned = new Set(learn.map(key));
    expect(judge.filter((one) => learned.has(key(one)))).toEqual([]);
  }
  const judged = dealt.reduce((sum, { judge }) => sum + judge.length, 0);
  expect(judged).toBe(readLabelled(LABELLED_MESSAGES).filter(({ split }) => split === 'dev').length);
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
