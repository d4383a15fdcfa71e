/** A person's name as it may stand on a picture. */
/** Zero width joiner and non-joiner: part of the spelling inside Indic words, nowhere else. */
const JOINERS = /[\u200c\u200d]/u;
const INDIC = /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Oriya}]/u;
/** Direction marks, soft hyphens and the like; private and unassigned characters. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** More than anybody's name that was typed in good faith. */
const LONGEST = 60;

/**
 * Makes a typed name fit for a picture: no control or direction characters, no emoji, no towers of accents, single
 * spaces, at most 60 graphemes. A word of which the bundled fonts lack a letter is left out whole: a mutilated name
 * is worse than a shorter one. @param canWrite whether the fonts have a character (one code point).
 * @returns the name, or `undefined` where nothing is left to write.
 */
export function cleanName(typed: string, canWrite: (character: string) => boolean): string | undefined {
  const words = typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .split(/\s+/u)
    .map((word) => cleanWord(word, canWrite))
    .filter((word) => word !== '');
  const name = shorten(words.join(' '));
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

function cleanWord(word: string, canWrite: (character: string) => boolean): string {
  const characters = Array.from(word);
  if (characters.some((character) => /\p{L}/u.test(character) && !canWrite(character))) return '';
  const kept = characters.filter((character, index) =>
    JOINERS.test(character)
      ? INDIC.test(characters[index - 1] ?? '')
      : canWrite(character) && !INVISIBLE.test(character),
  );
  return kept
    .join('')
    .replace(/^\p{M}+/u, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

function shorten(name: string): string {
  const parts = [...graphemes.segment(name)].map(({ segment }) => segment);
  return parts.length <= LONGEST ? name : `${parts.slice(0, LONGEST).join('').trimEnd()}…`;
}
