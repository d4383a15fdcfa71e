/** What people type, brought to one form. Pure: the conversation and the lint of content share it. */

/** Zero of each script whose digits our Saathis type: Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Arabic-Indic (two). */
const DIGIT_ZEROS = [0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0660, 0x06f0];

/** Nukta of Devanagari, Bengali, Gurmukhi, Gujarati and Odia. */
const NUKTAS = '\u093c\u09bc\u0a3c\u0abc\u0b3c';
const NUKTA = new RegExp(`[${NUKTAS}]`, 'gu');

/** Letters that Unicode keeps apart (no decomposition) but people type for each other. */
const LOOK_ALIKES = new Map([
  ['\u0b5f', '\u0b2f'], // ୟ → ଯ
  ['\u0b71', '\u0b2c'], // ୱ → ବ
  ['\u0b35', '\u0b2c'], // ଵ → ବ
  ['\u09f0', '\u09b0'], // ৰ → র
  ['\u0901', '\u0902'], // ँ → ं: keyboards often leave out the half-moon
]);
const LOOK_ALIKE = new RegExp([...LOOK_ALIKES.keys()].join('|'), 'gu');

/** ZWJ, ZWNJ, zero-width space, word joiner, byte order mark, direction marks, soft hyphen, variation selectors, keycap. */
const ZERO_WIDTH =
  /\u20e3|\p{Variation_Selector}|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/** Accents on Latin letters only: the same Unicode category holds every matra and virama. */
const LATIN_ACCENT = /[\u0300-\u036f]/gu;

/** Apostrophes inside a word vanish ("don't" = "dont"), all else that is no letter, mark or number is a gap. */
const APOSTROPHE = /['’‘`´]/gu;
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * Brings a typed text to the form in which it is compared.
 * In: any text, in any script. Out: NFC, lower case, Indic digits as ASCII digits, nukta variants and Latin
 * accents folded, zero-width characters, punctuation and emoji gone, words separated by one space; matras and
 * viramas stay. Idempotent; a text of nothing but emoji or punctuation gives ''.
 */
export function normalise(text: string): string {
  return text
    .replace(APOSTROPHE, '')
    .normalize('NFKD')
    .replace(LATIN_ACCENT, '')
    .replace(ZERO_WIDTH, '')
    .replace(NUKTA, '')
    .normalize('NFC')
    .replace(LOOK_ALIKE, (letter) => LOOK_ALIKES.get(letter) ?? letter)
    .toLowerCase()
    .replace(LATIN_ACCENT, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(NO_WORD, ' ')
    .trim();
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = DIGIT_ZEROS.find((start) => code >= start && code <= start + 9);
  return zero === undefined ? digit : String(code - zero);
}
