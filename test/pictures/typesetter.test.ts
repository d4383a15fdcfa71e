import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';
import { writeDate } from '../../src/pictures';
import { LANGUAGES, content, translate } from './support';

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});

const numbers = (text: string) => type.shape(text, 'regular').glyphs.map(({ glyph }) => glyph);
const width = (text: string) => type.shape(text, 'regular').width;

describe('shaping', () => {
  test.each([
    ['Devanagari', 'क्षत्रिय'],
    ['Bengali', 'প্রতিশ্রুতি'],
    ['Odia', 'ପ୍ରତିଶ୍ରୁତି'],
  ])('%s conjuncts are formed: %s is narrower than with its consonants held apart', (_script, word) => {
    const apart = word.replace(/[\u094d\u09cd\u0b4d]/g, '$&\u200c');
    expect(apart).not.toBe(word);
    expect(numbers(word).length).toBeLessThan(Array.from(word).length);
    expect(width(word)).toBeLessThan(width(apart) * 0.95);
  });

  test.each([
    ['Devanagari', 'क', 'कि'],
    ['Bengali', 'ক', 'কি'],
    ['Bengali', 'ক', 'কে'],
    ['Odia', 'କ', 'କେ'],
  ])('%s: the vowel sign spoken after %s stands before it in %s', (_script, consonant, syllable) => {
    const [own] = numbers(consonant);
    expect(numbers(syllable)).toHaveLength(2);
    expect(numbers(syllable)[1]).toBe(own);
  });

  test.each([
    ['क', 'का', 'काम', 'म'],
    ['ক', 'কা', 'কাম', 'ম'],
    ['କ', 'କା', 'କାମ', 'ମ'],
  ])('the pen moves past every glyph of a syllable: in %s, %s, %s', (consonant, syllable, word, next) => {
    const sign = width(syllable) - width(consonant);
    expect(sign).toBeGreaterThan(0.15);
    const letters = type.shape(word, 'regular').glyphs;
    expect(letters.at(-1)?.x).toBeCloseTo(width(consonant) + sign, 2);
    expect(width(word)).toBeCloseTo(width(syllable) + width(next), 2);
  });

  test('a name of several scripts is written in several fonts, nothing of it lost', () => {
    const name = 'Mohd. रफ़ीक (রফিক) ରଫିକ';
    const runs = type.runs(name);
    expect(runs.map(({ text }) => text).join('')).toBe(name);
    expect(new Set(runs.map(({ family }) => family)).size).toBe(4);
    expect(numbers(name)).not.toContain(0);
  });

  test('joiners and dandas stay with the letters before them', () => {
    expect(type.runs('र\u094d\u200dय है।')).toHaveLength(1);
    expect(type.runs('করব।')).toHaveLength(1);
    expect(type.runs('କରିବି।')).toHaveLength(1);
  });

  test('an Odia danda keeps clear of the word', () => {
    expect(width('ନାହିଁ।')).toBeGreaterThan(width('ନାହିଁ') + width('।'));
    expect(width('नहीं।')).toBeCloseTo(width('नहीं') + type.shape('ह।', 'regular').width - width('ह'), 3);
  });
});

describe('the fonts cover all that is written on certificates', () => {
  test('a missing character would be noticed', () => {
    expect(numbers('😀')).toContain(0);
    expect(type.canWrite('😀')).toBe(false);
    expect(type.canWrite('ژ')).toBe(false);
  });

  test.each(LANGUAGES)('%s', (language) => {
    const say = (key: string) => translate({ key }, language);
    const texts = [
      ...['heading', 'lead', 'pledge', 'role', 'campaign'].map((key) => say(`certificate.${key}`)),
      ...content.pledges.flatMap(({ text, title }) => [text[language], title[language]]),
      ...Array.from({ length: 12 }, (_, month) => writeDate(new Date(Date.UTC(2026, month, 15)), language)),
    ];
    for (const text of texts) {
      for (const weight of ['regular', 'bold'] as const) {
        const missing = type.shape(text, weight).glyphs.filter(({ glyph }) => glyph === 0);
        expect({ text, missing }).toEqual({ text, missing: [] });
      }
      expect(Array.from(text).filter((character) => !type.canWrite(character))).toEqual([]);
    }
  });
});

test('nothing of a text can become markup', () => {
  const svg = type.line('</g><script>alert(1)</script>&amp;"\'', 0, 0, {
    size: 10,
    weight: 'bold',
    fill: '#000',
  });
  expect(svg).toMatch(/^<g fill="#000">(<path transform="matrix\([-\d. e]+\)" d="[-MLQCZ\d., ]+"\/>)+<\/g>$/);
});
