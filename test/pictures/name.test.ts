import { cleanName } from '../../src/pictures/name';
import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});
const clean = (name: string) => cleanName(name, (character) => type.canWrite(character));

test.each(['रमेश कुमार', 'রফিকুল ইসলাম', 'ସନ୍ତୋଷ କୁମ୍ଭାର', "D'Souza-Pérez", 'Mohd. रफ़ीक'])(
  '%s stays as it is',
  (name) => {
    expect(clean(name)).toBe(name.normalize('NFC'));
  },
);

test('joiners stay inside Indic words, and go elsewhere', () => {
  expect(clean('র\u200d্যাপ')).toBe('র\u200d্যাপ');
  expect(clean('R\u200dam\u200c')).toBe('Ram');
});

test.each([
  ['spaces and lines', '  Ramesh \n\t Kumar\u2028', 'Ramesh Kumar'],
  ['right-to-left override', 'Ramesh \u202Ekumar\u202C', 'Ramesh kumar'],
  ['isolates and marks', '\u2067Ram\u2069\u200f', 'Ram'],
  ['control characters', 'Ra\u0000m\u0007', 'Ra m'],
  ['emoji', 'Ravi 👨‍👩‍👧 😀Kumar', 'Ravi Kumar'],
  ['a lone surrogate', 'Ravi\ud83d', 'Ravi'],
  ['a leading vowel sign', '\u093fराम', 'राम'],
  ['a tower of accents', `Z${'\u0335'.repeat(40)}al`, `Z${'\u0335'.repeat(4)}al`],
  ['a word in another script', 'Ravi ரவி', 'Ravi'],
])('%s', (_what, typed, shown) => {
  expect(clean(typed)).toBe(shown);
});

test.each(['', '   ', '😀😀', '...', 'محمد', '\u202e'])('nothing to write: %j', (typed) => {
  expect(clean(typed)).toBeUndefined();
});

test('an endless name is cut between graphemes', () => {
  const shown = clean('क्षि'.repeat(200));
  expect(shown).toBe(`${'क्षि'.repeat(60)}…`);
});
