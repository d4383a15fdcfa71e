/** GET /charts/<token>.png: a chart of figures, for the coordinator who was given its address. */
import { DateTime } from 'luxon';
import { Router, type Response } from 'express';
import type { Connection } from 'mongoose';
import type { Translate } from '../conversation/translate';
import type { Log } from '../log';
import { createStudio, renderChart, type BarChart, type ChartLinks, type Draw } from '../pictures';
import { activeWeeks, day } from '../stats';

export interface ChartsOptions {
  links: Pick<ChartLinks, 'read'>;
  connection: Connection;
  zone: string;
  translate: Translate;
  log: Log;
  /** Draws the pictures; with a small memory by default. */
  draw?: Draw<BarChart>;
}

const FILE = /^([\w-]{24,400})\.png$/;

/** A router to mount at the root. Answers 200 with the picture, a bare 404 for what is forged, 500 (logged). */
export function chartsRouter(options: ChartsOptions): Router {
  const { links, connection, zone, translate, log, draw = createStudio({ render: renderChart }) } = options;
  const router = Router();
  router.get('/charts/:file', async (request, response) => {
    const token = FILE.exec(request.params.file)?.[1];
    const chart = token === undefined ? undefined : links.read(token);
    if (!chart) return refuse(response, 404);
    const { area, period, language } = chart;
    const say = (key: string) => translate({ key }, language);
    try {
      const last = DateTime.fromISO(period, { zone }).toJSDate();
      const weeks = await activeWeeks(connection, area, last, zone);
      const picture = await draw({
        title: say('coordinating.chart-title'),
        place: say(area === 'all' ? 'coordinating.country' : `place.${area.slice(area.indexOf(':') + 1)}`),
        bars: weeks.map(({ week, active }) => ({ label: day(week.from, zone), value: active })),
        hidden: '<5',
        campaign: say('certificate.campaign'),
      });
      return response
        .set({
          'Cache-Control': 'private, max-age=600',
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        })
        .type('png')
        .send(picture);
    } catch (error) {
      log.error({ error }, 'A chart could not be made.');
      return refuse(response, 500);
    }
  });
  return router;
}

function refuse(response: Response, status: 404 | 500): Response {
  return response.set('Cache-Control', 'no-store').sendStatus(status);
}
