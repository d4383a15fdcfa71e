/** An age as people type it. Whoever says more than his age is asked again: "under 18" holds an 18 too. */
import { normalise } from '../src/content/normalise';

/** Words that people put beside their age and that change nothing about it. */
const BESIDE_AN_AGE = new Set(
  [
    ...['i', 'am', 'im', 'my', 'age', 'is', 'of', 'years', 'year', 'yrs', 'yr', 'y', 'old', 'now'],
    ...[
      'main',
      'mai',
      'mein',
      'meri',
      'mera',
      'mujhe',
      'umar',
      'umr',
      'umra',
      'saal',
      'sal',
      'varsh',
      'baras',
    ],
    ...['ka', 'ki', 'ke', 'hun', 'hu', 'hoon', 'hai', 'h', 'ji', 'haan', 'han', 'abhi'],
    ...[
      'मैं',
      'मेरी',
      'मेरा',
      'उम्र',
      'उमर',
      'आयु',
      'साल',
      'वर्ष',
      'बरस',
      'का',
      'की',
      'के',
      'हूँ',
      'है',
      'जी',
      'हाँ',
      'अभी',
    ],
    ...['ami', 'amar', 'boyos', 'bayas', 'bochor', 'bochhor', 'hyan'],
    ...['আমি', 'আমার', 'বয়স', 'বছর', 'বছরের', 'এখন', 'হ্যাঁ', 'এর'],
    ...['mu', 'mo', 'mora', 'bayasa', 'barsha', 'barsa', 'ebe'],
    ...['ମୁଁ', 'ମୋ', 'ମୋର', 'ବୟସ', 'ବର୍ଷ', 'ବର୍ଷର', 'ଏବେ', 'ହଁ', 'ଅଟେ', 'ହେଲା'],
  ].map(normalise),
);

const YOUNGEST = 5;
const OLDEST = 110;

/**
 * His age in whole years, in any script: `34`, `१९ साल`, `main 25 ka hun`. Undefined when there is none, when there
 * are two numbers, or when anything else is said beside it ("under 18", "my son is 10").
 */
export function ageFrom(text: string): number | undefined {
  const words = normalise(text)
    .replace(/(\d)(?=\p{L})/gu, '$1 ')
    .split(' ')
    .filter((word) => !BESIDE_AN_AGE.has(word));
  if (words.length !== 1 || !/^\d{1,3}$/.test(words[0] ?? '')) return undefined;
  const age = Number(words[0]);
  return age >= YOUNGEST && age <= OLDEST ? age : undefined;
}
