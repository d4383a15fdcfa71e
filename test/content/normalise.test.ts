import fc from 'fast-check';
import { normalise } from '../../src/content/normalise';

describe('normalise', () => {
  test.each([
    ['  YES!! ', 'yes'],
    ['Haan   ji…', 'haan ji'],
    ["don't", 'dont'],
    ['don’t', 'dont'],
    ['1️⃣', '1'],
    ['१', '1'],
    ['২', '2'],
    ['୩', '3'],
    ['(৪)', '4'],
    ['２', '2'],
    ['१८ साल', '18 साल'],
    ['👍', ''],
    ['👨‍👩‍👧 ?!', ''],
    ['हाँ 🙏🏽', 'हां'],
    ['हाँ', normalise('हां')],
    ['café', 'cafe'],
    ['Müller', 'muller'],
    ['line\none', 'line one'],
    ['', ''],
  ])('%j → %j', (typed, expected) => {
    expect(normalise(typed)).toBe(expected);
  });

  it('keeps matras and viramas: they make the word', () => {
    expect(normalise('शिक्षा')).toBe('शिक्षा');
    expect(normalise('স্ত্রী')).toBe('স্ত্রী');
    expect(normalise('ସ୍ତ୍ରୀ')).toBe('ସ୍ତ୍ରୀ');
    expect(normalise('की')).not.toBe(normalise('का'));
    expect(normalise('কো')).toBe('কো');
  });

  it.each([
    ['ज़', '\u095b', '\u091c\u093c'],
    ['ड़', '\u095c', '\u0921\u093c'],
    ['ড়', '\u09dc', '\u09a1\u09bc'],
    ['য়', '\u09df', '\u09af\u09bc'],
    ['ଡ଼', '\u0b5c', '\u0b21\u0b3c'],
  ])('brings composed, decomposed and bare %s to one form', (_, composed, decomposed) => {
    expect(normalise(composed)).toBe(normalise(decomposed));
    expect(normalise(composed)).toBe(decomposed[0]);
  });

  it.each([
    ['ଓଡ଼ିଆ', 'ଓଡିଆ'],
    ['हफ़्ता', 'हफ्ता'],
    ['ୟ', 'ଯ'],
    ['ଵ', 'ବ'],
    ['ୱ', 'ବ'],
    ['ৰ', 'র'],
    ['ক্\u200dষ', 'ক্ষ'],
    ['हाँ\u200c', 'हाँ'],
    ['\ufeffyes\u200b', 'yes'],
  ])('%j and %j are the same answer', (one, other) => {
    expect(normalise(one)).toBe(normalise(other));
  });

  it('changes nothing the second time, whatever is typed', () => {
    const indic = fc.string({
      unit: fc.integer({ min: 0x0900, max: 0x0b7f }).map((code) => String.fromCodePoint(code)),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), indic),
        (typed) => {
          const once = normalise(typed);
          expect(normalise(once)).toBe(once);
          expect(once).toBe(once.normalize('NFC'));
          expect(once).not.toMatch(/^ | $| {2}|[A-Z]/);
        },
      ),
      { seed: 20261124, numRuns: 2000 },
    );
  });
});
