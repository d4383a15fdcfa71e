/** Words for days and hours, by what they mean. Built once from content/when.yaml. */
import { fold } from '../../content/fold';
import { normalise } from '../../content/normalise';
import type { WhenWords } from '../../content/model';

/**
 * What a piece of text is, as one letter, so that a sentence becomes a string that patterns can be matched on:
 * D date in digits, C hour in digits, N number, W weekday, M month, R days ahead, L past, P part of the day,
 * A am or pm, F fraction, H an hour with its own word, K "o'clock", T "th", X next, Y coming, Z day, E week,
 * O month (the word), Q year, B later, I in, m minutes, U until, V "o'clock" and until in one, u said of what was read, f filler, o anything else.
 */
/** One letter of the above. */
export type Kind = string;

export interface Sense {
  kind: Kind;
  /** ISO weekday, month, days ahead, number, minutes; minutes since midnight for H; empty for the others. */
  value?: number;
  /** Part or half of the day. */
  name?: string;
}

export interface Lexicon {
  /** What these words mean; several where a number shares its word with another. */
  senses: (words: string) => readonly Sense[] | undefined;
  /** The number or hour in a word that "o'clock" was written on to: "panchtay" → 5, and what it was. */
  joined: (word: string) => readonly [Sense, Sense] | undefined;
  /** Most words in one phrase. */
  longest: number;
}

/** Every phrase as it is written in content/when.yaml, with its meaning. */
function* phrasesOf(words: WhenWords): Generator<{ phrase: string; sense: Sense }> {
  const numbered: [kind: Kind, groups: Record<string, string[]>][] = [
    ['W', words.weekdays],
    ['M', words.months],
    ['R', words.ahead],
    ['N', words.numbers],
    ['F', words.fractions],
  ];
  for (const [kind, groups] of numbered) {
    for (const [key, phrases] of Object.entries(groups)) {
      for (const phrase of phrases) yield { phrase, sense: { kind, value: Number(key) } };
    }
  }
  for (const [key, phrases] of Object.entries(words.hours)) {
    const [hour = 0, minute = 0] = key.split(':').map(Number);
    for (const phrase of phrases) yield { phrase, sense: { kind: 'H', value: hour * 60 + minute } };
  }
  for (const [kind, groups] of [
    ['P', words.parts],
    ['A', words.halves],
  ] as const) {
    for (const [name, phrases] of Object.entries(groups)) {
      for (const phrase of phrases) yield { phrase, sense: { kind, name } };
    }
  }
  for (const [section, kind] of PLAIN) {
    for (const phrase of words[section]) yield { phrase, sense: { kind } };
  }
}

const PLAIN = [
  ['past', 'L'],
  ['clock', 'K'],
  ['minutes', 'm'],
  ['from', 'V'],
  ['date', 'T'],
  ['next', 'X'],
  ['coming', 'Y'],
  ['day', 'Z'],
  ['week', 'E'],
  ['month', 'O'],
  ['later', 'B'],
  ['in', 'I'],
  ['until', 'U'],
  ['ending', 'u'],
  ['fillers', 'f'],
] as const satisfies [keyof WhenWords, Kind][];

/** Shorter words are taken at their letters only: "soon" is not "sun", "free" not "fri". */
const SHORTEST_FOLDED = 4;

/** Prepares the words for looking up. Pure; about a millisecond. */
export function createLexicon(words: WhenWords): Lexicon {
  const exact = new Map<string, Sense[]>();
  const folded = new Map<string, Sense[]>();
  let longest = 1;
  for (const { phrase, sense } of phrasesOf(words)) {
    const said = normalise(phrase);
    add(exact, said, sense);
    if (said.length >= SHORTEST_FOLDED) add(folded, fold(phrase), sense);
    longest = Math.max(longest, said.split(' ').length);
  }
  const senses = (said: string) => exact.get(normalise(said)) ?? folded.get(fold(said));
  const endings = [
    ...words.joined.map((ending) => ({ ending: fold(ending), kind: 'K' })),
    ...words.from.map((ending) => ({ ending: fold(ending), kind: 'V' })),
  ].toSorted((one, other) => other.ending.length - one.ending.length);
  return {
    senses,
    longest,
    joined(typed) {
      const word = fold(typed);
      for (const { ending, kind } of endings) {
        if (!word.endsWith(ending) || word.length === ending.length) continue;
        const hour = senses(word.slice(0, -ending.length))?.find((sense) => 'NH'.includes(sense.kind));
        if (hour) return [hour, { kind }];
      }
      return undefined;
    },
  };
}

function add(senses: Map<string, Sense[]>, said: string, sense: Sense): void {
  const known = senses.get(said) ?? [];
  if (!known.some(({ kind, value }) => kind === sense.kind && value === sense.value))
    senses.set(said, [...known, sense]);
}
