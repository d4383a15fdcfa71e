/**
 * PNG with a palette of 256 colours. A certificate is flat: a few colours and their blends along the edges. With a
 * palette it is a third of the size that the renderer's own truecolour PNG has, which matters on a village's network.
 * Format: https://www.w3.org/TR/png-3/
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE_SIZE = 256;
/** Level 9 takes eight times as long and saves 6 % more. */
const COMPRESSION = 7;
/** Rows handled before other work gets its turn: about two milliseconds. */
const ROWS_AT_ONCE = 128;

/**
 * @param pixels RGBA, row by row, every pixel opaque, in a buffer of its own (as the renderer gives it). @returns the PNG; the same pixels give the same bytes.
 * The event loop is never held for more than some milliseconds; the compression runs beside it.
 */
export async function encodePng(pixels: Buffer, width: number, height: number): Promise<Buffer> {
  const colours = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const counts = new Map<number, number>();
  await inSlices(height, (from, to) => count(colours, from * width, to * width, counts));
  const { palette, indexOf } = choosePalette(counts);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter type, 0: none
  await inSlices(height, (from, to) => {
    let last = -1;
    let index = 0;
    for (let row = from; row < to; row++) {
      const start = row * (width + 1) + 1;
      for (let column = 0; column < width; column++) {
        const colour = colours[row * width + column] ?? 0;
        if (colour !== last) index = indexOf.get(colour) ?? 0;
        last = colour;
        rows[start + column] = index;
      }
    }
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette, deflate, no filter, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', await compress(rows, { level: COMPRESSION })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function inSlices(height: number, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < height; from += ROWS_AT_ONCE) {
    work(from, Math.min(height, from + ROWS_AT_ONCE));
    await breathe();
  }
}

function count(colours: Uint32Array, from: number, to: number, counts: Map<number, number>): void {
  let last = colours[from] ?? 0;
  let run = 0;
  for (let at = from; at < to; at++) {
    const colour = colours[at] ?? 0;
    if (colour !== last) {
      counts.set(last, (counts.get(last) ?? 0) + run);
      last = colour;
      run = 0;
    }
    run += 1;
  }
  counts.set(last, (counts.get(last) ?? 0) + run);
}

/** The most frequent colours stay as they are; each of the rest becomes the nearest of them. */
function choosePalette(counts: Map<number, number>): { palette: number[]; indexOf: Map<number, number> } {
  const byFrequency = [...counts]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .map(([colour]) => colour);
  const palette = byFrequency.slice(0, PALETTE_SIZE);
  const indexOf = new Map(palette.map((colour, index) => [colour, index]));
  const flat = Uint8Array.from(palette.flatMap(channels));
  for (const colour of byFrequency.slice(PALETTE_SIZE)) indexOf.set(colour, nearest(colour, flat));
  return { palette, indexOf };
}

/** @param palette red, green, blue of each colour in a row; plain arithmetic, as it runs a million times a picture. */
function nearest(colour: number, palette: Uint8Array): number {
  const [red, green, blue] = channels(colour);
  let best = 0;
  let smallest = Infinity;
  for (let at = 0; at < palette.length; at += 3) {
    const r = (palette[at] ?? 0) - red;
    const g = (palette[at + 1] ?? 0) - green;
    const b = (palette[at + 2] ?? 0) - blue;
    const distance = r * r + g * g + b * b;
    if (distance < smallest) {
      smallest = distance;
      best = at / 3;
    }
  }
  return best;
}

/** Red, green, blue of a pixel read as a little-endian word (every processor that Node 20 runs on but s390x). */
function channels(colour: number): [number, number, number] {
  return [colour & 0xff, (colour >>> 8) & 0xff, (colour >>> 16) & 0xff];
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
