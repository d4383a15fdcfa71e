/** GET /posters/<token>.png: a group's poster, for the mentor who was given its address and whoever he shows it to. */
import { Router, type Response } from 'express';
import type { Translate } from '../conversation/translate';
import type { Log } from '../log';
import {
  createStudio,
  posterTexts,
  renderPoster,
  type Draw,
  type GroupToJoin,
  type Poster,
} from '../pictures';
import type { PosterLinks } from '../pictures/link';

export interface PostersOptions {
  links: PosterLinks;
  /** The group as it stands now; `undefined` where there is none any more, or no WhatsApp number to join by. */
  find: (code: string) => Promise<GroupToJoin | undefined>;
  translate: Translate;
  log: Log;
  /** Draws it; with a small memory by default. */
  draw?: Draw<Poster>;
}

const FILE = /^([\w-]{24,400})\.png$/;

/**
 * A router to mount at the root. Answers 200 with the picture, the same bare 404 for what is forged or unknown, and 500
 * (logged) where it can't be made.
 */
export function postersRouter(options: PostersOptions): Router {
  const { links, find, translate, log, draw = createStudio({ render: renderPoster }) } = options;
  const router = Router();
  router.get('/posters/:file', async (request, response) => {
    const token = FILE.exec(request.params.file)?.[1];
    const id = token === undefined ? undefined : links.read(token);
    try {
      const group = id && (await find(id.group));
      if (!group) {
        refuse(response, 404);
        return;
      }
      const picture = await draw(posterTexts(translate, group, id.language));
      response
        .set({
          'Cache-Control': 'private, max-age=3600',
          'Content-Disposition': 'inline; filename="poster.png"',
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        })
        .type('png')
        .send(picture);
    } catch (error) {
      log.error({ error }, "A group's poster could not be made.");
      refuse(response, 500);
    }
  });
  return router;
}

function refuse(response: Response, status: 404 | 500): void {
  response.set('Cache-Control', 'no-store').sendStatus(status);
}
