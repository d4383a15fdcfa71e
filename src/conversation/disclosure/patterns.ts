/** What the specialists wrote (content/care), made ready: patterns over groups of words, and what turns them round. */
import {
  DISCLOSURE_ORDER,
  type DisclosureCategory,
  type DisclosureWords,
  type SufferedBy,
} from '../../content/model';
import { Lexicon, type Found, type Span } from './lexicon';

/** One place of a pattern: a group of words, at most so many words after the place before. */
interface Place {
  group: number;
  gap: number;
}

export interface Pattern {
  category: DisclosureCategory;
  who?: SufferedBy;
  places: Place[];
  turns: Turn[];
}

/** Words that take back what a pattern says when they stand in it, or so many words before or after it. */
interface Turn {
  group: number;
  before: number;
  after: number;
}

export interface Patterns {
  lexicon: Lexicon;
  /** Patterns by the group without which they cannot match. */
  byAnchor: ReadonlyMap<number, readonly Pattern[]>;
}

/** How many words may stand in a gap. */
const GAPS: Record<string, number> = { '..': 3, '...': 7 };

/**
 * @param words one entry a language; groups belong to the language that names them
 * @throws when a pattern names a group that does not exist (content:lint says it with file and line)
 */
export function preparePatterns(words: readonly DisclosureWords[]): Patterns {
  const lexicon = new Lexicon();
  let groups = 0;
  const all: Pattern[] = [];
  for (const { groups: named, turns, patterns } of words) {
    const members = new Map(Object.entries(named));
    const ids = new Map<string, number>();
    /** A group, several groups in one (`a|b`), or the word itself. */
    const idOf = (name: string): number => {
      const known = ids.get(name);
      if (known !== undefined) return known;
      const id = (groups += 1);
      ids.set(name, id);
      for (const phrase of phrasesOf(name, members)) lexicon.add(phrase, id);
      return id;
    };
    const turnIds = Object.entries(turns).map(([name, { before, after, words: phrases }]) => {
      const group = (groups += 1);
      for (const phrase of phrases) lexicon.add(phrase, group);
      return { name, group, before, after };
    });
    for (const category of DISCLOSURE_ORDER) {
      for (const { say, who, despite = [] } of patterns[category] ?? []) {
        all.push({
          category,
          ...(who && { who }),
          places: placesOf(say, idOf),
          turns: turnIds.filter(({ name }) => !despite.includes(name)),
        });
      }
    }
  }
  return { lexicon, byAnchor: byRarestGroup(all) };
}

function phrasesOf(name: string, members: ReadonlyMap<string, string[]>): string[] {
  if (!name.startsWith('{')) return [name];
  return name
    .slice(1, -1)
    .split('|')
    .flatMap((one) => {
      const phrases = members.get(one);
      if (!phrases)
        throw new Error(`content/care: a pattern names the group "${one}", which does not exist.`);
      return phrases;
    });
}

/** `{me} .. {hits}` → its places. */
function placesOf(say: string, idOf: (name: string) => number): Place[] {
  const places: Place[] = [];
  let gap = 0;
  for (const element of say.split(/\s+/)) {
    const wide = GAPS[element];
    if (wide !== undefined) gap = wide;
    else {
      places.push({ group: idOf(element), gap });
      gap = 0;
    }
  }
  return places;
}

/** Most messages hold "I" and none holds "beats": each pattern waits for the one of its groups that fewest share. */
function byRarestGroup(patterns: readonly Pattern[]): Map<number, Pattern[]> {
  const uses = new Map<number, number>();
  for (const { places } of patterns) {
    for (const { group } of places) uses.set(group, (uses.get(group) ?? 0) + 1);
  }
  const byAnchor = new Map<number, Pattern[]>();
  for (const pattern of patterns) {
    const [anchor] = pattern.places
      .map(({ group }) => group)
      .sort((one, other) => (uses.get(one) ?? 0) - (uses.get(other) ?? 0));
    if (anchor !== undefined) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), pattern]);
  }
  return byAnchor;
}

/** Does the pattern stand in the sentence anywhere where nothing turns it round? */
export function stands({ places, turns }: Pattern, found: Found): boolean {
  if (!places.every(({ group }) => found.has(group))) return false;
  const from = (index: number, start: number, end: number): boolean => {
    const place = places[index];
    if (!place) return !turns.some((turn) => isTurned(turn, found, start, end));
    return (found.get(place.group) ?? []).some(
      (span) =>
        (index === 0 || (span.start >= end && span.start <= end + place.gap)) &&
        from(index + 1, index === 0 ? span.start : start, span.end),
    );
  };
  return from(0, 0, 0);
}

function isTurned({ group, before, after }: Turn, found: Found, start: number, end: number): boolean {
  const isNear = (span: Span) => span.end > start - before && span.start < end + after;
  return found.get(group)?.some(isNear) ?? false;
}
