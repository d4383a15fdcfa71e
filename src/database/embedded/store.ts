import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { CommandError } from './errors';

/** One table of the store: bytes to bytes, in the order of the keys' bytes. */
export type Table = Database<Buffer, Buffer>;

/** The file in the data folder; beside it lies `…-lock`, LMDB's list of readers. */
export const DATA_FILE = 'saathi.lmdb';
export const TABLES = ['catalog', 'documents', 'indexes'] as const;

/** Opens such a file, and hands out its tables. */
export function openFile(
  path: string,
  options: { noSync?: boolean; readOnly?: boolean } = {},
): { root: RootDatabase<Buffer, Buffer>; table: (name: (typeof TABLES)[number]) => Table } {
  const root = open<Buffer, Buffer>({
    path,
    keyEncoding: 'binary',
    encoding: 'binary',
    maxDbs: 4,
    // With this off, a synchronous commit has synced the data when it returns.
    overlappingSync: false,
    ...options,
  });
  return {
    root,
    table: (name) => root.openDB<Buffer, Buffer>({ name, keyEncoding: 'binary', encoding: 'binary' }),
  };
}

interface Job {
  work: () => unknown;
  done: (result: unknown) => void;
  failed: (error: unknown) => void;
}

/**
 * The files on disk and the one queue of writes. All writes that arrive in one turn of the event loop share one
 * LMDB transaction and so one sync: a write's promise is kept only after that sync (unless `noSync`).
 */
export class Store {
  readonly catalog: Table;
  readonly documents: Table;
  readonly indexes: Table;
  /** Called after a transaction was undone: what is remembered from the catalogue has to be read again. */
  onUndone: () => void = () => undefined;
  /** Called inside each transaction after the writes, before the commit. */
  beforeCommit: () => void = () => undefined;
  private readonly root: RootDatabase<Buffer, Buffer>;
  private queue: Job[] = [];
  private scheduled = false;

  constructor(folder: string, noSync: boolean) {
    mkdirSync(folder, { recursive: true });
    const { root, table } = openFile(join(folder, DATA_FILE), { noSync });
    this.root = root;
    this.catalog = table('catalog');
    this.documents = table('documents');
    this.indexes = table('indexes');
  }

  /**
   * Runs `work` inside the next shared transaction; the promise settles when that is on disk. A CommandError thrown
   * by `work` must come before its first change. Any other error undoes the whole transaction; then each write of it
   * is tried alone, so that only the guilty one fails.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, done: resolve as (result: unknown) => void, failed: reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.drain());
    });
  }

  /** A transaction of its own inside a write: an error thrown inside undoes what it did, and only that. */
  nested<T>(work: () => T): T {
    return this.root.transactionSync(work);
  }

  /** Waits for the writes under way and closes the files. */
  async close(): Promise<void> {
    await this.write(() => undefined);
    await this.root.close();
  }

  private drain(): void {
    this.scheduled = false;
    const jobs = this.queue;
    this.queue = [];
    try {
      this.commit(jobs);
    } catch (error) {
      this.onUndone();
      if (jobs.length === 1) return jobs[0]?.failed(error);
      for (const job of jobs)
        try {
          this.commit([job]);
        } catch (reason) {
          this.onUndone();
          job.failed(reason);
        }
    }
  }

  private commit(jobs: Job[]): void {
    const settled: (() => void)[] = [];
    this.root.transactionSync(() => {
      for (const { work, done, failed } of jobs)
        try {
          const result = work();
          settled.push(() => done(result));
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          settled.push(() => failed(error));
        }
      this.beforeCommit();
    });
    for (const settle of settled) settle();
  }
}
