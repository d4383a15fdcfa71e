/**
 * The picture or voice note of a broadcast: fetched once from the provider that took it, when the broadcast leaves,
 * looked at, and kept until nobody can be sent it any more.
 */
import type { Connection } from 'mongoose';
import type { GivenMedia, MediaKind } from '../conversation';
import { broadcastMediaModel, type BroadcastMediaRow } from '../database/models/broadcast-media';

/** What a provider has under one of its references, or why it is not to be had. */
export type FetchMedia = (
  ref: string,
) => Promise<
  { contentType: string; bytes: Buffer } | { refused: 'address' | 'type' | 'size' | 'gone' | 'unreachable' }
>;

export interface BroadcastMedia {
  /**
   * Fetches it and keeps it under the broadcast's id; again it is the same.
   * @returns its content type; `later` where it may be had another time, `never` where it may not
   */
  keep(broadcast: string, given: GivenMedia, now: Date): Promise<{ contentType: string } | 'later' | 'never'>;
  /** As it is handed to those whom it is for; undefined once it is gone. */
  of(broadcast: string): Promise<Pick<BroadcastMediaRow, 'contentType' | 'bytes'> | undefined>;
}

/** WhatsApp's limit for a picture (Cloud API, "Media"); as a voice note it lasts over twenty minutes. */
export const MOST_BYTES = 5 * 1024 * 1024;
/** A broadcast that is paused or tried again can still leave for so long. */
export const KEPT_MS = 30 * 86_400_000;

const startsWith =
  (text: string, at = 0) =>
  (bytes: Buffer) =>
    bytes.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

/** What WhatsApp shows as a picture or plays, and by which first bytes it is known: a type is only a claim. */
const TYPES: Record<MediaKind, Record<string, (bytes: Buffer) => boolean>> = {
  picture: { 'image/jpeg': startsWith('\xff\xd8\xff'), 'image/png': startsWith('\x89PNG\r\n\x1a\n') },
  voice: {
    'audio/ogg': startsWith('OggS'),
    'audio/amr': startsWith('#!AMR'),
    'audio/mp4': startsWith('ftyp', 4),
    'audio/mpeg': (bytes) => startsWith('ID3')(bytes) || (bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xe0),
    'audio/aac': (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0,
  },
};

/**
 * The content type under which it goes on, without parameters.
 * @returns undefined for what is too large or not what it should be
 */
export function acceptedType(kind: MediaKind, contentType: string, bytes: Buffer): string | undefined {
  const [type = ''] = contentType.toLowerCase().split(';');
  const isOne = Object.entries(TYPES[kind]).find(([known]) => known === type.trim())?.[1];
  return bytes.length <= MOST_BYTES && isOne?.(bytes) ? type.trim() : undefined;
}

/** @param fetchMedia asks whichever channel the reference comes from; without it nothing can be fetched here */
export function createBroadcastMedia(
  connection: Connection,
  fetchMedia: FetchMedia = () => Promise.resolve({ refused: 'unreachable' }),
): BroadcastMedia {
  const rows = broadcastMediaModel(connection);
  return {
    async keep(broadcast, { kind, ref }, now) {
      const found = await fetchMedia(ref);
      if ('refused' in found) return found.refused === 'unreachable' ? 'later' : 'never';
      const contentType = acceptedType(kind, found.contentType, found.bytes);
      if (contentType === undefined) return 'never';
      const until = new Date(now.getTime() + KEPT_MS);
      await rows.updateOne(
        { _id: broadcast },
        { $set: { contentType, bytes: found.bytes, until } },
        { upsert: true },
      );
      return { contentType };
    },
    async of(broadcast) {
      const row = await rows.findById(broadcast);
      return row ? { contentType: row.contentType, bytes: row.bytes } : undefined;
    },
  };
}
