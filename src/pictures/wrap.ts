/** Breaking text into lines by its measured width. */
export type Measure = (text: string) => number;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export interface Wrapped {
  lines: string[];
  /** A word was wider than a line and had to be broken between two graphemes. */
  broken: boolean;
}

/**
 * Breaks text into lines no wider than `width`, at spaces; only a word that is wider than a line is broken, and then
 * between graphemes, never inside one (a consonant keeps its vowel sign). Lines come out about equally long, as they
 * look best when centred. @param measure width of a text in the same unit as `width`.
 */
export function wrap(text: string, width: number, measure: Measure): Wrapped {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const pieces = words.map((word) => (measure(word) <= width ? [word] : breakWord(word, width, measure)));
  const widths = new Map(pieces.flat().map((piece) => [piece, measure(piece)]));
  const space = measure(' ');
  const fill = (limit: number) => fillLines(pieces, limit, space, (piece) => widths.get(piece) ?? 0);
  const lines = fill(width);
  return { lines: balance(lines, width, fill), broken: pieces.some((piece) => piece.length > 1) };
}

function fillLines(words: string[][], limit: number, space: number, widthOf: Measure): string[] {
  const lines: string[] = [];
  let used = Infinity;
  for (const pieces of words) {
    pieces.forEach((piece, index) => {
      const joined = used + space + widthOf(piece);
      if (index === 0 && joined <= limit) {
        lines.push(`${lines.pop() ?? ''} ${piece}`);
        used = joined;
      } else {
        lines.push(piece);
        used = widthOf(piece);
      }
    });
  }
  return lines;
}

/** The narrowest lines that are no more in number, found by halving. */
function balance(lines: string[], width: number, fill: (limit: number) => string[]): string[] {
  let [low, high, best] = [width / 2, width, lines];
  while (high - low > width / 100) {
    const middle = (low + high) / 2;
    const tried = fill(middle);
    if (tried.length > lines.length) low = middle;
    else [high, best] = [middle, tried];
  }
  return best;
}

function breakWord(word: string, width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && measure(piece + segment) > width) {
      pieces.push(piece);
      piece = segment;
    } else {
      piece += segment;
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}
