/** Pages and figures for the operator alone: METRICS_TOKEN, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Whether a request shows the token, as `Bearer TOKEN` or as the password of HTTP Basic (any user name). */
export function showsToken(request: Request, token: string): boolean {
  const [scheme = '', credentials = ''] = (request.get('authorization') ?? '').split(' ', 2);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return isSame(credentials, token);
    case 'basic': {
      const [, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
      return isSame(password.join(':'), token);
    }
    default:
      return false;
  }
}

/** Hashed first: comparing must not tell how long the token is either. */
function isSame(given: string, wanted: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
