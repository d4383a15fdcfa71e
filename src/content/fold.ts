/** Latin spellings of one sound, brought together: phones write "shaam", "sham" and "saam". Pure. */
import { normalise } from './normalise';

const SAME_SOUND: [spelled: RegExp, sound: string][] = [
  [/sh/g, 's'],
  [/ee/g, 'i'],
  [/oo/g, 'u'],
  [/ph/g, 'f'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/([a-z])\1+/g, '$1'],
];

/**
 * The form in which words for days and hours are compared.
 * In: any text. Out: as `normalise`, with Latin spellings of one sound folded ("Sunday" and numbers stay themselves).
 */
export function fold(text: string): string {
  return SAME_SOUND.reduce((folded, [spelled, sound]) => folded.replace(spelled, sound), normalise(text));
}
