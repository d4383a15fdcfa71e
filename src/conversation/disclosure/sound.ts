/**
 * One form for the many spellings of a word, so that the lexicon holds each word once: "maarte", "marte" and
 * "maarthe" are the same, as are long and short vowels in Devanagari, Bengali and Odia.
 */

/** After these an `h` only breathes: "haath" and "haat", "mujhe" and "muje". */
const BREATHED = new Set('bcdgjkst');
const SAME_LATIN: Record<string, string> = { w: 'v', z: 'j', q: 'k' };

/** The three Indic blocks lie alike: a letter's place in its block says what it is. */
const SAME_INDIC = new Map([
  [0x40, 0x3f], // long i → short i (sign)
  [0x42, 0x41], // long u → short u (sign)
  [0x08, 0x07], // long i → short i (letter)
  [0x0a, 0x09], // long u → short u (letter)
  [0x36, 0x38], // śa → sa
  [0x37, 0x38], // ṣa → sa
  [0x23, 0x28], // ṇa → na
  [0x33, 0x32], // ḷa → la
]);
/** Candrabindu, anusvara and visarga are left out as often as they are typed. */
const LAST_NASAL = 0x03;

/**
 * @param word one word as `normalise` leaves it
 * @returns its folded form, for comparison only; the same for the lexicon and for what people type
 */
export function sound(word: string): string {
  const first = word.charCodeAt(0);
  if (first >= 0x900 && first < 0xb80) return indic(word);
  return first < 0x80 ? latin(word) : word;
}

function latin(word: string): string {
  let out = '';
  let last = '';
  for (let index = 0; index < word.length; index += 1) {
    const letter = word.charAt(index);
    let next = SAME_LATIN[letter] ?? letter;
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
    if (next === last) {
      if (letter !== 'e' && letter !== 'o') continue;
      // "ee" and "oo" are the long i and u.
      next = letter === 'e' ? 'i' : 'u';
      out = out.slice(0, -1);
    }
    out += next;
    last = next;
  }
  return out;
}

function indic(word: string): string {
  let out = '';
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    if (code < 0x900 || code >= 0xb80) {
      out += word.charAt(index);
      continue;
    }
    const place = code & 0x7f;
    if (place <= LAST_NASAL) continue;
    out += String.fromCharCode(code - place + (SAME_INDIC.get(place) ?? place));
  }
  return out;
}
