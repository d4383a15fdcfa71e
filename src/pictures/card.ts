/**
 * A picture to share: a lesson's or a pledge's one thought, upright, as WhatsApp's status and groups show it best.
 * 1080 × 1350, so that its smallest text is 12 pixels high where the screen is 360 wide.
 */
import { renderAsync } from '@resvg/resvg-js';
import { fitText, round, stack, textBlock, type Block } from './layout';
import { COLOURS, divider, emblem, frame } from './ornament';
import { encodePng } from './png';
import { createTypesetter, type Typesetter } from './typesetter';
import type { Weight } from './fonts';

/** Everything that is written on it, in the words of one language. Nothing on it tells who shares it. */
export interface ShareCard {
  /** Above the title: the series and the week, or that it is a pledge. */
  lead: string;
  title: string;
  /** One thought of at most about 460 characters. */
  text: string;
  campaign: string;
}

export const CARD = { width: 1080, height: 1350 };
const MIDDLE = CARD.width / 2;
const COLUMN = { from: 262, to: 1232 };
const PANEL = { left: 86, padding: 40 };
const PANEL_WIDTH = CARD.width - 2 * PANEL.left;
const LEAST_GAP = 18;

/** Renders a card as PNG, under 150 KB. The same card gives the same bytes. */
export async function renderCard(card: ShareCard): Promise<Buffer> {
  const svg = cardSvg(await createTypesetter(), card);
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return encodePng(image.pixels, CARD.width, CARD.height);
}

/** The card as SVG, its text as outlines. */
export function cardSvg(type: Typesetter, { lead, title, text, campaign }: ShareCard): string {
  const heading = centred(
    type,
    title,
    { sizes: [76, 70, 64, 58, 52], weight: 'bold', height: 210 },
    COLOURS.teal,
  );
  const above = [
    centred(type, lead, { sizes: [40, 36, 32], weight: 'bold', height: 62 }, COLOURS.amber),
    heading,
  ];
  const used = above.reduce((sum, { height }) => sum + height, 0);
  const room = COLUMN.to - COLUMN.from - used - (above.length + 2) * LEAST_GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}" viewBox="0 0 ${CARD.width} ${CARD.height}">`,
    frame(CARD.width, CARD.height),
    emblem(MIDDLE, 150),
    divider(MIDDLE, 252, 420),
    stack([...above, panel(type, text, room)], COLUMN.from, COLUMN.to),
    type.line(campaign, MIDDLE, 1270, { size: 36, weight: 'bold', fill: COLOURS.teal }),
    '</svg>',
  ].join('');
}

function centred(
  type: Typesetter,
  text: string,
  { sizes, weight, height }: { sizes: number[]; weight: Weight; height: number },
  fill: string,
): Block {
  const fitted = fitText(type, text, { sizes, weight, width: 880, height });
  return textBlock(type, fitted, MIDDLE, { weight, fill });
}

/** The thought, light on teal. */
function panel(type: Typesetter, text: string, room: number): Block {
  const fitted = fitText(type, text, {
    sizes: [60, 57, 54, 51, 48, 46, 44, 42, 40, 38, 36],
    weight: 'regular',
    width: PANEL_WIDTH - 2 * PANEL.padding,
    height: room - 2 * PANEL.padding,
  });
  const body = textBlock(type, fitted, MIDDLE, { weight: 'regular', fill: COLOURS.paper });
  const height = body.height + 2 * PANEL.padding;
  return {
    height,
    draw: (top) =>
      `<rect x="${PANEL.left}" y="${round(top)}" width="${PANEL_WIDTH}" height="${round(height)}" rx="28" fill="${COLOURS.teal}"/>` +
      body.draw(top + PANEL.padding),
  };
}
