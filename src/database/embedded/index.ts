import { startChild } from './child';
import { startServer } from './server';

export { BackupRefused, restoreBackup, writeBackup, type BackupHead } from './backup';
export { compactAtStart, compactFolder } from './copy';

/** How the embedded database is started. */
export interface EmbeddedOptions {
  /** The folder that holds the data (made where it is missing), or 'temporary' for one that is thrown away on stop. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0 or none takes any free one. */
  port?: number;
  /** A Unix socket to listen on instead of a port. */
  socketPath?: string;
  /** Never waits for the disk: for throw-away test databases only. */
  noSync?: boolean;
  /** How often TTL indexes are looked after, in milliseconds (default 60,000). */
  ttlInterval?: number;
  /** Runs in this process instead of a child process: for tests. */
  inProcess?: boolean;
}

/** An embedded database that is running. */
export interface Embedded {
  /** Connection string for the driver; a database name may be put between host and `?`. */
  uri: string;
  /** Ends it once all that was acknowledged is on disk. */
  stop: () => Promise<void>;
}

/**
 * Starts a database server that speaks MongoDB's wire protocol (docs/embedded-database.md says how much of it).
 * @throws Error with one sentence naming the thing and the way out: data folder locked by another process or not
 *   writable, data of an unknown format version, port in use, compiled code missing.
 */
export async function startEmbedded({ inProcess = false, ...options }: EmbeddedOptions): Promise<Embedded> {
  const { port, stop } = await (inProcess ? startServer(options) : startChild(options));
  const host =
    options.socketPath === undefined ? `127.0.0.1:${port ?? 0}` : encodeURIComponent(options.socketPath);
  // No memory for retried writes, so that a retry cannot apply an $inc twice; no search for other members.
  return { uri: `mongodb://${host}/?directConnection=true&retryWrites=false`, stop };
}
