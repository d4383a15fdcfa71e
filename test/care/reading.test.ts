/** How the guard reads: one form for many spellings, concepts with their endings, one language not taken for another. */
import { loadContent } from '../../src/content';
import { normalise } from '../../src/content/normalise';
import { createReader } from '../../src/conversation/disclosure/reading';
import { bones, sound } from '../../src/conversation/disclosure/sound';
import { CONTENT_DIR } from '../../src/paths';

const { disclosure } = loadContent(CONTENT_DIR);
const read = createReader(disclosure.words, disclosure.concepts);
const names = (text: string) => read(normalise(text)).standing.map(({ name }) => name);

test.each([
  ['मारता', 'maarta'],
  ['maarthe', 'marte'],
  ['মারছে', 'marchhe'],
  ['আমাকে', 'amake'],
  ['ମାରୁଛି', 'maruchhi'],
  ['हिंसा', 'hinsa'],
  ['biwi', 'bivi'],
  ['peet', 'pit'],
])('%s and %s are one word', (one, other) => {
  expect(sound(normalise(one))).toBe(sound(normalise(other)));
});

test('without vowels, spellings meet that differ in them', () => {
  expect(bones(sound('khudkushi'))).toBe(bones(sound('khudksi')));
  expect(bones(sound('karunga'))).toBe(bones(sound(normalise('करूँगा'))));
  expect(bones(sound('mera'))).not.toBe(bones(sound('mara')));
});

test('a verb is known with any of its endings, and the form is told', () => {
  expect(names('pati mujhe peetta hai')).toEqual(
    expect.arrayContaining(['husband', 'me', 'hit', 'hit-habit']),
  );
  expect(names('স্বামী আমাকে মারছে')).toEqual(expect.arrayContaining(['husband', 'me', 'hit', 'hit-now']));
});

test('a slip in a long word is forgiven', () => {
  expect(names('khudkuhsi ka khayal, balatkaar, atamhatya')).toEqual(
    expect.arrayContaining(['suicide', 'rape']),
  );
});

test('"me" is the writer in English and "in" in Hindi', () => {
  expect(names('he hit me')).toContain('me');
  expect(names('main ghar me khana bana raha hu')).not.toContain('me');
});

test('what belongs together has a notion in common', () => {
  const { standing } = read('my husband slapped me');
  expect(standing.find(({ name }) => name === 'husband')?.notion).toBe('partner');
});
