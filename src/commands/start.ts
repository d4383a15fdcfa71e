/** `start`: the product as a server. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, loadConfig } from '../config';
import { createLog } from '../log';
import { assemble, type Role } from '../main';
import { listen } from '../web/server';

const NEEDS_MONGODB =
  'MONGODB_URI is not set; web and worker as separate processes share a database: set it, or start with --role all.';

/** A request in hand has this long to end when the server is asked to stop. */
const GRACE_MS = 10_000;

/**
 * Starts and stays until SIGINT or SIGTERM; resolves when it has stopped.
 * @throws ConfigError, ContentError, DatabaseError, ListenError before anything is served
 */
export async function start(
  role: Role,
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const config = loadConfig(env);
  if (role !== 'all' && config.mongodbUri === undefined) throw new ConfigError([NEEDS_MONGODB]);
  const log = createLog({ level: config.logLevel });
  for (const reason of config.warnings) log.warn({ reason }, 'Configuration');
  const product = await assemble(config, { log });
  let server: Server | undefined;
  try {
    server = await listen(product.app, role === 'worker' && env.PORT === undefined ? 0 : config.port);
  } catch (error) {
    await product.stop();
    throw error;
  }
  const stopped = whenAskedToStop();
  product.start(role);
  const { port } = server.address() as AddressInfo;
  log.info({ role, port, pid: process.pid }, 'Samanta Saathi is running.');
  if (config.simulator && role !== 'worker') {
    print(`\n  Open http://localhost:${port}/simulator and say namaste.\n`);
  }
  await stopped;
  log.info({ role }, 'Stopping: finishing what is in hand.');
  await close(server);
  await product.stop();
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
