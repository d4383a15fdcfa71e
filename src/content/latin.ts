/** Hindi in Latin letters: what stands in where a text is not yet written so. */
import type { Language, Localised } from './model';
import type { LocalisedFile } from './schema';

/** BCP 47: Hindi, script Latin. */
export const LATIN = 'hi-Latn' satisfies Language;

/** Fills the gap from Hindi, or for names of places, which are read in any script, from English. */
export function inEveryLanguage(texts: LocalisedFile, from: 'hi' | 'en' = 'hi'): Localised {
  return { ...texts, [LATIN]: texts[LATIN] ?? texts[from] };
}
