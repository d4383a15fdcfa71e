/** `/simulator`: a phone in the browser, on the product's real inbound path. Off in production unless asked for. */
import express, { type ErrorRequestHandler, type Router } from 'express';
import { formatAddress } from '../../channels/simulator/address';
import { ImpossibleOnPhone, type Simulator } from '../../channels/simulator/simulator';
import { DurationError, parseDuration } from './duration';
import { fontFiles, LABELS_FOLDER, PAGE_FOLDER } from './files';
import { loadLabels, PAGE_LANGUAGES } from './labels';
import { pageRenderer } from './page';
import { freePhone, summaries } from './people';
import { BadRequest, readMessage, readPerson, readView, readWait } from './requests';
import { Streams } from './streams';
import type { ContentNews, SimulatorWorld } from './world';

export type { ContentNews, PersonView, SimulatorWorld } from './world';

export interface SimulatorRouterParts {
  simulator: Simulator;
  world: SimulatorWorld;
  /** IANA zone in which the page shows times (Asia/Kolkata). */
  zone?: string;
  /** While an author works on the content. */
  content?: ContentNews | undefined;
}

const FIRST_PERSON = '+919800000001';
const POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const YEAR_SECONDS = 31_536_000;

/**
 * The page, its events and what it can do, all under one mount point. Requests that change the world are carried
 * out one after the other. Bad requests get 400 and `{"error": "…"}`; what the product throws goes to `next`.
 * @throws Error at once when the page, its fonts or its labels are missing or wrong.
 */
export function simulatorRouter(parts: SimulatorRouterParts): Router {
  const { simulator, world, zone = 'Asia/Kolkata', content } = parts;
  const router = express.Router();
  const render = pageRenderer(PAGE_FOLDER, loadLabels(LABELS_FOLDER));
  const fonts = fontFiles();
  const streams = new Streams(simulator, world, content);
  const inTurn = queue();
  if (simulator.addresses().length === 0)
    simulator.open(formatAddress({ medium: 'whatsapp', phone: FIRST_PERSON }));

  router.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    next();
  });
  router.use(express.json({ limit: '64kb' }));

  router.get('/', (request, response) => {
    const asked = PAGE_LANGUAGES.find((language) => language === request.query.lang);
    const preferred = request.acceptsLanguages(['en', 'hi', 'bn', 'or']);
    const language = asked ?? PAGE_LANGUAGES.find((each) => each === preferred) ?? 'en';
    response.set({ 'Cache-Control': 'no-cache', Vary: 'Accept-Language' });
    response.type('html').send(render({ language, base: request.baseUrl, zone }));
  });
  router.use('/page', express.static(PAGE_FOLDER, { index: false, cacheControl: true, maxAge: 0 }));
  router.get('/fonts/:file', (request, response, next) => {
    const file = fonts.get(request.params.file);
    if (file === undefined) {
      next();
      return;
    }
    response.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    response.type('font/ttf').sendFile(file);
  });

  router.get('/events', async (request, response) => {
    await streams.open(readView(request.query).as, response);
  });
  router.get('/state', async (request, response) => {
    const { as } = readView(request.query);
    const person = (await world.describe({ channel: 'simulator', address: as })) ?? null;
    response.json({ as, person, now: world.clock.now() });
  });
  router.get('/people', async (_request, response) => {
    response.json({ people: await summaries(simulator, world) });
  });

  router.post('/people', (request, response) => {
    const phone = readPerson(request.body).phone ?? freePhone(simulator);
    if (phone === undefined) throw new BadRequest('All 99 pretend numbers are taken: type a phone number.');
    simulator.open(formatAddress({ medium: 'whatsapp', phone }));
    response.status(201).json({ phone });
  });
  router.post('/messages', async (request, response) => {
    const { as, ...input } = readMessage(request.body);
    const id = await inTurn(async () => {
      const message = simulator.outgoing(as, input);
      try {
        await world.receive(message);
      } catch (error) {
        simulator.mark(as, message.id, 'failed');
        throw error;
      }
      simulator.mark(as, message.id, 'delivered');
      await world.settle();
      simulator.mark(as, message.id, 'read');
      await streams.refresh();
      return message.id;
    });
    response.status(201).json({ id });
  });
  router.post('/wait', async (request, response) => {
    const milliseconds = parseDuration(readWait(request.body).duration);
    await inTurn(async () => {
      await world.advance(milliseconds);
      await streams.refresh();
    });
    response.json({ now: world.clock.now() });
  });

  router.use(refuse);
  return router;
}

/** Runs tasks one after the other, whatever becomes of each. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  };
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const sentence = refusal(error);
  if (sentence === undefined || response.headersSent) next(error);
  else response.status(400).json({ error: sentence });
};

/** The sentence for a request that was wrong; `undefined` when it is the product that failed. */
function refusal(error: unknown): string | undefined {
  if (error instanceof BadRequest || error instanceof DurationError || error instanceof ImpossibleOnPhone)
    return error.message;
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return 'This request is too long: at most 64 kB.';
  if (typeof type === 'string') return 'The body must be JSON.';
  return undefined;
}
