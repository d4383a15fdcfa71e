/**
 * Devanagari, Bengali and Odia in Latin letters, roughly as people type them, so that "मारता" and "maarta" are one
 * word to the guard. The three blocks of Unicode lie alike: a letter's place in its block says what it is.
 */
import type { ScriptLanguage } from '../../content/model';

const BLOCKS: readonly [start: number, language: ScriptLanguage][] = [
  [0x900, 'hi'],
  [0x980, 'bn'],
  [0xb00, 'or'],
];
const BLOCK_SIZE = 0x80;

const CONSONANTS = new Map<number, string>();
[
  ...['k', 'k', 'g', 'g', 'n', 'c', 'c', 'j', 'j', 'n', 't', 't', 'd', 'd', 'n', 't', 't', 'd', 'd', 'n'],
  ...['n', 'p', 'f', 'b', 'b', 'm', 'y', 'r', 'r', 'l', 'l', 'l', 'b', 's', 's', 's', 'h'],
].forEach((latin, index) => CONSONANTS.set(0x15 + index, latin));

const VOWELS = new Map([
  [0x05, 'a'],
  [0x06, 'a'],
  [0x07, 'i'],
  [0x08, 'i'],
  [0x09, 'u'],
  [0x0a, 'u'],
  [0x0b, 'ri'],
  [0x0d, 'e'],
  [0x0f, 'e'],
  [0x10, 'ai'],
  [0x11, 'o'],
  [0x13, 'o'],
  [0x14, 'au'],
]);
const SIGNS = new Map([
  [0x3e, 'a'],
  [0x3f, 'i'],
  [0x40, 'i'],
  [0x41, 'u'],
  [0x42, 'u'],
  [0x43, 'ri'],
  [0x45, 'e'],
  [0x47, 'e'],
  [0x48, 'ai'],
  [0x49, 'o'],
  [0x4b, 'o'],
  [0x4c, 'au'],
]);
const VIRAMA = 0x4d;
const YA = 0x2f;
/** The vowel that a bare letter carries; written large until it is known whether it is heard. */
const INHERENT = { hi: 'A', bn: 'O', or: 'a', en: 'a' };
/** "मारता" is said "marta", "মারছে" marchhe: between two syllables Hindi and Bengali drop the bare vowel. */
const UNHEARD = /(?<=[aeiouAO][^aeiouAO]{1,2})[AO](?=[^aeiouAO][aeiou])/g;

/** @returns the language whose script a letter belongs to; undefined for Latin letters, digits and other scripts */
export function scriptOf(word: string): ScriptLanguage | undefined {
  const code = word.charCodeAt(0);
  return BLOCKS.find(([start]) => code >= start && code < start + BLOCK_SIZE)?.[1];
}

/**
 * @param word in Devanagari, Bengali or Odia script, as `normalise` leaves it
 * @returns it in Latin letters; what is no letter of these scripts stays as it is
 */
export function inLatin(word: string, language: ScriptLanguage): string {
  let out = '';
  /** A consonant waits to hear whether a vowel of its own follows. */
  let isBare = false;
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    const place = code >= 0x900 && code < 0xb80 ? code % BLOCK_SIZE : -1;
    const consonant = CONSONANTS.get(place);
    const sign = SIGNS.get(place);
    if (consonant !== undefined) {
      if (isBare) out += INHERENT[language];
      out += place === YA && index === 0 && language !== 'hi' ? 'j' : consonant;
      isBare = true;
    } else if (sign !== undefined) {
      out += sign;
      isBare = false;
    } else if (place === VIRAMA) isBare = false;
    else if (VOWELS.has(place)) {
      if (isBare) out += INHERENT[language];
      out += VOWELS.get(place) ?? '';
      isBare = false;
    } else if (place < 0 || place > 0x03) {
      // a digit or a letter of another script
      out += word.charAt(index);
      isBare = false;
    } else {
      if (isBare) out += INHERENT[language];
      isBare = false;
      // a nasal is heard before a consonant ("हिंसा" hinsa), and hardly at the end ("हूँ" hu)
      if (CONSONANTS.has(word.charCodeAt(index + 1) % BLOCK_SIZE) && index + 1 < word.length) out += 'n';
    }
  }
  if (language !== 'or') return out.replace(UNHEARD, '').toLowerCase();
  return isBare ? out + INHERENT.or : out;
}
