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
/** Rows handled before other work gets its turn: about two milliseconds. */
const ROWS_AT_ONCE = 128;

/**
 * @param pixels RGBA, row by row, every pixel opaque. @returns the PNG; the same pixels give the same bytes.
 * The event loop is never held for more than some milliseconds; the compression runs beside it.
 */
export async function encodePng(pixels: Buffer, width: number, height: number): Promise<Buffer> {
  const colours = new Uint32Array(
    pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + width * height * 4),
  );
  const counts = new Map<number, number>();
  await inSlices(height, (from, to) => count(colours.subarray(from * width, to * width), counts));
  const { palette, indexOf } = choosePalette(counts);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter type, 0: none
  await inSlices(height, (from, to) => {
    for (let row = from; row < to; row++) {
      const line = colours.subarray(row * width, (row + 1) * width);
      for (let column = 0; column < width; column++) {
        rows[row * (width + 1) + 1 + column] = indexOf.get(line[column] ?? 0) ?? 0;
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
    chunk('IDAT', await compress(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function inSlices(height: number, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < height; from += ROWS_AT_ONCE) {
    work(from, Math.min(height, from + ROWS_AT_ONCE));
    await breathe();
  }
}

function count(colours: Uint32Array, counts: Map<number, number>): void {
  let [last, run] = [colours[0] ?? 0, 0];
  for (const colour of colours) {
    if (colour !== last) {
      counts.set(last, (counts.get(last) ?? 0) + run);
      [last, run] = [colour, 0];
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
  for (const colour of byFrequency.slice(PALETTE_SIZE)) indexOf.set(colour, nearest(colour, palette));
  return { palette, indexOf };
}

function nearest(colour: number, palette: number[]): number {
  const [red, green, blue] = channels(colour);
  let [best, smallest] = [0, Infinity];
  palette.forEach((candidate, index) => {
    const [r, g, b] = channels(candidate);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < smallest) [best, smallest] = [index, distance];
  });
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
