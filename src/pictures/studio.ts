/** Where pictures are made: few at a time, none twice in a short while. */
import type { Certificate } from './certificate';

/** Draws a picture from what is written on it. */
export type Draw<What> = (what: What) => Promise<Buffer>;
export type Render = Draw<Certificate>;

export interface StudioOptions<What> {
  /** How many pictures are made at the same time; they share libuv's four threads with files and signatures. */
  atOnce?: number;
  /** How many finished pictures are kept (about 45 KB each). A provider asks twice, HEAD and GET, within a second. */
  keep?: number;
  render: Draw<What>;
}

/**
 * @returns a renderer that remembers its latest pictures, makes one once however many ask at the same time, and lets
 * the rest wait their turn. What failed is not remembered.
 */
export function createStudio<What>({ atOnce = 2, keep = 64, render }: StudioOptions<What>): Draw<What> {
  /** Oldest use first. */
  const pictures = new Map<string, Promise<Buffer>>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function make(what: What): Promise<Buffer> {
    if (busy >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else busy += 1;
    try {
      return await render(what);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return (what) => {
    const key = JSON.stringify(what);
    const picture = pictures.get(key) ?? make(what);
    pictures.delete(key);
    pictures.set(key, picture);
    picture.catch(() => pictures.get(key) === picture && pictures.delete(key));
    for (const oldest of pictures.keys()) {
      if (pictures.size <= keep) break;
      pictures.delete(oldest);
    }
    return picture;
  };
}
