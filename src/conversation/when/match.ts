/** Patterns over the kinds of pieces. */
import type { Piece } from './pieces';

export interface Pattern<T> {
  /** Over the letters of src/conversation/when/lexicon.ts. */
  kinds: RegExp;
  read: (pieces: Piece[]) => T;
}

export interface Found<T> {
  value: T;
  pieces: Piece[];
}

/**
 * Reads from left to right; at each place the first pattern that fits is taken.
 * @param taken pieces that mean something already: no pattern reaches across them
 */
export function scan<T>(
  pieces: readonly Piece[],
  patterns: Pattern<T>[],
  taken: ReadonlySet<Piece>,
): Found<T>[] {
  const kinds = pieces.map((piece) => (taken.has(piece) ? '_' : piece.kind)).join('');
  const found: Found<T>[] = [];
  for (let index = 0; index < pieces.length;) {
    const hit = firstAt(kinds, index, patterns);
    if (hit) {
      const matched = pieces.slice(index, index + hit.length);
      found.push({ value: hit.pattern.read(matched), pieces: matched });
    }
    index += hit?.length ?? 1;
  }
  return found;
}

function firstAt<T>(
  kinds: string,
  index: number,
  patterns: Pattern<T>[],
): { pattern: Pattern<T>; length: number } | undefined {
  for (const pattern of patterns) {
    const sticky = new RegExp(pattern.kinds.source, 'y');
    sticky.lastIndex = index;
    const length = sticky.exec(kinds)?.[0].length ?? 0;
    if (length > 0) return { pattern, length };
  }
  return undefined;
}
