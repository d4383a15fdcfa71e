/** What is nobody's own and goes with messages: pictures of lessons and pledges to share, and recorded voice notes. */
import { Router, type Response } from 'express';
import { voiceFile, type Content } from '../content';
import { LANGUAGES, type Language, type Translate } from '../conversation';
import type { Log } from '../log';
import { createStudio, lessonCard, pledgeCard, renderCard, type Draw, type ShareCard } from '../pictures';

export interface MediaOptions {
  content: Pick<Content, 'lessons' | 'pledges'>;
  contentDir: string;
  translate: Translate;
  log: Log;
  /** Draws the pictures; with a small memory by default. */
  draw?: Draw<ShareCard>;
}

const CARD = /^(lesson|pledge)-([a-z0-9-]+?)-(hi-Latn|hi|bn|or|en)\.png$/;
const DAY_SECONDS = 86_400;

/**
 * A router to mount at the root: `/pictures/lesson-04-hi.png`, `/pictures/pledge-share-housework-or.png` and
 * `/audio/hi/04.ogg`. What there is none of answers 404.
 */
export function mediaRouter(options: MediaOptions): Router {
  const { content, contentDir, translate, log, draw = createStudio({ render: renderCard }) } = options;

  function cardOf(file: string): ShareCard | undefined {
    const [, kind, what = '', language] = CARD.exec(file) ?? [];
    if (kind === 'lesson' && content.lessons.some(({ week }) => week === Number(what)))
      return lessonCard(translate, Number(what), language as Language);
    if (kind === 'pledge' && content.pledges.some(({ id }) => id === what))
      return pledgeCard(translate, what, language as Language);
    return undefined;
  }

  const router = Router();
  router.get('/pictures/:file', async (request, response) => {
    const card = cardOf(request.params.file);
    if (!card) return refuse(response, 404);
    try {
      const picture = await draw(card);
      return response.set(HEADERS).type('png').send(picture);
    } catch (error) {
      log.error({ error }, 'A picture to share could not be made.');
      return refuse(response, 500);
    }
  });
  router.get('/audio/:language/:file', (request, response) => {
    const language = LANGUAGES.find((one) => one === request.params.language);
    const week = /^(\d\d)\.ogg$/.exec(request.params.file)?.[1];
    const path = language && week && voiceFile(contentDir, language, Number(week));
    if (!path) return refuse(response, 404);
    // Opus in Ogg, which WhatsApp shows as a voice note; `sendFile` answers ranges, so that a phone can resume.
    response.sendFile(path, { headers: { ...HEADERS, 'Content-Type': 'audio/ogg' } });
  });
  return router;
}

const HEADERS = {
  'Cache-Control': `public, max-age=${DAY_SECONDS}`,
  'X-Content-Type-Options': 'nosniff',
};

function refuse(response: Response, status: 404 | 500): Response {
  return response.set('Cache-Control', 'no-store').sendStatus(status);
}
