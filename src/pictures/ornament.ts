/** The certificate's drawn parts: frame, corners, emblem, divider. All in SVG, nothing is loaded. */

export const COLOURS = {
  paper: '#fdf8ec',
  teal: '#0f4c4a',
  marigold: '#f2a900',
  /** Marigold dark enough to be read on paper (5.3 : 1). */
  amber: '#915700',
  /** Running text on paper (9 : 1). */
  slate: '#33504e',
} as const;

/** A double frame around the whole picture, with a quarter of a marigold in each corner. */
export function frame(width: number, height: number): string {
  const rectangle = (inset: number, stroke: string, thickness: number) =>
    `<rect x="${inset}" y="${inset}" width="${width - 2 * inset}" height="${height - 2 * inset}" fill="none" stroke="${stroke}" stroke-width="${thickness}"/>`;
  const corner = (x: number, y: number, turn: number) =>
    `<g transform="translate(${x} ${y}) rotate(${turn})">${fan()}</g>`;
  const inset = 46;
  return [
    `<rect width="${width}" height="${height}" fill="${COLOURS.paper}"/>`,
    rectangle(26, COLOURS.teal, 10),
    rectangle(inset, COLOURS.marigold, 3),
    corner(inset, inset, 0),
    corner(width - inset, inset, 90),
    corner(width - inset, height - inset, 180),
    corner(inset, height - inset, 270),
  ].join('');
}

/** Petals from 0° to 90°, as a corner holds them. */
function fan(): string {
  const petals = [0, 22.5, 45, 67.5, 90].map((angle) => petal(angle, 34, 78, 12, COLOURS.marigold));
  return `<clipPath id="corner"><rect width="130" height="130"/></clipPath><g clip-path="url(#corner)">${petals.join('')}<circle r="26" fill="${COLOURS.teal}"/></g>`;
}

/** A petal that points to the right, turned by `angle`, between two distances from the flower's middle. */
function petal(angle: number, from: number, to: number, half: number, fill: string): string {
  const middle = (from + to) / 2;
  return `<ellipse transform="rotate(${angle})" cx="${middle}" cy="0" rx="${(to - from) / 2}" ry="${half}" fill="${fill}"/>`;
}

/** A marigold with an equals sign in its heart: samanta is equality. About 160 pixels across. */
export function emblem(x: number, y: number): string {
  const ring = (count: number, from: number, to: number, half: number, fill: string, start: number) =>
    Array.from({ length: count }, (_, index) => petal(start + (index * 360) / count, from, to, half, fill));
  const bar = (top: number) =>
    `<rect x="-24" y="${top}" width="48" height="11" rx="5.5" fill="${COLOURS.paper}"/>`;
  return [
    `<g transform="translate(${x} ${y})">`,
    ...ring(16, 36, 82, 13, COLOURS.marigold, 0),
    ...ring(16, 34, 66, 9, '#d98a00', 11.25),
    `<circle r="46" fill="${COLOURS.teal}"/>`,
    bar(-17),
    bar(6),
    '</g>',
  ].join('');
}

/** A line with a small diamond in its middle. */
export function divider(x: number, y: number, width: number): string {
  const line = (from: number, to: number) =>
    `<line x1="${from}" y1="${y}" x2="${to}" y2="${y}" stroke="${COLOURS.marigold}" stroke-width="3"/>`;
  return [
    line(x - width / 2, x - 20),
    line(x + 20, x + width / 2),
    `<rect x="${x - 7}" y="${y - 7}" width="14" height="14" fill="${COLOURS.marigold}" transform="rotate(45 ${x} ${y})"/>`,
  ].join('');
}
