/** A few bars with their numbers: what a coordinator is sent beside the words that say the same. */
import { renderAsync } from '@resvg/resvg-js';
import { fitText, round, textBlock } from './layout';
import { COLOURS, frame } from './ornament';
import { encodePng } from './png';
import { createTypesetter, type Typesetter } from './typesetter';

export interface BarChart {
  /** What the bars count. */
  title: string;
  /** Where. */
  place: string;
  /** From left to right, at most a dozen; a hidden value has no bar, only its sign. */
  bars: { label: string; value: number | undefined }[];
  /** What stands where a number is too small to be shown. */
  hidden: string;
  campaign: string;
}

export const CHART = { width: 1080, height: 810 };
const MIDDLE = CHART.width / 2;
const PLOT = { left: 100, right: 980, top: 300, bottom: 660 };

/** Renders a chart as PNG, under 100 KB. The same chart gives the same bytes. */
export async function renderChart(chart: BarChart): Promise<Buffer> {
  const svg = chartSvg(await createTypesetter(), chart);
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return encodePng(image.pixels, CHART.width, CHART.height);
}

/** The chart as SVG, its text as outlines. */
export function chartSvg(type: Typesetter, { title, place, bars, hidden, campaign }: BarChart): string {
  const most = Math.max(1, ...bars.map(({ value = 0 }) => value));
  const room = (PLOT.right - PLOT.left) / Math.max(1, bars.length);
  const heading = (text: string, top: number, sizes: number[], fill: string) =>
    textBlock(type, fitText(type, text, { sizes, weight: 'bold', width: 880, height: 90 }), MIDDLE, {
      weight: 'bold',
      fill,
    }).draw(top);
  const drawn = bars.map(({ label, value }, index) => {
    const middle = PLOT.left + (index + 0.5) * room;
    const [left, width] = [middle - 0.3 * room, 0.6 * room];
    const top = PLOT.bottom - ((value ?? 0) / most) * (PLOT.bottom - PLOT.top);
    return [
      `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(PLOT.bottom - top)}" rx="6" fill="${COLOURS.teal}"/>`,
      type.line(value === undefined ? hidden : String(value), middle, round(top - 14), {
        size: 30,
        weight: 'bold',
        fill: COLOURS.teal,
      }),
      type.line(label, middle, PLOT.bottom + 42, { size: 26, weight: 'regular', fill: COLOURS.slate }),
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CHART.width}" height="${CHART.height}" viewBox="0 0 ${CHART.width} ${CHART.height}">`,
    frame(CHART.width, CHART.height),
    heading(place, 90, [48, 44, 40, 34], COLOURS.amber),
    heading(title, 160, [44, 40, 36, 30], COLOURS.teal),
    ...drawn,
    `<rect x="${PLOT.left}" y="${PLOT.bottom}" width="${PLOT.right - PLOT.left}" height="3" fill="${COLOURS.slate}"/>`,
    type.line(campaign, MIDDLE, 752, { size: 28, weight: 'bold', fill: COLOURS.teal }),
    '</svg>',
  ].join('');
}
