/** Text into outlines: each run of one script in its own font, shaped by HarfBuzz. */
import { openFonts, type FontFamily, type Fonts, type OpenFont, type Weight } from './fonts';

export interface TextStyle {
  /** Pixels. */
  size: number;
  weight: Weight;
  fill: string;
}

/** A glyph where it stands in a line, in ems from the line's beginning; y upwards. */
export interface PlacedGlyph {
  /** The glyph's number in its font; 0 is the empty box of a missing character. */
  glyph: number;
  x: number;
  y: number;
  font: OpenFont;
}

export interface ShapedLine {
  glyphs: PlacedGlyph[];
  /** How far the pen moves, in ems. */
  width: number;
}

/** A stretch of text that one font writes. */
export interface Run {
  family: FontFamily;
  text: string;
}

/** @returns a typesetter with the bundled fonts, which are opened once. */
export async function createTypesetter(): Promise<Typesetter> {
  return new Typesetter(await openFonts());
}

export class Typesetter {
  readonly #fonts: Fonts;
  readonly #first: FontFamily;
  /** By weight and word: a layout asks for the same widths many times over. */
  readonly #widths = new Map<string, number>();

  constructor(fonts: Fonts) {
    const [first] = fonts.families;
    if (!first) throw new Error('No fonts are bundled.');
    this.#fonts = fonts;
    this.#first = first;
  }

  /** Is there a glyph for this character (one code point) in any bundled font, in both weights? */
  canWrite(character: string): boolean {
    const point = character.codePointAt(0);
    return point !== undefined && this.#fonts.families.some(({ covered }) => covered.has(point));
  }

  /**
   * Splits text into runs of one font each. What belongs to no script (spaces, digits, dandas, joiners) stays with
   * its neighbour's font where that has it, so that no cluster is torn apart. Joined, the runs are the text.
   */
  runs(text: string): Run[] {
    const runs: Run[] = [];
    let current = this.#familyOfScript(text) ?? this.#first;
    for (const character of text) {
      current = this.#familyFor(character, current);
      const last = runs.at(-1);
      if (last?.family === current) last.text += character;
      else runs.push({ family: current, text: character });
    }
    return runs;
  }

  #familyFor(character: string, current: FontFamily): FontFamily {
    const own = this.#familyOfScript(character);
    if (own) return own;
    const point = character.codePointAt(0) ?? 0;
    return [current, ...this.#fonts.families].find(({ covered }) => covered.has(point)) ?? current;
  }

  /** The family of the first letter that belongs to one of the four scripts. */
  #familyOfScript(text: string): FontFamily | undefined {
    for (const character of text) {
      const found = this.#fonts.families.find(({ script }) => script.test(character));
      if (found) return found;
    }
    return undefined;
  }

  /** Glyphs of one line of left-to-right text, with conjuncts, vowel signs and kerning in place. */
  shape(text: string, weight: Weight): ShapedLine {
    const { harfbuzz } = this.#fonts;
    const glyphs: PlacedGlyph[] = [];
    let pen = 0;
    for (const { family, text: part } of this.runs(text)) {
      const font = family.fonts[weight];
      const buffer = harfbuzz.createBuffer();
      buffer.addText(airy(part));
      buffer.guessSegmentProperties();
      buffer.setDirection('ltr');
      harfbuzz.shape(font.font, buffer);
      for (const { codepoint, x_advance, x_offset, y_offset } of buffer.getGlyphInfosAndPositions()) {
        glyphs.push({
          glyph: codepoint,
          x: pen + x_offset / font.unitsPerEm,
          y: y_offset / font.unitsPerEm,
          font,
        });
        pen += x_advance / font.unitsPerEm;
      }
      buffer.destroy();
    }
    return { glyphs, width: pen };
  }

  /** How far the pen moves for this text, in pixels. */
  width(text: string, { size, weight }: Pick<TextStyle, 'size' | 'weight'>): number {
    const key = `${weight} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.shape(text, weight).width;
      this.#widths.set(key, width);
    }
    return width * size;
  }

  /** One line as SVG outlines, centred on `x` with its baseline at `y`. No character of the text enters the SVG. */
  line(text: string, x: number, y: number, { size, weight, fill }: TextStyle): string {
    const { glyphs, width } = this.shape(text, weight);
    const left = x - (width * size) / 2;
    const paths = glyphs.map(({ glyph, x: right, y: up, font }) => {
      const path = font.font.glyphToPath(glyph);
      if (path === '') return '';
      const zoom = size / font.unitsPerEm;
      const place = `${hundredths(left + right * size)} ${hundredths(y - up * size)}`;
      return `<path transform="matrix(${zoom} 0 0 ${-zoom} ${place})" d="${path}"/>`;
    });
    return `<g fill="${fill}">${paths.join('')}</g>`;
  }
}

/** In Odia the danda looks like the vowel sign ା and runs into ଁ: a sixth of an em keeps them apart, as in print. */
function airy(text: string): string {
  return text.replace(/(?<=\p{Script=Oriya})।/gu, '\u2006।');
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
