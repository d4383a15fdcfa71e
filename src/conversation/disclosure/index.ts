/**
 * The guard: does somebody tell of violence, abuse or of wanting to die? It reads every text before anything else
 * but STOP does, and says only what kind of thing it is: the words themselves go nowhere from here.
 * docs/disclosure-guard.md says how well it does, and what it cannot do.
 */
import {
  DISCLOSURE_ORDER,
  type Content,
  type DisclosureCategory,
  type SufferedBy,
} from '../../content/model';
import { normalise } from '../../content/normalise';
import { preparePatterns, stands, type Pattern } from './patterns';
import { sound } from './sound';

/** What was told, without any of its words. */
export interface Disclosure {
  category: DisclosureCategory;
  /** Who it happened to, where the words say so. */
  who?: SufferedBy;
}

/** @returns what a text discloses; undefined for nearly all texts */
export type Guard = (text: string) => Disclosure | undefined;

/** Nobody types more; what is pasted has said it by then. */
const MOST_CHARACTERS = 8000;
const END_OF_SENTENCE = /[.!?\n\r;।॥…]+/u;
const RANK = new Map(DISCLOSURE_ORDER.map((category, index) => [category, index]));
const LAST = DISCLOSURE_ORDER.length;

/** A sentence of fewer words could be his own as well as ours. */
const LEAST_QUOTED_WORDS = 6;

/** Made once per content; keeps nothing of what it reads. */
export function createGuard({ disclosure, lessons }: Pick<Content, 'disclosure' | 'lessons'>): Guard {
  const { lexicon, byAnchor } = preparePatterns(Object.values(disclosure));
  // Made when it is first asked for: nearly no message comes so far.
  let ours: Set<string> | undefined;
  const isQuoted = (typed: string) => (ours ??= sentencesOf(lessons)).has(typed);

  function strongest(sentence: string): Pattern | undefined {
    const typed = normalise(sentence);
    if (typed === '') return undefined;
    const found = lexicon.find(typed.split(' ').map(sound));
    let best: Pattern | undefined;
    for (const group of found.keys()) {
      for (const pattern of byAnchor.get(group) ?? []) {
        if (rank(pattern) < rank(best) && stands(pattern, found)) best = pattern;
      }
    }
    return best && isQuoted(typed) ? undefined : best;
  }

  return function guard(text) {
    let best: Pattern | undefined;
    for (const sentence of text.slice(0, MOST_CHARACTERS).split(END_OF_SENTENCE)) {
      const one = strongest(sentence);
      if (rank(one) < rank(best)) best = one;
    }
    return best && { category: best.category, ...(best.who && { who: best.who }) };
  };
}

/** What stands in a lesson word for word is quoted when he sends it back, not told. */
function sentencesOf(lessons: Content['lessons']): Set<string> {
  const texts = lessons.flatMap(({ text }) =>
    Object.values(text).flatMap(({ lesson, question, reflection, action, checkin, sms, spoken }) => [
      ...[lesson, question.ask, ...question.options, ...question.feedback],
      ...[reflection, action.ask, checkin, sms, spoken],
    ]),
  );
  const sentences = texts.flatMap((text) => text.split(END_OF_SENTENCE)).map(normalise);
  return new Set(sentences.filter((sentence) => sentence.split(' ').length >= LEAST_QUOTED_WORDS));
}

/** What must be answered first goes first. */
function rank(pattern: Pattern | undefined): number {
  return pattern ? (RANK.get(pattern.category) ?? LAST) : LAST;
}
