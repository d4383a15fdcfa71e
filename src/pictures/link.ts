/** Addresses of certificates: unguessable, and without anybody's name or number. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface CertificateId {
  participantId: string;
  pledgeId: string;
}

export interface CertificateLinks {
  /** `/certificates/<token>.png`, to be put behind PUBLIC_BASE_URL. */
  path(participantId: string, pledgeId: string): string;
  /** What a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): CertificateId | undefined;
}

/** 128 bits of HMAC-SHA256 in base64url: out of reach for guessing, and short enough for an SMS. */
const MAC_BYTES = 16;
const MAC_LENGTH = 22;

/**
 * @param secret SESSION_SECRET; the key for these links is derived from it, so that no other signature made with it
 * opens a certificate. Links stay valid as long as the secret does, and die with what they point to.
 */
export function certificateLink(secret: string): CertificateLinks {
  const key = createHmac('sha256', secret).update('certificate-link v1').digest();
  const macOf = (payload: string) =>
    createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES).toString('base64url');
  return {
    path(participantId, pledgeId) {
      const payload = Buffer.from(JSON.stringify([participantId, pledgeId])).toString('base64url');
      return `/certificates/${payload}${macOf(payload)}.png`;
    },
    read(token) {
      const payload = token.slice(0, -MAC_LENGTH);
      const given = Buffer.from(token.slice(-MAC_LENGTH));
      const expected = Buffer.from(macOf(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const [participantId, pledgeId] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
        string,
        string,
      ];
      return { participantId, pledgeId };
    },
  };
}
