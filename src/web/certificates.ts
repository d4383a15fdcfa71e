/** GET /certificates/<token>.png: a pledge certificate, for whoever was given its address. */
import { createHash } from 'node:crypto';
import { Router, type Response } from 'express';
import type { Translate } from '../conversation/translate';
import type { Log } from '../log';
import {
  certificateTexts,
  createStudio,
  renderCertificate,
  type CertificateLinks,
  type Render,
  type TakenPledge,
} from '../pictures';

export interface CertificatesOptions {
  links: CertificateLinks;
  /** The pledge as it was taken; `undefined` when it doesn't exist (any more): erased, or never there. */
  find: (participantId: string, pledgeId: string) => Promise<TakenPledge | undefined>;
  translate: Translate;
  log: Log;
  /** Makes the pictures; the bundled fonts and a small memory by default. */
  render?: Render;
}

const FILE = /^([\w-]{24,400})\.png$/;

/**
 * A router to mount at the root. Answers 200 with the picture, 304 where the asker has it, the same bare 404 for what
 * is forged, unknown or erased, and 500 (logged) where it can't be made. Erased means gone: the answer may be kept by
 * the asker for an hour, and by nobody in between.
 */
export function certificatesRouter(options: CertificatesOptions): Router {
  const { links, find, translate, log, render = createStudio({ render: renderCertificate }) } = options;
  const router = Router();
  router.get('/certificates/:file', async (request, response) => {
    const token = FILE.exec(request.params.file)?.[1];
    const id = token === undefined ? undefined : links.read(token);
    if (!id) {
      refuse(response, 404);
      return;
    }
    try {
      const pledge = await find(id.participantId, id.pledgeId);
      if (!pledge) {
        refuse(response, 404);
        return;
      }
      const picture = await render(certificateTexts(translate, pledge));
      response
        .set({
          'Cache-Control': 'private, max-age=3600',
          'Content-Disposition': 'inline; filename="certificate.png"',
          ETag: `"${createHash('sha256').update(picture).digest('base64url').slice(0, 27)}"`,
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        })
        .type('png')
        .send(picture);
    } catch (error) {
      log.error({ error, participant: log.hashed(id.participantId) }, 'A certificate could not be made.');
      refuse(response, 500);
    }
  });
  return router;
}

function refuse(response: Response, status: 404 | 500): void {
  response.set('Cache-Control', 'no-store').sendStatus(status);
}
