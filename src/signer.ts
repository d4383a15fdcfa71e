/** Tokens that stand for something of ours in an address: unguessable, and worthless once a letter is changed. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits of HMAC-SHA256 in base64url: out of reach for guessing, and short enough for an SMS. */
const MAC_BYTES = 16;
const MAC_LENGTH = 22;

export interface Signer<Values> {
  /** Letters, digits, `-` and `_` only. */
  sign: (values: Values) => string;
  /** What was signed; `undefined` for a forged, cut or otherwise changed token. */
  read: (token: string) => Values | undefined;
}

/**
 * @param secret SESSION_SECRET; the key is derived from it
 * @param purpose `sheet-link v1`: a token made for one purpose opens nothing else
 */
export function signer<Values extends readonly (string | number)[]>(
  secret: string,
  purpose: string,
): Signer<Values> {
  const key = createHmac('sha256', secret).update(purpose).digest();
  const macOf = (payload: string) =>
    createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES).toString('base64url');
  return {
    sign(values) {
      const payload = Buffer.from(JSON.stringify(values)).toString('base64url');
      return payload + macOf(payload);
    },
    read(token) {
      const payload = token.slice(0, -MAC_LENGTH);
      const given = Buffer.from(token.slice(-MAC_LENGTH));
      const expected = Buffer.from(macOf(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Values;
    },
  };
}
