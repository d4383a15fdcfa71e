/** Advice: sentences that are too long, answers that are soon guessed, what a year of SMS costs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintReport } from '../../src/content';
import { contentWith, GOOD, lint, removeMade, TODAY } from './support';

afterAll(removeMade);

/** As many lessons as there are places given: each a copy of the first, with its right answer there. */
function withAnswers(places: number[]): string {
  const dir = contentWith();
  const first = readFileSync(join(GOOD, 'lessons/01-why-men.yaml'), 'utf8');
  places.forEach((place, index) => {
    const week = index + 1;
    const name = week === 1 ? '01-why-men' : week === 2 ? '02-housework' : `0${week}-lesson`;
    const text = first.replace(/^week: 1$/m, `week: ${week}`).replace(/answer: \d/g, `answer: ${place}`);
    writeFileSync(join(dir, `lessons/${name}.yaml`), text);
  });
  return dir;
}

const aboutPlaces = (dir: string) => lint(dir).filter((line) => line.includes('the right answer is option'));

it('says when the right answer stands in one place too often, or too often in a row', () => {
  expect(aboutPlaces(withAnswers([0, 1, 0, 1, 0, 1, 0, 1, 1]))).toEqual([]);
  expect(aboutPlaces(withAnswers([0, 1, 1, 1, 1, 1, 0, 0, 0]))).toEqual([
    expect.stringMatching(
      /^lessons\/06-lesson\.yaml:\d+: warning: .* option 2 for the 5th week running\. Move it/,
    ),
  ]);
  expect(aboutPlaces(withAnswers([0, 0, 0, 1, 0, 0, 0, 1, 0]))).toEqual([
    expect.stringMatching(
      /^lessons\/09-lesson\.yaml:\d+: warning: .* option 1 in more than 60 of 100 lessons/,
    ),
  ]);
});

it.each([
  [24, 0],
  [25, 1],
])('a sentence of %i words brings %i warnings', (words, count) => {
  const dir = contentWith();
  const path = join(dir, 'lessons/01-why-men.yaml');
  const long = Array<string>(words).fill('word').join(' ');
  const before = readFileSync(path, 'utf8');
  const at = before.lastIndexOf('  reflection:');
  writeFileSync(
    path,
    before.slice(0, at) + before.slice(at).replace(/reflection: .*/, `reflection: Why? ${long}. And you?`),
  );
  const found = lint(dir).filter((line) => line.includes('a sentence of'));
  expect(found).toHaveLength(count);
  if (count > 0) expect(found[0]).toContain('a sentence of 25 words ("word word word word …"), over 24.');
});

it('tells what the SMS of all lessons cost, for one and for ten thousand', () => {
  const dir = contentWith();
  writeFileSync(
    join(dir, 'sms-rates.yaml'),
    'currency: INR\nverifiedOn: 2025-01-01\nrates:\n  - { name: Somebody, perSegment: 0.5, source: "https://example.org/" }\n',
  );
  const { text, findings } = lintReport(dir, { today: TODAY });
  const total = Number(/^all lessons +(\d+)/m.exec(text)?.[1]);
  expect(total).toBeGreaterThan(0);
  const [one = '', many = ''] = text.match(/^ {2}Somebody +.*$/gm) ?? [];
  expect(one).toMatch(new RegExp(`^ {2}Somebody +${(total * 0.5).toFixed(2).replace('.', '\\.')} `));
  expect(many.replaceAll(',', '')).toMatch(new RegExp(`^ {2}Somebody +${total * 5000} `));
  expect(findings.map(({ file, thing }) => [file.endsWith('sms-rates.yaml'), thing])).toContainEqual([
    true,
    'verifiedOn',
  ]);
});
