import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from './catalog';
import { Connection } from './connection';
import { compactIfDue } from './copy';
import type { Context } from './context';
import { Cursors } from './cursors';
import { lockFolder } from './lock';
import { Records } from './records';
import { Scanner } from './scan';
import { Store } from './store';
import { removeExpired } from './ttl';

/** How the server is set up. */
export interface ServerOptions {
  /** The folder that holds the data, or 'temporary' for one that is thrown away on stop. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0 takes any free one. */
  port?: number;
  /** A Unix socket to listen on instead of a port. */
  socketPath?: string;
  /** Never waits for the disk: for throw-away test databases only. */
  noSync?: boolean;
  /** How often TTL indexes are looked after, in milliseconds; 60,000 as MongoDB does. */
  ttlInterval?: number;
}

/** A server that is running in this process. */
export interface RunningServer {
  /** The port it listens on; undefined on a Unix socket. */
  port: number | undefined;
  stop: () => Promise<void>;
}

/**
 * Opens the data folder and listens.
 * @throws Error with a sentence for the operator: folder locked or not writable, unknown format, port in use.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const temporary = options.dataDir === 'temporary';
  const folder = temporary ? mkdtempSync(join(tmpdir(), 'saathi-db-')) : options.dataDir;
  const unlock = lockFolder(folder);
  const discard = (): void => {
    unlock();
    if (temporary) rmSync(folder, { recursive: true, force: true });
  };
  let store: Store | undefined;
  try {
    if (!temporary) await compactIfDue(folder);
    store = new Store(folder, options.noSync === true);
    const context = assemble(store);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      new Connection(context, socket);
    });
    await listen(server, options);
    const timer = setInterval(() => void look(context), options.ttlInterval ?? 60_000);
    timer.unref();
    const address = server.address();
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      clearInterval(timer);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await context.store.close();
      discard();
    };
    return {
      port: typeof address === 'object' && address !== null ? address.port : undefined,
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await store?.close();
    discard();
    throw error;
  }
}

function assemble(store: Store): Context {
  const catalog = new Catalog(store);
  const scanner = new Scanner(store);
  const records = new Records(store, (collection, record) => scanner.load(collection, record));
  store.beforeCommit = () => catalog.save();
  store.onUndone = () => catalog.read();
  return { store, catalog, scanner, records, cursors: new Cursors() };
}

/** The regular round: expired documents and forgotten cursors. A failure waits for the next round. */
async function look(context: Context): Promise<void> {
  context.cursors.sweep();
  try {
    await removeExpired(context, new Date());
  } catch {
    return;
  }
}

function listen(server: Server, { port = 0, socketPath }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = socketPath ?? `port ${port}`;
      const reason =
        error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be listened on (${error.message})`;
      reject(
        new Error(
          `The embedded database cannot start: ${place} ${reason}. Choose another one, or stop the program that uses it.`,
        ),
      );
    });
    const ready = (): void => resolve();
    if (socketPath === undefined) server.listen(port, '127.0.0.1', ready);
    else server.listen(socketPath, ready);
  });
}
