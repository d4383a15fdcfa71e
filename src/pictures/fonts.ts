/**
 * The bundled fonts (Noto Sans, SIL Open Font License), opened in HarfBuzz. Nothing depends on what is installed on
 * the machine.
 *
 * Text is shaped here and drawn as outlines, because resvg-js 2.6.2 shapes Indic text rightly and then places it
 * wrongly: the pen moves by the widest glyph of a cluster instead of by all of them, so that vowel signs lie on top of
 * the next letter (mended upstream by https://github.com/linebender/resvg/pull/1043, not yet in resvg-js).
 */
import { readFileSync } from 'node:fs';
import ready, { type Face, type Font, type HarfBuzz } from 'harfbuzzjs';

export type Weight = 'regular' | 'bold';

/** One font file, ready for shaping. */
export interface OpenFont {
  font: Font;
  unitsPerEm: number;
}

/** A font of one script in both weights. */
export interface FontFamily {
  fonts: Record<Weight, OpenFont>;
  /** Letters of this script go to this font, though others may hold a copy of them. */
  script: RegExp;
  /** Code points with a glyph in both weights. */
  covered: ReadonlySet<number>;
}

export interface Fonts {
  harfbuzz: HarfBuzz;
  families: readonly FontFamily[];
}

const STYLES: Record<Weight, string> = { regular: '400Regular', bold: '700Bold' };
const FAMILIES: [folder: string, stem: string, script: RegExp][] = [
  ['noto-sans', 'NotoSans', /\p{Script=Latin}/u],
  ['noto-sans-devanagari', 'NotoSansDevanagari', /\p{Script=Devanagari}/u],
  ['noto-sans-bengali', 'NotoSansBengali', /\p{Script=Bengali}/u],
  ['noto-sans-oriya', 'NotoSansOriya', /\p{Script=Oriya}/u],
];

let opened: Promise<Fonts> | undefined;

/** All four families, opened once in a process (about 100 ms) and kept. @throws Error when a font package is missing. */
export function openFonts(): Promise<Fonts> {
  opened ??= ready.then((harfbuzz) => ({
    harfbuzz,
    families: FAMILIES.map(([folder, stem, script]) => openFamily(harfbuzz, folder, stem, script)),
  }));
  return opened;
}

function openFamily(harfbuzz: HarfBuzz, folder: string, stem: string, script: RegExp): FontFamily {
  const open = (weight: Weight) => {
    const file = `@expo-google-fonts/${folder}/${STYLES[weight]}/${stem}_${STYLES[weight]}.ttf`;
    return harfbuzz.createFace(harfbuzz.createBlob(readFileSync(require.resolve(file))), 0);
  };
  const faces = { regular: open('regular'), bold: open('bold') };
  const inFont = (face: Face): OpenFont => ({ font: harfbuzz.createFont(face), unitsPerEm: face.upem });
  const bold = new Set(faces.bold.collectUnicodes());
  return {
    fonts: { regular: inFont(faces.regular), bold: inFont(faces.bold) },
    script,
    covered: new Set([...faces.regular.collectUnicodes()].filter((point) => bold.has(point))),
  };
}
