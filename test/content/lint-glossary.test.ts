import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWith, lint, removeMade, type Edit } from './support';

afterAll(removeMade);

const GLOSSARY = `names: [समता मंच]
terms:
  - id: equality
    note: Between women and men.
    hi: { say: [बराबरी], avoid: [समता, 'ऊँच नीच*'] }
    bn: { say: [সমতা], avoid: [] }
    or: { say: [ସମାନତା], avoid: [] }
    en: { say: [equality], avoid: [Equalness, men's help] }
    hi-Latn: { say: [barabari], avoid: [] }
`;

function found(glossary: string, ...edits: Edit[]): string[] {
  const dir = contentWith(...edits);
  writeFileSync(join(dir, 'glossary.yaml'), glossary);
  return lint(dir);
}

const hindi = (text: string): Edit => ({
  file: 'locales/hi.yaml',
  find: 'lesson: पाठ',
  replace: `lesson: ${text}`,
});
const english = (text: string): Edit => ({
  file: 'locales/en.yaml',
  find: 'lesson: Lesson',
  replace: `lesson: ${text}`,
});

it('names an avoided word, what to say instead, and where that stands', () => {
  expect(found(GLOSSARY, hindi('समता का पाठ'))).toEqual([
    expect.stringMatching(
      /^locales\/hi\.yaml:\d+: menu\.lesson: "समता" is a word that we avoid\. Say "बराबरी" \(content\/glossary\.yaml, equality\)\.$/,
    ),
  ]);
});

it.each([
  ['a longer word', hindi('असमता'), 0],
  ['a word with an ending', hindi('समताओं'), 0],
  ['a name that holds it', hindi('समता मंच'), 0],
  ['another case of letters', english('An equalness'), 1],
  ['an apostrophe inside', english("With men's help"), 1],
  ['a line break between two words, and any ending', hindi('|-\n    ऊँच\n    नीचता'), 1],
  ['the language that it is not of', english('समता'), 0],
])('%s', (_what, edit, count) => {
  expect(found(GLOSSARY, edit).filter((line) => line.includes('that we avoid'))).toHaveLength(count);
});

it('lets a word stand in a text that is named', () => {
  const glossary = `${GLOSSARY}    except: [menu.lesson]\n`;
  expect(found(glossary, hindi('समता का पाठ'))).toEqual([]);
});

it('finds a word that is to be said and avoided', () => {
  expect(found(GLOSSARY.replace('avoid: [समता,', 'avoid: [बराबरी,'))[0]).toContain(
    '"बराबरी" is avoided under equality. Take it out of one of the two.',
  );
});
