/** A message as the guard reads it: its folded words, and the concepts that specialists listed (content/care). */
import type { Concept, DisclosureWords, ScriptLanguage } from '../../content/model';
import { Lexicon, type Standing } from './lexicon';
import { scriptOf } from './letters';
import { sound } from './sound';

export interface Reading {
  /** Folded words, in their order. */
  words: string[];
  /** In the order of their first word. */
  standing: Standing[];
}

/** @param typed one message as `normalise` leaves it */
export type Reader = (typed: string) => Reading;

/** Fewer small words than this say nothing about a message's language: "me" is Hindi, and English. */
const SURE_FROM = 2;
/** English words of so many letters are known in the midst of any language: "husband", "help", "acid". */
const BORROWED_FROM = 4;

/** Made once per content. */
export function createReader(
  words: Record<ScriptLanguage, DisclosureWords>,
  concepts: Record<string, Concept>,
): Reader {
  const lexicon = new Lexicon();
  const languages = Object.keys(words) as ScriptLanguage[];
  const bitOf = (language: ScriptLanguage) => 1 << languages.indexOf(language);
  const all = (1 << languages.length) - 1;
  const marks = new Map<string, number>();
  for (const language of languages) {
    const bit = bitOf(language);
    const { marks: marked, concepts, verbs, endings } = words[language];
    for (const mark of marked) marks.set(sound(mark), (marks.get(sound(mark)) ?? 0) | bit);
    for (const [name, phrases] of Object.entries(concepts))
      for (const phrase of phrases) lexicon.add(phrase, name, bit);
    for (const [verb, stems] of Object.entries(verbs))
      for (const stem of stems)
        for (const [form, ends] of Object.entries(endings))
          for (const end of ends) {
            lexicon.add(stem + end, verb, bit, false);
            lexicon.add(stem + end, `${verb}-${form}`, bit, false);
          }
  }

  /** Which languages is it in, by its small words? All of them when too little says so. */
  function languagesOf(folded: readonly string[]): number {
    const votes = languages.map(() => 0);
    for (const word of folded) {
      const mark = marks.get(word) ?? 0;
      for (let index = 0; index < languages.length; index += 1)
        if (mark & (1 << index)) votes[index] = (votes[index] ?? 0) + 1;
    }
    const most = Math.max(...votes);
    if (most < SURE_FROM) return all;
    return votes.reduce((bits, count, index) => (count * 3 >= most * 2 ? bits | (1 << index) : bits), 0);
  }

  const standingIn = (folded: string[], allowed: number[]) =>
    lexicon.find(folded, allowed).map((one) => {
      const notion = concepts[one.name]?.of;
      return notion === undefined ? one : { ...one, notion };
    });

  return function read(typed) {
    const tokens = typed.split(' ');
    const folded = tokens.map(sound);
    const latin = languagesOf(folded);
    const english = bitOf('en');
    const allowed = tokens.map((token) => {
      const script = scriptOf(token);
      if (script) return bitOf(script);
      return token.length >= BORROWED_FROM ? latin | english : latin;
    });
    return { words: folded, standing: standingIn(folded, allowed) };
  };
}
