/** Placing text on a picture: the largest size that fits, and blocks spread down a column. */
import type { TextStyle, Typesetter } from './typesetter';
import { wrap } from './wrap';

/** Baseline to baseline, in sizes: room for vowel signs above and below in all four scripts. */
const LEADING = 1.46;
/** From the middle of a line down to its baseline, in sizes. */
const BASELINE = 0.34;

export interface FittedText {
  lines: string[];
  size: number;
  /** Pixels. */
  height: number;
}

/** Something that takes a stretch of the column and draws itself from `top` on. */
export interface Block {
  height: number;
  draw: (top: number) => string;
}

export interface Fit {
  /** Sizes to try, largest first. */
  sizes: readonly number[];
  weight: TextStyle['weight'];
  /** Pixels. */
  width: number;
  height: number;
}

/**
 * The largest of the sizes at which the text fits without breaking a word; where there is none, the largest at which
 * it fits at all; and if it never does, the smallest with as many lines as there is room for, the last ending in "…".
 */
export function fitText(type: Typesetter, text: string, { sizes, weight, width, height }: Fit): FittedText {
  const tried: (FittedText & { broken: boolean })[] = [];
  for (const size of sizes) {
    const { lines, broken } = wrap(text, width, (part) => type.width(part, { size, weight }));
    const attempt = { lines, broken, size, height: lines.length * size * LEADING };
    if (!broken && attempt.height <= height) return attempt;
    tried.push(attempt);
  }
  return tried.find((attempt) => attempt.height <= height) ?? cut(tried.at(-1), height);
}

/** As many lines as there is room for. */
function cut(text: FittedText | undefined, height: number): FittedText {
  if (!text) throw new RangeError('At least one size is needed to fit a text.');
  const room = Math.max(1, Math.floor(height / (text.size * LEADING)));
  const lines = text.lines.slice(0, room);
  const last = `${lines.pop() ?? ''}…`;
  return { lines: [...lines, last], size: text.size, height: (lines.length + 1) * text.size * LEADING };
}

/** A block of centred lines. */
export function textBlock(
  type: Typesetter,
  { lines, size, height }: FittedText,
  x: number,
  style: Omit<TextStyle, 'size'>,
): Block {
  const step = size * LEADING;
  return {
    height,
    draw: (top) =>
      lines
        .map((line, index) =>
          type.line(line, x, round(top + (index + 0.5) * step + size * BASELINE), { ...style, size }),
        )
        .join(''),
  };
}

/** Draws the blocks between `from` and `to`, what is left of the height shared out evenly around them. */
export function stack(blocks: Block[], from: number, to: number): string {
  const free = to - from - blocks.reduce((sum, { height }) => sum + height, 0);
  const gap = Math.max(0, free / (blocks.length + 1));
  let top = from + gap;
  return blocks
    .map(({ height, draw }) => {
      const drawn = draw(top);
      top += height + gap;
      return drawn;
    })
    .join('');
}

/** Tenths of a pixel are plenty, and keep the SVG the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
