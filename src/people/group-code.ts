/** Codes that can be read aloud and typed on any phone. */
import { createHash } from 'node:crypto';

/** Without I L O and 0 1, which look alike; without vowels, so that no word comes about. */
const LETTERS = 'BCDFGHJKMNPQRSTVWXZ';
const DIGITS = '23456789';

/**
 * `KTR47`: three letters and two digits, the same for the same seed, so that an order carried out twice asks for
 * the same code. 438,976 codes: with 500 groups one in a thousand is taken, and the next attempt asks for another.
 */
export function groupCode(seed: string, attempt: number): string {
  const bytes = createHash('sha256').update(`${seed} ${attempt}`).digest();
  const pick = (signs: string, at: number) => signs.charAt(bytes.readUInt32BE(at * 4) % signs.length);
  return [0, 1, 2].map((at) => pick(LETTERS, at)).join('') + pick(DIGITS, 3) + pick(DIGITS, 4);
}
