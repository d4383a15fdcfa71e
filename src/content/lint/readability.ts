/** Is it easy to read? Advice only: long sentences by place, long and rare words in a table. docs/adding-a-lesson.md has the limits. */
import { LANGUAGES } from '../bundle';
import { findingAt, type Finding } from '../finding';
import type { Language } from '../model';
import type { Text } from '../texts';

interface Limits {
  /** Words in a sentence. */
  sentence: number;
  /** Letters in a word, each with its signs (a matra or a virama is no letter of its own). */
  word: number;
}

/**
 * A little above what the first fifty-two lessons needed: of their sentences, one in some three hundred is longer.
 * Bengali and Odia put endings where Hindi and English put words, so that their sentences have fewer.
 */
export const LIMITS: Record<Language, Limits> = {
  hi: { sentence: 24, word: 6 },
  bn: { sentence: 22, word: 7 },
  or: { sentence: 22, word: 7 },
  en: { sentence: 24, word: 11 },
  'hi-Latn': { sentence: 24, word: 11 },
};

/** What a Saathi reads of a lesson; titles and options are short by other rules. */
const READ =
  /^lesson\.(\d+)\.(lesson|question\.ask|question\.feedback\.\d|reflection|action|checkin|sms|spoken)$/;
/** A colon ends a thought as well as a full stop does. */
const SENTENCE_END = /[.!?।॥:;]+["”'’)]*(?:\s+|$)|\n+/u;
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;
const SHOWN = 5;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const lettersIn = (word: string) => [...graphemes.segment(word)].length;

interface Measured {
  text: Text;
  week: string;
  /** Words of each sentence. */
  sentences: string[][];
}

function measure(texts: readonly Text[]): Measured[] {
  return texts.flatMap((text) => {
    const week = READ.exec(text.key)?.[1];
    if (week === undefined) return [];
    const sentences = text.text
      .split(SENTENCE_END)
      .map((sentence) => sentence.match(WORD) ?? [])
      .filter(({ length }) => length > 0);
    return [{ text, week, sentences: sentences.map((words) => [...words]) }];
  });
}

/** A warning for each sentence that is longer than most. */
export function checkReadability(texts: readonly Text[]): Finding[] {
  return measure(texts).flatMap(({ text, sentences }) => {
    const { sentence: limit } = LIMITS[text.language];
    return sentences
      .filter(({ length }) => length > limit)
      .map((words) =>
        findingAt(
          text,
          'warning',
          `a sentence of ${words.length} words ("${words.slice(0, 4).join(' ')} …"), over ${limit}. Make two of it if you can.`,
        ),
      );
  });
}

/** A line a language: words a sentence, the lessons with the longest, and long words that stand in one lesson alone. */
export function readabilityTable(texts: readonly Text[]): string {
  const measured = measure(texts);
  const lines = LANGUAGES.map((language) => {
    const mine = measured.filter(({ text }) => text.language === language);
    const weeks = [...new Set(mine.map(({ week }) => week))].map((week) => ({
      week,
      average: average(mine.filter((each) => each.week === week)),
    }));
    const hardest = weeks.toSorted((one, other) => other.average - one.average).slice(0, 3);
    const rare = rareWords(mine, LIMITS[language].word);
    return [
      language.padEnd(9),
      average(mine).toFixed(1).padStart(5),
      `  ${hardest.map(({ week, average: words }) => `week ${week} (${words.toFixed(1)})`).join(', ')}`.padEnd(
        44,
      ),
      `${rare.length}${rare.length > 0 ? `, such as ${rare.slice(0, SHOWN).join(', ')}` : ''}`,
    ].join('');
  });
  return [
    'Easy to read? Words a sentence, the lessons with the longest sentences, long words in one lesson alone:',
    ...lines,
  ].join('\n');
}

function average(measured: readonly Measured[]): number {
  const lengths = measured.flatMap(({ sentences }) => sentences.map(({ length }) => length));
  return lengths.length === 0 ? 0 : lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}

/** Longest first. In Indic texts a word in Latin letters is a name. */
function rareWords(measured: readonly Measured[], limit: number): string[] {
  const weeks = new Map<string, Set<string>>();
  for (const { text, week, sentences } of measured)
    for (const word of sentences.flat()) {
      const isLatin = text.language === 'en' || text.language === 'hi-Latn';
      if (!isLatin && /\p{Script=Latin}/u.test(word)) continue;
      weeks.set(word, (weeks.get(word) ?? new Set()).add(week));
    }
  return [...weeks]
    .filter(([word, where]) => where.size === 1 && lettersIn(word) > limit)
    .map(([word]) => word)
    .toSorted((one, other) => lettersIn(other) - lettersIn(one) || one.localeCompare(other, 'en'));
}
