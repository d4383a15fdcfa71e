/** GET /my-data/<token>: all that is kept of him, as a page in his language; with .json the same as a file. */
import { DateTime } from 'luxon';
import { Router, type Response } from 'express';
import type { Clock } from '../clock';
import type { Language } from '../conversation';
import type { Translate } from '../conversation/translate';
import type { Log } from '../log';
import type { DataLinks, Holdings } from '../rights';

export interface MyDataOptions {
  links: Pick<DataLinks, 'read'>;
  /** All that is kept of him; undefined once he is erased. */
  find: (participantId: string) => Promise<Holdings | undefined>;
  /** Told of every look, before anything is shown. */
  looked: (participantId: string) => Promise<void>;
  translate: Translate;
  clock: Clock;
  log: Log;
}

const TOKEN = /^([\w-]{24,400}?)(\.json)?$/;

/**
 * A router to mount at the root. Answers 200, the same bare 404 for what is forged, over or erased, and 500 (logged)
 * when it fails. Nothing may be kept on the way or by the browser.
 */
export function myDataRouter({ links, find, looked, translate, clock, log }: MyDataOptions): Router {
  const router = Router();
  router.get('/my-data/:file', async (request, response) => {
    response.set({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      'Referrer-Policy': 'no-referrer',
    });
    const [, token = '', isFile] = TOKEN.exec(request.params.file) ?? [];
    const allowed = links.read(token, clock.now());
    if (!allowed) {
      refuse(response, 404);
      return;
    }
    try {
      const holdings = await find(allowed.participantId);
      if (!holdings) {
        refuse(response, 404);
        return;
      }
      await looked(allowed.participantId);
      if (isFile) {
        response
          .set('Content-Disposition', 'attachment; filename="my-data.json"')
          .type('json')
          .send(JSON.stringify(holdings, null, 2));
        return;
      }
      response.type('html').send(pageOf(holdings, translate, allowed.until, `${token}.json`));
    } catch (error) {
      log.error(
        { error, participant: log.hashed(allowed.participantId) },
        'A page of data could not be made.',
      );
      refuse(response, 500);
    }
  });
  return router;
}

function refuse(response: Response, status: 404 | 500): void {
  response.sendStatus(status);
}

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:auto;padding:1rem}' +
  'h2{font-size:1.2rem;margin-top:2rem}li{margin:.4rem 0;white-space:pre-wrap}';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What he wrote stays text, whatever signs it holds. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}

/** @param file address of the same as JSON, relative to the page */
function pageOf(he: Holdings, translate: Translate, until: Date, file: string): string {
  const language: Language = he.profile.language ?? 'en';
  const t = (key: string, params: Record<string, string> = {}) => translate({ key, params }, language);
  const { name, state, district, zone } = he.profile;
  const day = (at: Date) => DateTime.fromJSDate(at, { zone }).toFormat('d/M/yyyy');
  const moment = DateTime.fromJSDate(until, { zone }).toFormat('d/M/yyyy HH:mm');
  const list = (title: string, items: string[]) =>
    `<h2>${escaped(title)}</h2><ul>${(items.length > 0 ? items : [t('my-data.sheet.none')])
      .map((item) => `<li>${escaped(item)}</li>`)
      .join('')}</ul>`;
  const place = district ?? state;
  const body = [
    `<h1>${escaped(t('my-data.sheet.title'))}</h1><p>${escaped(t('my-data.sheet.until', { moment }))}</p>`,
    list(t('my-data.sheet.who'), [
      ...(name === undefined ? [] : [name]),
      t('language.name'),
      ...(place === undefined ? [] : [t(`place.${place}`)]),
      day(he.createdAt),
    ]),
    list(
      t('my-data.sheet.numbers'),
      he.identities.map(({ channel, address }) => `${channel} ${address}`),
    ),
    list(
      t('my-data.sheet.groups'),
      he.groups.map(({ name: group, code, since }) => `${group} (${code}), ${day(since)}`),
    ),
    list(
      t('my-data.sheet.consents'),
      he.consents.map(({ purpose, notice, given, at }) => {
        const what = purpose ? t(`consents.what.${purpose}`) : notice;
        return `${what}: ${given ? t('my-data.sheet.given') : t('my-data.sheet.refused')}, ${day(at)}`;
      }),
    ),
    list(
      t('my-data.sheet.lessons'),
      he.lessons.map(({ week, offeredAt }) => `${t(`lesson.${week}.title`)}, ${day(offeredAt)}`),
    ),
    list(
      t('my-data.sheet.pledges'),
      he.pledges.map(({ kind, at }) => `${t(`pledge.${kind}.title`)}, ${day(at)}`),
    ),
    list(
      t('my-data.sheet.reflections'),
      he.reflections.map(({ week, at, text, sealed }) => {
        const words = sealed ? t('my-data.sheet.unreadable') : (text ?? t('my-data.sheet.voice'));
        return `${t(`lesson.${week}.title`)}, ${day(at)}\n${words}`;
      }),
    ),
    list(t('my-data.sheet.happened'), [String(he.journal.length)]),
    list(t('my-data.sheet.messages'), [String(he.messages.length)]),
    `<p><a href="${escaped(file)}">${escaped(t('my-data.sheet.file'))}</a></p>`,
    `<p>${escaped(t('my-data.sheet.correct'))}</p>`,
    `<p>${escaped(t('my-data.sheet.erase'))}</p>`,
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(t('my-data.sheet.title'))}</title><style>${STYLE}</style></head>`,
    `<body>${body.join('')}</body></html>`,
  ].join('');
}
