/** GET /sheets/<token>.pdf: a meeting's sheet, for the mentor who was given its address. */
import { Router, type Response } from 'express';
import type { Content } from '../content';
import type { Language } from '../conversation';
import type { MeetingToPrint } from '../conversation/meeting-sheet';
import type { Translate } from '../conversation/translate';
import type { Log } from '../log';
import { renderSheet, sheetTexts } from '../pictures';
import type { SheetLinks } from '../pictures/link';

export interface SheetsOptions {
  links: SheetLinks;
  /** The meeting as it stands now; `undefined` when it is cancelled or was never there. */
  find: (meeting: string) => Promise<{ meeting: MeetingToPrint; language: Language } | undefined>;
  content: Content;
  translate: Translate;
  log: Log;
}

const FILE = /^([\w-]{24,400})\.pdf$/;

/**
 * A router to mount at the root. Answers 200 with the page, the same bare 404 for what is forged, unknown or cancelled,
 * and 500 (logged) where it can't be made. Names stand on it: nobody on the way keeps it.
 */
export function sheetsRouter({ links, find, content, translate, log }: SheetsOptions): Router {
  const router = Router();
  router.get('/sheets/:file', async (request, response) => {
    const token = FILE.exec(request.params.file)?.[1];
    const id = token === undefined ? undefined : links.read(token);
    try {
      const found = id === undefined ? undefined : await find(id);
      if (!found) {
        refuse(response, 404);
        return;
      }
      const { meeting, language } = found;
      const page = await renderSheet(sheetTexts(content, translate, meeting, language), meeting.at);
      response
        .set({
          'Cache-Control': 'no-store',
          'Content-Disposition': 'inline; filename="meeting.pdf"',
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        })
        .type('pdf')
        .send(page);
    } catch (error) {
      log.error({ error }, "A meeting's sheet could not be made.");
      refuse(response, 500);
    }
  });
  return router;
}

function refuse(response: Response, status: 404 | 500): void {
  response.set('Cache-Control', 'no-store').sendStatus(status);
}
