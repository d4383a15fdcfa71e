/**
 * A pledge certificate, drawn for a telephone: 1080 × 1350, so that the pledge still reads as text of 12 to 16 pixels
 * where the screen is 360 wide. Laid out and shaped here, rasterised by resvg (https://github.com/thx/resvg-js).
 *
 * Cost of a picture in CPU time (Node 20, two shared cores): about 60 ms on the event loop in pieces of at most 30 ms
 * (layout 6–20, taking over the pixels 25, choosing colours 20), and about 100 ms beside it on libuv's threads. The
 * first picture of a process also opens the fonts: 100 ms. `studio.ts` sees that none is made twice in a row.
 */
import { renderAsync } from '@resvg/resvg-js';
import { fitText, round, stack, textBlock, type Block } from './layout';
import { cleanName } from './name';
import { COLOURS, divider, emblem, frame } from './ornament';
import { encodePng } from './png';
import { createTypesetter, type Typesetter } from './typesetter';
import type { Weight } from './fonts';

/** Everything that is written on it, in the words of one language. */
export interface Certificate {
  /** As the person gave it, in any script; cleaned here. Without one, the role stands in its place. */
  name?: string;
  heading: string;
  /** Above the name. */
  lead: string;
  /** Below the name. */
  role: string;
  /** Above the pledge. */
  pledgeLead: string;
  /** The pledge's few words. */
  title: string;
  /** The pledge itself, first person, at most 160 characters. */
  pledge: string;
  campaign: string;
  /** As it is written in that language. */
  date: string;
}

export const WIDTH = 1080;
export const HEIGHT = 1350;
const MIDDLE = WIDTH / 2;
const PANEL = { left: 86, padding: 40, title: 62 };
const PANEL_TEXT_WIDTH = WIDTH - 2 * (PANEL.left + PANEL.padding);
/** The column between heading and footer. */
const COLUMN = { from: 362, to: 1168 };
const LEAST_GAP = 22;

/** Renders a certificate as PNG, under 150 KB. The same certificate gives the same bytes. */
export async function renderCertificate(certificate: Certificate): Promise<Buffer> {
  const svg = certificateSvg(await createTypesetter(), certificate);
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return encodePng(image.pixels, WIDTH, HEIGHT);
}

/** The certificate as SVG, its text as outlines. */
export function certificateSvg(type: Typesetter, certificate: Certificate): string {
  const { heading, campaign, date } = certificate;
  const line = (text: string, y: number, size: number, weight: Weight, fill: string) =>
    type.line(text, MIDDLE, y, { size: oneLine(type, text, size, weight, 780), weight, fill });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    frame(WIDTH, HEIGHT),
    emblem(MIDDLE, 152),
    line(heading, 316, 70, 'bold', COLOURS.teal),
    divider(MIDDLE, 358, 420),
    stack(column(type, certificate), COLUMN.from, COLUMN.to),
    line(campaign, 1218, 38, 'bold', COLOURS.teal),
    line(date, 1270, 34, 'regular', COLOURS.slate),
    '</svg>',
  ].join('');
}

function column(type: Typesetter, certificate: Certificate): Block[] {
  const { lead, role, pledgeLead, title, pledge } = certificate;
  const name = cleanName(certificate.name ?? '', (character) => type.canWrite(character));
  const above = [
    small(type, lead),
    nameBlock(type, name ?? role),
    ...(name === undefined ? [] : [roleBlock(type, role)]),
    small(type, pledgeLead),
  ];
  const used = above.reduce((sum, { height }) => sum + height, 0);
  const room = COLUMN.to - COLUMN.from - used - (above.length + 2) * LEAST_GAP;
  return [...above, panel(type, title, pledge, room)];
}

function small(type: Typesetter, text: string): Block {
  const fitted = fitText(type, text, { sizes: [38, 34, 30], weight: 'regular', width: 860, height: 60 });
  return textBlock(type, fitted, MIDDLE, { weight: 'regular', fill: COLOURS.slate });
}

function nameBlock(type: Typesetter, name: string): Block {
  const sizes = [94, 86, 78, 70, 65, 60, 55, 50, 45];
  const fitted = fitText(type, name, { sizes, weight: 'bold', width: 880, height: 198 });
  return textBlock(type, fitted, MIDDLE, { weight: 'bold', fill: COLOURS.teal });
}

function roleBlock(type: Typesetter, role: string): Block {
  const fitted = fitText(type, role, { sizes: [42, 38, 34], weight: 'bold', width: 860, height: 64 });
  return textBlock(type, fitted, MIDDLE, { weight: 'bold', fill: COLOURS.amber });
}

/** The promise, light on teal. */
function panel(type: Typesetter, title: string, pledge: string, room: number): Block {
  const { left, padding } = PANEL;
  const fitted = fitText(type, pledge, {
    sizes: [48, 46, 44, 42, 40, 38, 36],
    weight: 'regular',
    width: PANEL_TEXT_WIDTH,
    height: room - 2 * padding - PANEL.title,
  });
  const text = textBlock(type, fitted, MIDDLE, { weight: 'regular', fill: COLOURS.paper });
  const titleSize = oneLine(type, title, 40, 'bold', PANEL_TEXT_WIDTH);
  const height = padding + PANEL.title + text.height + padding - 12;
  return {
    height,
    draw: (top) =>
      [
        `<rect x="${left}" y="${round(top)}" width="${WIDTH - 2 * left}" height="${round(height)}" rx="28" fill="${COLOURS.teal}"/>`,
        type.line(title, MIDDLE, round(top + padding + 36), {
          size: titleSize,
          weight: 'bold',
          fill: COLOURS.marigold,
        }),
        text.draw(top + padding + PANEL.title),
      ].join(''),
  };
}

/** The size, no more than `size`, at which a text takes no more than `width`. */
function oneLine(type: Typesetter, text: string, size: number, weight: Weight, width: number): number {
  return round(Math.min(size, (size * width) / Math.max(1, type.width(text, { size, weight }))));
}
