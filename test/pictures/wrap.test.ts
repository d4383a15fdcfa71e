import fc from 'fast-check';
import { createTypesetter } from '../../src/pictures/typesetter';
import { wrap } from '../../src/pictures/wrap';

const byLength = (text: string) => text.length * 10;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

test('breaks at spaces, into lines about equally long', () => {
  expect(wrap('one two three four five six', 200, byLength)).toEqual({
    lines: ['one two three', 'four five six'],
    broken: false,
  });
});

test('a short text is one line, an empty one none', () => {
  expect(wrap('  one   two ', 100, byLength).lines).toEqual(['one two']);
  expect(wrap(' ', 100, byLength).lines).toEqual([]);
});

test('a word too wide for a line is broken, and says so', () => {
  expect(wrap('a abcdefghij', 40, byLength)).toEqual({ lines: ['a', 'abcd', 'efgh', 'ij'], broken: true });
});

test.each(['क्षत्रियप्रतिश्रुतिशृंगार', 'প্রতিশ্রুতিবন্ধুত্বসম্মান', 'ପ୍ରତିଶ୍ରୁତିସମ୍ମାନକ୍ଷତ୍ରିୟ'])(
  'a consonant keeps its vowel sign wherever %s is broken',
  async (word) => {
    const type = await createTypesetter();
    const { lines, broken } = wrap(word, 120, (text) => type.width(text, { size: 48, weight: 'bold' }));
    expect(broken).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.flatMap(split)).toEqual(split(word));
    for (const line of lines) expect(line).not.toMatch(/^\p{M}/u);
  },
);

test('whatever the words and the width: nothing lost, no grapheme torn, no line too wide', () => {
  const syllable = fc.constantFrom('क्ष', 'त्रि', 'य', 'प्र', 'শ্রু', 'তি', 'ସ୍ତ୍ରୀ', 'ଆ', 'a', 'W', 'é', '👨‍👩‍👧');
  const word = fc.array(syllable, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 60, max: 900 }), (words, width) => {
      const { lines, broken } = wrap(words.join(' '), width, byLength);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      expect(lines.flatMap((line) => split(line.replaceAll(' ', '')))).toEqual(words.flatMap(split));
      for (const line of lines) if (split(line).length > 1) expect(byLength(line)).toBeLessThanOrEqual(width);
      if (!broken) expect(lines.flatMap((line) => line.split(' '))).toEqual(words);
    }),
  );
});
