import fc from 'fast-check';
import { countSegments, splitText } from '../../../src/channels/twilio/segments';

test.each([
  ['', 'GSM-7', 0],
  ['a'.repeat(160), 'GSM-7', 1],
  ['a'.repeat(161), 'GSM-7', 2],
  ['€'.repeat(80), 'GSM-7', 1], // two places each
  ['€'.repeat(81), 'GSM-7', 2],
  ['क'.repeat(70), 'UCS-2', 1],
  ['क'.repeat(71), 'UCS-2', 2],
  ['क'.repeat(134), 'UCS-2', 2],
  ['क'.repeat(135), 'UCS-2', 3],
  ['क'.repeat(201), 'UCS-2', 3],
])('%# %s… %s in %i segments', (text, encoding, segments) => {
  expect(countSegments(text)).toMatchObject({ encoding, segments });
});

test('one rupee sign makes a plain text dear, and is named', () => {
  expect(countSegments(`Fee ₹0 ${'a'.repeat(70)}`)).toEqual({
    encoding: 'UCS-2',
    segments: 2,
    nonGsm: ['₹'],
  });
});

test('breaks come after a paragraph, a line, a sentence, a word', () => {
  expect(splitText('पहली बात।\n\nदूसरी बात यहाँ है।', 20)).toEqual(['पहली बात।', 'दूसरी बात यहाँ है।']);
  expect(splitText('One is here. Two is there.', 16)).toEqual(['One is here.', 'Two is there.']);
  expect(splitText('alpha beta gamma', 11)).toEqual(['alpha beta', 'gamma']);
});

test('a grapheme is never torn, even where it alone is longer than a piece', () => {
  expect(splitText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 11)).toEqual(['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']);
  expect(splitText('क्षि'.repeat(3), 5)).toEqual(['क्षि', 'क्षि', 'क्षि']);
  expect(splitText('👨‍👩‍👧‍👦x', 3)).toEqual(['👨‍👩‍👧‍👦', 'x']);
});

test('nothing but white space is lost, and every piece fits', () => {
  const letters = fc.constantFrom('a', 'क', 'ि', '्', 'ষ', ' ', '\n', '।', '😀', '👨‍👩‍👧', '\u0301');
  const text = fc.array(letters, { maxLength: 300 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 160 }), (original, limit) => {
      const pieces = splitText(original, limit);
      const bare = (value: string) => value.normalize('NFC').replace(/\s+/g, '');
      expect(bare(pieces.join(' '))).toBe(bare(original));
      for (const piece of pieces) expect(piece).not.toBe('');
      for (const piece of pieces)
        if ([...new Intl.Segmenter('en').segment(piece)].length > 1)
          expect(piece.length).toBeLessThanOrEqual(limit);
    }),
  );
});

test('a limit that holds nothing is refused', () => {
  expect(() => splitText('abc', 0)).toThrow(RangeError);
});
