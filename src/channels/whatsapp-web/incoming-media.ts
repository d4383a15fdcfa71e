/** Voice notes and pictures that people sent, fetched from their chat only when somebody needs them. */
import type { Session } from './session';

export type IncomingMedia =
  { contentType: string; bytes: Buffer } | { refused: 'address' | 'type' | 'size' | 'gone' | 'unreachable' };

const PREFIX = 'whatsapp-web:';
const MOST_BYTES = 16 * 1024 * 1024;
const TYPES = /^(audio\/(ogg|mpeg|mp4|aac|amr|3gpp)|image\/(jpeg|png|webp))(;|$)/;

/**
 * @param ref a `mediaRef` of this channel. @returns the bytes, or why not. Never throws. Audio and images of the
 * usual types, at most 16 MB.
 */
export async function fetchIncoming(session: Session, ref: string, ms: number): Promise<IncomingMedia> {
  if (!ref.startsWith(PREFIX)) return { refused: 'address' };
  try {
    const found = await session.call(async (client) => {
      const message = await client.getMessageById(ref.slice(PREFIX.length));
      return message?.downloadMedia();
    }, ms);
    if (!found) return { refused: 'gone' };
    if (!TYPES.test(found.mimetype)) return { refused: 'type' };
    const bytes = Buffer.from(found.data, 'base64');
    return bytes.length > MOST_BYTES ? { refused: 'size' } : { contentType: found.mimetype, bytes };
  } catch {
    return { refused: 'unreachable' };
  }
}
