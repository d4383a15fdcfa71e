/**
 * One form for the many spellings of a word, in whichever script: "मारते", "maarte", "marte" and "maarthe" are the
 * same. What two words lose by that they rarely need: the guard looks at words together.
 */
import { inLatin, scriptOf } from './letters';

/** After these an `h` only breathes: "haath" and "haat", "mujhe" and "muje". */
const BREATHED = new Set('bcdgjkstr');
const SAME: Record<string, string> = { w: 'b', v: 'b', z: 'j', q: 'k', x: 'ks' };
const VOWELS = new Set('aeiou');
/** A word of fewer consonants would lose too much with its vowels. */
const LEAST_BONES = 3;

/**
 * @param word one word as `normalise` leaves it
 * @returns its folded form, for comparison only; the same for the lexicon and for what people type
 */
export function sound(word: string): string {
  const script = scriptOf(word);
  return fold(script ? inLatin(word, script) : word);
}

function fold(word: string): string {
  let out = '';
  let last = '';
  for (let index = 0; index < word.length; index += 1) {
    const letter = word.charAt(index);
    let next = SAME[letter] ?? letter;
    if (letter === 'h') {
      if (last === 'p') {
        out = `${out.slice(0, -1)}f`;
        last = 'f';
        continue;
      }
      // "woh" and "wo", "haath" and "haat"
      if (BREATHED.has(last) || (index > 0 && index === word.length - 1)) continue;
    }
    if (letter === 'y' && last === 'i') continue;
    if (letter === 'k' && last === 'c') {
      out = `${out.slice(0, -1)}k`;
      last = 'k';
      continue;
    }
    if (next === last) {
      if (letter !== 'e' && letter !== 'o') continue;
      // "ee" and "oo" are the long i and u.
      next = letter === 'e' ? 'i' : 'u';
      out = out.slice(0, -1);
    }
    out += next;
    last = next.charAt(next.length - 1);
  }
  return out;
}

/**
 * @param folded a word as `sound` leaves it
 * @returns its consonants, with a vowel only where it begins with one; short words keep all but `a`: what stays the
 *   same when vowels and nasals are left out or heard otherwise ("khudkushi", "khudkhushi", "khudksi")
 */
export function bones(folded: string): string {
  let out = '';
  let consonants = 0;
  for (let index = 0; index < folded.length; index += 1) {
    const letter = folded.charAt(index);
    if (VOWELS.has(letter)) {
      if (index === 0) out += 'a';
      continue;
    }
    consonants += 1;
    const isNasal = letter === 'n' && index + 1 < folded.length && !VOWELS.has(folded.charAt(index + 1));
    if (isNasal) continue;
    out += letter;
  }
  if (consonants >= LEAST_BONES) return out;
  return folded.length < LEAST_BONES ? folded : folded.charAt(0) + folded.slice(1).replaceAll('a', '');
}
