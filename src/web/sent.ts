/** GET /sent/<token>: the picture or voice note of a broadcast, for the providers that carry it to people's phones. */
import { Router } from 'express';
import type { Log } from '../log';
import type { SentLinks } from '../pictures/link';

export interface SentOptions {
  links: SentLinks;
  /** `undefined` once it is gone. */
  find: (broadcast: string) => Promise<{ contentType: string; bytes: Buffer } | undefined>;
  log: Log;
}

const TOKEN = /^[\w-]{24,400}$/;

/**
 * A router to mount at the root. Answers 200 with the file as the type that was found in it, the same bare 404 for what
 * is forged, unknown or gone, and 500 (logged) where it can't be read.
 */
export function sentRouter({ links, find, log }: SentOptions): Router {
  const router = Router();
  router.get('/sent/:token', async (request, response) => {
    const { token } = request.params;
    const id = TOKEN.test(token) ? links.read(token) : undefined;
    try {
      const found = id === undefined ? undefined : await find(id);
      if (!found) {
        response.set('Cache-Control', 'no-store').sendStatus(404);
        return;
      }
      response
        .set({
          'Cache-Control': 'no-store',
          'Content-Type': found.contentType,
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        })
        .send(found.bytes);
    } catch (error) {
      log.error({ error }, "A broadcast's picture or voice note could not be read.");
      response.set('Cache-Control', 'no-store').sendStatus(500);
    }
  });
  return router;
}
