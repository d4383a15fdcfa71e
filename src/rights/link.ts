/** The address of the page on which somebody sees all that is kept of him: unguessable, and gone after a day. */
import { signer } from '../signer';

export interface DataLinks {
  /** `/my-data/<token>`, to be put behind PUBLIC_BASE_URL; works for a day from `at` on. */
  path(participantId: string, at: Date): string;
  /** Whose page it is, and until when; `undefined` for a forged or changed token and for one whose day is over. */
  read(token: string, at: Date): { participantId: string; until: Date } | undefined;
}

const WORKS_FOR_MS = 24 * 3_600_000;

/** @param secret SESSION_SECRET; the key for these links is derived from it, so that no other signature opens a page */
export function dataLinks(secret: string): DataLinks {
  const { sign, read } = signer<[participantId: string, untilSeconds: number]>(secret, 'data-link v1');
  return {
    path: (participantId, at) =>
      `/my-data/${sign([participantId, Math.floor((at.getTime() + WORKS_FOR_MS) / 1000)])}`,
    read(token, at) {
      const signed = read(token);
      if (!signed) return undefined;
      const [participantId, seconds] = signed;
      const until = new Date(seconds * 1000);
      return at < until ? { participantId, until } : undefined;
    },
  };
}
