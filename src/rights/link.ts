/** The address of the page on which somebody sees all that is kept of him: unguessable, and gone after a day. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface DataLinks {
  /** `/my-data/<token>`, to be put behind PUBLIC_BASE_URL; works for a day from `at` on. */
  path(participantId: string, at: Date): string;
  /** Whose page it is, and until when; `undefined` for a forged or changed token and for one whose day is over. */
  read(token: string, at: Date): { participantId: string; until: Date } | undefined;
}

const WORKS_FOR_MS = 24 * 3_600_000;
/** 128 bits of HMAC-SHA256 in base64url. */
const MAC_BYTES = 16;
const MAC_LENGTH = 22;

/** @param secret SESSION_SECRET; the key for these links is derived from it, so that no other signature opens a page */
export function dataLinks(secret: string): DataLinks {
  const key = createHmac('sha256', secret).update('data-link v1').digest();
  const macOf = (payload: string) =>
    createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES).toString('base64url');
  return {
    path(participantId, at) {
      const until = Math.floor((at.getTime() + WORKS_FOR_MS) / 1000);
      const payload = Buffer.from(JSON.stringify([participantId, until])).toString('base64url');
      return `/my-data/${payload}${macOf(payload)}`;
    },
    read(token, at) {
      const payload = token.slice(0, -MAC_LENGTH);
      const given = Buffer.from(token.slice(-MAC_LENGTH));
      const expected = Buffer.from(macOf(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const [participantId, seconds] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
        string,
        number,
      ];
      const until = new Date(seconds * 1000);
      return at < until ? { participantId, until } : undefined;
    },
  };
}
