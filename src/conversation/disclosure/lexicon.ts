/** Which concepts stand where in a message: words and phrases in every language, found by their folded form. */
import { distance } from 'fastest-levenshtein';
import { normalise } from '../../content/normalise';
import { sound } from './sound';

/** A concept that stands in a message: first token and the one after the last. */
export interface Standing {
  name: string;
  /** The broader notion that it belongs to. */
  notion?: string;
  start: number;
  end: number;
}

interface Entry {
  /** The word that leads here, without its star. */
  word: string;
  /** The words that must follow; a star stands for any ending. */
  rest: string[];
  name: string;
  /** One bit: the language that says so. */
  language: number;
}

/** A slip is forgiven in words from this length on: "pathabo" (shall send) is no slip of "petabo" (shall beat). */
const FORGIVEN_FROM = 7;
/** The shortest beginning of a word that may stand with a star. */
export const SHORTEST_STEM = 2;

export class Lexicon {
  readonly #exact = new Map<string, Entry[]>();
  readonly #stems = new Map<string, Entry[]>();
  /** Every long word with one letter left out, and whole: what a misspelt word is looked up in. */
  readonly #nearly = new Map<string, Set<string>>();
  #longestStem = 0;

  /** Adds a phrase of one or more words. @param isForgiving whether a slip in it is forgiven */
  add(phrase: string, name: string, language: number, isForgiving = true): void {
    const [first, ...rest] = phrase.split(/\s+/).flatMap(tokensOf);
    if (first === undefined) return;
    const isStem = first.endsWith('*');
    const word = isStem ? first.slice(0, -1) : first;
    const entries = isStem ? this.#stems : this.#exact;
    const isKnown = entries
      .get(word)
      ?.some((one) => one.name === name && one.language === language && one.rest.join() === rest.join());
    if (isKnown) return;
    push(entries, word, { word, rest, name, language });
    if (isStem) this.#longestStem = Math.max(this.#longestStem, word.length);
    if (!isForgiving || isStem || rest.length > 0 || word.length < FORGIVEN_FROM) return;
    for (const key of withOneLeftOut(word)) {
      const words = this.#nearly.get(key);
      if (words) words.add(word);
      else this.#nearly.set(key, new Set([word]));
    }
  }

  /**
   * @param tokens folded words of one message
   * @param languages for each token, the bits of the languages that it may belong to
   * @returns in the order of their first word; a concept once a place
   */
  find(tokens: readonly string[], languages: readonly number[]): Standing[] {
    const found: Standing[] = [];
    tokens.forEach((token, start) => {
      const allowed = languages[start] ?? 0;
      const exact = this.#exact.get(token);
      let isKnown = exact ? note(found, tokens, start, exact, allowed) : false;
      const longest = Math.min(token.length, this.#longestStem);
      for (let length = SHORTEST_STEM; length <= longest; length += 1) {
        const stems = this.#stems.get(token.slice(0, length));
        if (stems && note(found, tokens, start, stems, allowed)) isKnown = true;
      }
      if (isKnown || token.length < FORGIVEN_FROM) return;
      for (const word of this.#near(token)) {
        const single = this.#exact.get(word)?.filter(({ rest }) => rest.length === 0) ?? [];
        note(found, tokens, start, single, allowed);
      }
    });
    return found;
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

/** @returns whether any entry stood here */
function note(
  found: Standing[],
  tokens: readonly string[],
  start: number,
  entries: readonly Entry[],
  allowed: number,
): boolean {
  let isFound = false;
  for (const { rest, name, language } of entries) {
    if ((language & allowed) === 0) continue;
    if (rest.length > 0 && !rest.every((word, index) => fits(word, tokens[start + 1 + index]))) continue;
    isFound = true;
    const end = start + 1 + rest.length;
    const same = found.find((one) => one.start === start && one.name === name);
    if (!same) found.push({ name, start, end });
    else if (same.end < end) same.end = end;
  }
  return isFound;
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
