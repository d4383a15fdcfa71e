/** One word for one thing, and no word that hurts: the texts against content/glossary.yaml. */
import { LANGUAGES, type Bundle, type Sourced } from '../bundle';
import { fault, findingAt, type Finding } from '../finding';
import type { GlossaryFile } from '../glossary-schema';
import type { Language } from '../model';
import type { Text } from '../texts';

interface Avoided {
  id: string;
  say: readonly string[];
  except: readonly string[];
  pattern: RegExp;
}

/** Names of places are as they are. */
const NOT_OURS = 'place.';

export function checkGlossary({ glossary }: Bundle, texts: readonly Text[]): Finding[] {
  if (!glossary) return [];
  const { names } = glossary.value;
  const avoided = new Map(LANGUAGES.map((language) => [language, avoidedIn(glossary.value, language)]));
  return [
    ...contradictions(glossary),
    ...texts
      .filter(({ key }) => !key.startsWith(NOT_OURS))
      .flatMap((text) => {
        const words = names.reduce((left, name) => left.replaceAll(name, ' '), text.text.normalize('NFC'));
        return (avoided.get(text.language) ?? []).flatMap(({ id, say, except, pattern }) => {
          const found = except.includes(text.key) ? undefined : pattern.exec(words)?.[0];
          if (found === undefined) return [];
          const message = `"${found}" is a word that we avoid. Say ${say.map((word) => `"${word}"`).join(' or ')} (content/glossary.yaml, ${id}).`;
          return [findingAt(text, 'error', message)];
        });
      }),
  ];
}

function avoidedIn({ terms }: GlossaryFile, language: Language): Avoided[] {
  return terms.flatMap(({ id, except, ...inLanguages }) => {
    const { say, avoid } = inLanguages[language];
    return avoid.map((word) => ({ id, say, except, pattern: wholeWord(word) }));
  });
}

/** `\b` knows Latin letters alone. A * at the end takes any ending. */
function wholeWord(word: string): RegExp {
  const isStem = word.endsWith('*');
  const letters = (isStem ? word.slice(0, -1) : word)
    .normalize('NFC')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/ +/g, '\\s+');
  const ending = isStem ? '[\\p{L}\\p{M}]*' : '(?![\\p{L}\\p{M}\\p{N}])';
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${letters}${ending}`, 'iu');
}

/** A word to say that would be refused. */
function contradictions({ value, source }: Sourced<GlossaryFile>): Finding[] {
  return LANGUAGES.flatMap((language) => {
    const avoided = avoidedIn(value, language);
    return value.terms.flatMap((term, i) =>
      term[language].say.flatMap((word, j) => {
        const other = avoided.find(({ pattern }) => pattern.test(word.normalize('NFC')));
        return other
          ? [
              fault(
                source,
                ['terms', i, language, 'say', j],
                `"${word}" is avoided under ${other.id}. Take it out of one of the two.`,
              ),
            ]
          : [];
      }),
    );
  });
}
