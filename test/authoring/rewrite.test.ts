/** Texts put into a YAML file: nothing else of it moves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { rewrite } from '../../src/authoring/rewrite';
import { REAL } from './support';

const FILE = `# of its own
week: 3 # the third
title:
  hi: 'पाठ' # quoted
  en: Lesson
en:
  lesson: |-
    One.

    Two.
  question:
    options:
      - "Yes, I do"
      - No
    answer: 0
  sms: >-
    Folded
    here.
  # the last
  spoken: Said
`;

it('keeps comments, order, quoting and the style of each text', () => {
  const after = rewrite(FILE, [
    { path: ['title', 'hi'], text: 'नया पाठ' },
    { path: ['title', 'en'], text: 'Lesson: new' },
    { path: ['en', 'lesson'], text: 'Uno.\n\nDue.\n\nTre.' },
    { path: ['en', 'question', 'options', 0], text: 'Never' },
    { path: ['en', 'question', 'options', 1], text: '2' },
    { path: ['en', 'sms'], text: 'Unfolded' },
    { path: ['en', 'spoken'], text: 'Said\nand done' },
  ]);
  expect(after).toBe(`# of its own
week: 3 # the third
title:
  hi: 'नया पाठ' # quoted
  en: "Lesson: new"
en:
  lesson: |-
    Uno.

    Due.

    Tre.
  question:
    options:
      - "Never"
      - "2"
    answer: 0
  sms: >-
    Unfolded
  # the last
  spoken: |-
    Said
    and done
`);
});

it('puts any text anywhere, and reads it back', () => {
  const texts = fc
    .array(fc.constantFrom('क', 'a', ' ', '\n', ':', '#', '"', "'", '-', '|', '>', '{', '%', '1', '?', '।'), {
      minLength: 1,
      maxLength: 140,
    })
    .map((letters) => letters.join('').trim())
    .filter((text) => text !== '');
  const paths = fc.constantFrom(
    ['title', 'hi'],
    ['title', 'en'],
    ['en', 'lesson'],
    ['en', 'question', 'options', 0],
    ['en', 'question', 'options', 1],
    ['en', 'sms'],
    ['en', 'spoken'],
  );
  fc.assert(
    fc.property(paths, texts, (path, text) => {
      const after = rewrite(FILE, [{ path, text }]);
      const read = path.reduce<unknown>(
        (node, step) => (node as Record<string, unknown>)[step],
        parse(after),
      );
      expect(String(read).trim()).toBe(text);
      // What stands before and after is there to the byte.
      expect(after.startsWith('# of its own\nweek: 3 # the third\ntitle:\n')).toBe(true);
      expect(after).toContain('  # the last\n');
    }),
    { numRuns: 500, seed: 7 },
  );
});

it('changes the file of a real lesson in one place alone', () => {
  const [name = ''] = readdirSync(join(REAL, 'lessons'));
  const raw = readFileSync(join(REAL, 'lessons', name), 'utf8');
  const was = (parse(raw) as { or: { reflection: string } }).or.reflection;
  expect(rewrite(raw, [{ path: ['or', 'reflection'], text: 'ନୂଆ ପ୍ରଶ୍ନ?' }])).toBe(raw.replace(was, 'ନୂଆ ପ୍ରଶ୍ନ?'));
});

it('refuses a path that leads to no text', () => {
  expect(() => rewrite(FILE, [{ path: ['bn', 'lesson'], text: 'x' }])).toThrow(
    'There is no text at bn.lesson.',
  );
});
