/**
 * A poster for a group's meeting, in the campaign's look: whoever points his camera at it has WhatsApp before him, with
 * the words by which he joins. 1080 × 1350 like the cards, so that it can be shown on a phone, sent on, and printed.
 */
import { renderAsync } from '@resvg/resvg-js';
import { create } from 'qrcode';
import type { Weight } from './fonts';
import { CARD } from './card';
import { fitText, stack, textBlock, type Block } from './layout';
import { cleanName } from './name';
import { COLOURS, divider, emblem, frame } from './ornament';
import { encodePng } from './png';
import { createTypesetter, type Typesetter } from './typesetter';

/** What is written on it, in the words of one language. Nobody's name stands there but the group's. */
export interface Poster {
  lead: string;
  /** The group's name, as its mentor typed it. */
  group: string;
  /** What the code holds. */
  link: string;
  /** How it is used, and the words to write instead. */
  text: string;
  campaign: string;
}

const MIDDLE = CARD.width / 2;
const COLUMN = { from: 262, to: 1232 };
/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;
const SIDE = 560;

/** Renders a poster as PNG. The same poster gives the same bytes. */
export async function renderPoster(poster: Poster): Promise<Buffer> {
  const svg = posterSvg(await createTypesetter(), poster);
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return encodePng(image.pixels, CARD.width, CARD.height);
}

/** The poster as SVG, its text as outlines. */
export function posterSvg(type: Typesetter, { lead, group, link, text, campaign }: Poster): string {
  const name = cleanName(group, (character) => type.canWrite(character));
  const line = (words: string, sizes: number[], weight: Weight, height: number, fill: string) =>
    textBlock(type, fitText(type, words, { sizes, weight, width: 880, height }), MIDDLE, { weight, fill });
  const blocks = [
    line(lead, [44, 40, 36], 'bold', 66, COLOURS.amber),
    ...(name === undefined ? [] : [line(name, [68, 60, 52, 44], 'bold', 130, COLOURS.teal)]),
    code(link),
    line(text, [40, 37, 34, 31], 'regular', 120, COLOURS.slate),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}" viewBox="0 0 ${CARD.width} ${CARD.height}">`,
    frame(CARD.width, CARD.height),
    emblem(MIDDLE, 150),
    divider(MIDDLE, 252, 420),
    stack(blocks, COLUMN.from, COLUMN.to),
    type.line(campaign, MIDDLE, 1270, { size: 36, weight: 'bold', fill: COLOURS.teal }),
    '</svg>',
  ].join('');
}

/** The code on white, every module a whole number of pixels wide, so that no edge is blurred. */
function code(link: string): Block {
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  const module = Math.floor(SIDE / (modules.size + 2 * QUIET_ZONE));
  const side = module * (modules.size + 2 * QUIET_ZONE);
  const left = Math.round(MIDDLE - side / 2);
  return {
    height: side,
    draw: (from) => {
      const top = Math.round(from);
      const at = (index: number) => (index + QUIET_ZONE) * module;
      const dark = Array.from(modules.data).flatMap((isDark, index) => {
        const [row, column] = [Math.floor(index / modules.size), index % modules.size];
        return isDark ? [`M${left + at(column)} ${top + at(row)}h${module}v${module}h-${module}z`] : [];
      });
      return (
        `<rect x="${left}" y="${top}" width="${side}" height="${side}" rx="18" fill="#ffffff"/>` +
        `<path shape-rendering="crispEdges" fill="${COLOURS.teal}" d="${dark.join('')}"/>`
      );
    },
  };
}
