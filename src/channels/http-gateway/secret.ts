/** Does a webhook know the shared secret? */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Of one length whatever was sent, so that comparing takes the same time. */
const digest = (value: string) => createHash('sha256').update(value).digest();

/** What was shown: bearer token or password of `Authorization`, or `X-Webhook-Secret`. */
function shown(authorization: string | undefined, header: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() === 'basic')
    return Buffer.from(credentials, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
  return header;
}

/**
 * Compares in constant time. The secret is not taken from the address: addresses end up in the logs of proxies.
 * @param authorization the `Authorization` header (`Basic`: `https://any:SECRET@host/…` as the webhook's address).
 * @param header the `X-Webhook-Secret` header, where there is no `Authorization`.
 */
export function knowsSecret(
  { authorization, header }: { authorization: string | undefined; header: string | undefined },
  secret: string,
): boolean {
  const given = shown(authorization, header);
  return given !== undefined && timingSafeEqual(digest(given), digest(secret));
}
