/** `start`: the product as a server. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, loadConfig } from '../config';
import { ContentError } from '../content';
import { createLog } from '../log';
import { assemble, type Role } from '../main';
import { CONTENT_DIR } from '../paths';
import { listen } from '../web/server';
import { LiveContent, watchContent } from '../wiring/live-content';

const NEEDS_MONGODB =
  'MONGODB_URI is not set; web and worker as separate processes share a database: set it, or start with --role all.';

const NOT_LIVE =
  'NODE_ENV is production; there, content is read once, at the start: start without --live-content.';

export interface StartOrder {
  role: Role;
  /** Take in what is saved under content/ while this runs: for authors. */
  liveContent?: boolean;
}

/** A request in hand has this long to end when the server is asked to stop. */
const GRACE_MS = 10_000;

/**
 * Starts and stays until SIGINT or SIGTERM; resolves when it has stopped.
 * @throws ConfigError, ContentError, DatabaseError, ListenError before anything is served
 */
export async function start(
  { role, liveContent = false }: StartOrder,
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const config = loadConfig(env);
  if (role !== 'all' && config.mongodbUri === undefined) throw new ConfigError([NEEDS_MONGODB]);
  if (liveContent && config.env === 'production') throw new ConfigError([NOT_LIVE]);
  const log = createLog({ level: config.logLevel });
  for (const reason of config.warnings) log.warn({ reason }, 'Configuration');
  const live = liveContent ? await goodContent(print) : undefined;
  const product = await assemble(config, { log, ...(live && { live }) });
  let server: Server | undefined;
  try {
    server = await listen(product.app, role === 'worker' && env.PORT === undefined ? 0 : config.port);
  } catch (error) {
    await product.stop();
    throw error;
  }
  const stopped = whenAskedToStop();
  const stopWatching = live && keepFresh(live, print);
  product.start(role);
  const { port } = server.address() as AddressInfo;
  log.info({ role, port, pid: process.pid }, 'Samanta Saathi is running.');
  if (config.simulator && role !== 'worker') {
    print(`\n  Open http://localhost:${port}/simulator and say namaste.\n`);
  }
  await stopped;
  log.info({ role }, 'Stopping: finishing what is in hand.');
  stopWatching?.();
  await close(server);
  await product.stop();
}

/** The content as soon as it is good: until then its faults are told, and a change is waited for. */
async function goodContent(print: (line: string) => void): Promise<LiveContent> {
  for (;;) {
    try {
      return new LiveContent(CONTENT_DIR);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      print(`${error.message}\n\nThe content can't be used. Waiting until it is put right.`);
      await new Promise<void>((changed) => {
        const stop = watchContent(CONTENT_DIR, () => {
          stop();
          changed();
        });
      });
    }
  }
}

function keepFresh(live: LiveContent, print: (line: string) => void): () => void {
  live.subscribe(() => {
    const faults = live.faults();
    const lines = [
      ...faults,
      '',
      'The content has faults. What was good before goes on until they are put right.',
    ];
    print(faults.length === 0 ? 'The new content is in.' : lines.join('\n'));
  });
  return watchContent(CONTENT_DIR, () => live.reload());
}

function whenAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
