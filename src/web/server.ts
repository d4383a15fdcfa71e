/** The web's one door: webhooks, certificates, sheets, posters, simulator, health and metrics, each mounted where it is wanted. */
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import type { Server } from 'node:http';
import type { Log } from '../log';

export interface WebParts {
  log: Log;
  /** Is everything there that a webhook needs? */
  isReady: () => Promise<boolean>;
  certificates: Router;
  /** What is kept of whoever was given the link. */
  myData: Router;
  sheets: Router;
  /** What goes with broadcasts. */
  sent?: Router | undefined;
  /** Charts of figures, for whoever was given the link. */
  charts?: Router | undefined;
  posters: Router;
  /** Pictures to share and voice notes. */
  media?: Router | undefined;
  webhooks?: Router | undefined;
  simulator?: Router | undefined;
  metrics?: Router | undefined;
  whatsappWeb?: Router | undefined;
}

const SIMULATOR = '/simulator';

/** Builds the application; nothing listens yet. */
export function createWeb(parts: WebParts): Express {
  const { log, isReady, certificates, myData, sheets, posters, simulator, ...routers } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(helmet());

  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', (_request, response, next) => {
    isReady()
      .then((ready) => {
        response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'database not reachable' });
      })
      .catch(next);
  });
  for (const router of [
    routers.webhooks,
    routers.metrics,
    routers.whatsappWeb,
    routers.media,
    routers.sent,
    routers.charts,
  ])
    if (router) app.use(router);
  app.use(certificates);
  app.use(myData);
  app.use(sheets);
  app.use(posters);
  if (simulator) {
    app.use(SIMULATOR, simulator);
    app.get('/', (_request, response) => response.redirect(SIMULATOR));
  }

  app.use((_request, response) => {
    response.status(404).json({ error: 'There is nothing at this address.' });
  });
  app.use(faults(log));
  return app;
}

/** Whatever a route throws: its words stay in the log, cleaned; the caller learns only that it failed. */
function faults(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = (error as { status?: unknown }).status;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      response.status(status).json({ error: 'The request was not understood.' });
      return;
    }
    log.error({ error }, 'A request failed.');
    if (response.headersSent) next(error);
    else response.status(500).json({ error: 'Something went wrong here. Please try again.' });
  };
}

/** The port is taken or may not be used; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** @returns the server, listening. @throws ListenError */
export function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, (error?: Error) => {
      if (error) reject(new ListenError(listenProblem(error, port)));
      else resolve(server);
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that program, or set PORT to another number (PORT=3001 npm start).`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be used by this user. Set PORT to a number above 1023.`;
  }
  return `The server cannot listen on port ${port} (${error.code ?? error.name}).`;
}
