/** Where certificates are made: few at a time, none twice in a short while. */
import { renderCertificate, type Certificate } from './certificate';

export type Render = (certificate: Certificate) => Promise<Buffer>;

export interface StudioOptions {
  /** How many pictures are made at the same time; they share libuv's four threads with files and signatures. */
  atOnce?: number;
  /** How many finished pictures are kept (about 45 KB each). A provider asks twice, HEAD and GET, within a second. */
  keep?: number;
  render?: Render;
}

/**
 * @returns a renderer that remembers its latest pictures, makes one once however many ask at the same time, and lets
 * the rest wait their turn. What failed is not remembered.
 */
export function createStudio({
  atOnce = 2,
  keep = 64,
  render = renderCertificate,
}: StudioOptions = {}): Render {
  /** Oldest use first. */
  const pictures = new Map<string, Promise<Buffer>>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function make(certificate: Certificate): Promise<Buffer> {
    if (busy >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else busy += 1;
    try {
      return await render(certificate);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return (certificate) => {
    const key = JSON.stringify(certificate);
    const picture = pictures.get(key) ?? make(certificate);
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
