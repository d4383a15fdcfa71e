/** The guard's words, prepared once: which groups of words stand where in a sentence. */
import { distance } from 'fastest-levenshtein';
import { normalise } from '../../content/normalise';
import { sound } from './sound';

/** Where words of a group stand: first token and the one after the last. */
export interface Span {
  start: number;
  end: number;
}

/** Group → where it stands; a group that does not occur is absent. */
export type Found = Map<number, Span[]>;

interface Entry {
  /** The word that leads here, without its star. */
  word: string;
  /** The words that must follow; a star stands for any ending. */
  rest: string[];
  group: number;
}

/** A slip is forgiven in words from this length on: "karta" (does) is no slip of "marta" (hits). */
const FORGIVEN_FROM = 6;
/** The shortest beginning of a word that may stand with a star. */
export const SHORTEST_STEM = 2;

export class Lexicon {
  readonly #exact = new Map<string, Entry[]>();
  readonly #stems = new Map<string, Entry[]>();
  /** Every long word with one letter left out, and whole: what a misspelt word is looked up in. */
  readonly #nearly = new Map<string, Set<string>>();
  #longestStem = 0;

  /** Adds a phrase of one or more words to a group. */
  add(phrase: string, group: number): void {
    const [first, ...rest] = phrase.split(/\s+/).flatMap(tokensOf);
    if (first === undefined) return;
    const isStem = first.endsWith('*');
    const word = isStem ? first.slice(0, -1) : first;
    push(isStem ? this.#stems : this.#exact, word, { word, rest, group });
    if (isStem) this.#longestStem = Math.max(this.#longestStem, word.length);
    if (isStem || rest.length > 0 || word.length < FORGIVEN_FROM) return;
    for (const key of withOneLeftOut(word)) {
      const words = this.#nearly.get(key);
      if (words) words.add(word);
      else this.#nearly.set(key, new Set([word]));
    }
  }

  /** @param tokens folded words of one sentence */
  find(tokens: readonly string[]): Found {
    const found: Found = new Map();
    tokens.forEach((token, start) => {
      const exact = this.#exact.get(token);
      let isKnown = exact !== undefined;
      if (exact) this.#note(found, tokens, start, exact);
      const longest = Math.min(token.length, this.#longestStem);
      for (let length = SHORTEST_STEM; length <= longest; length += 1) {
        const stems = this.#stems.get(token.slice(0, length));
        if (!stems) continue;
        isKnown = true;
        this.#note(found, tokens, start, stems);
      }
      if (isKnown || token.length < FORGIVEN_FROM) return;
      for (const word of this.#near(token)) {
        const single = this.#exact.get(word)?.filter(({ rest }) => rest.length === 0) ?? [];
        this.#note(found, tokens, start, single);
      }
    });
    return found;
  }

  #note(found: Found, tokens: readonly string[], start: number, entries: readonly Entry[]): void {
    for (const { rest, group } of entries) {
      if (rest.length > 0 && !rest.every((word, index) => fits(word, tokens[start + 1 + index]))) continue;
      const span = { start, end: start + 1 + rest.length };
      const spans = found.get(group);
      if (spans) spans.push(span);
      else found.set(group, [span]);
    }
  }

  #near(token: string): Set<string> {
    const near = new Set<string>();
    for (const key of withOneLeftOut(token)) {
      for (const word of this.#nearly.get(key) ?? []) {
        if (word.startsWith(token.charAt(0)) && distance(word, token) === 1) near.add(word);
      }
    }
    return near;
  }
}

/** Folded words of one entry of the lexicon; the star survives. */
function tokensOf(word: string): string[] {
  const star = word.endsWith('*') ? '*' : '';
  const tokens = normalise(word)
    .split(' ')
    .filter((token) => token !== '')
    .map(sound);
  return tokens.map((token, index) => (index === tokens.length - 1 ? token + star : token));
}

function fits(word: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  return word.endsWith('*') ? token.startsWith(word.slice(0, -1)) : token === word;
}

function withOneLeftOut(word: string): string[] {
  const keys = [word];
  for (let index = 0; index < word.length; index += 1)
    keys.push(word.slice(0, index) + word.slice(index + 1));
  return keys;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
