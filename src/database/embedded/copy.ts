/**
 * A copy of what lives in the store, and of nothing else. LMDB's own copy, compacting or not, takes pages over as they
 * lie, with what was removed from them still in their gaps; here each entry is written into a file that never held
 * another.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './lock';
import { DATA_FILE, openFile, TABLES } from './store';

/** A commit holds so many entries: more would be held in memory. */
const AT_A_TIME = 2_000;
/** In the data folder: something was removed that should not be left between the pages. */
const DUE = 'compaction-due';

/**
 * Copies the tables of one file into a new one, in the order of their keys, and waits for the disk.
 * @param to a file that is not there yet
 */
export async function copyLive(from: string, to: string): Promise<void> {
  discard(to);
  const source = openFile(from, { readOnly: true });
  const target = openFile(to, { noSync: true });
  try {
    for (const name of TABLES) {
      const [there, here] = [source.table(name), target.table(name)];
      let batch: { key: Buffer; value: Buffer }[] = [];
      const flush = (): void => {
        target.root.transactionSync(() => {
          for (const { key, value } of batch) here.putSync(key, value);
        });
        batch = [];
      };
      for (const entry of there.getRange({})) {
        batch.push({ key: Buffer.from(entry.key), value: Buffer.from(entry.value) });
        if (batch.length >= AT_A_TIME) flush();
      }
      flush();
    }
  } catch (error) {
    await target.root.close();
    discard(to);
    throw error;
  } finally {
    await source.root.close();
  }
  await target.root.close();
  rmSync(`${to}-lock`, { force: true });
  syncFile(to);
}

/**
 * Writes a folder's data anew, without what was removed from it. The old file stands until the new one is whole.
 * @returns bytes before and after; undefined where there is no data
 * @throws Error with a sentence for the operator when the folder is in use or not writable
 */
export async function compactFolder(folder: string): Promise<{ before: number; after: number } | undefined> {
  const unlock = lockFolder(folder);
  try {
    return await compactLocked(folder);
  } finally {
    unlock();
  }
}

/** The same for whoever holds the folder already. */
export async function compactLocked(folder: string): Promise<{ before: number; after: number } | undefined> {
  const file = join(folder, DATA_FILE);
  const before = sizeOf(file);
  if (before === undefined) return undefined;
  const fresh = `${file}.new`;
  await copyLive(file, fresh);
  const after = sizeOf(fresh) ?? 0;
  renameSync(fresh, file);
  syncFile(folder);
  rmSync(join(folder, DUE), { force: true });
  return { before, after };
}

/** Has the next start of the server on this folder write its data anew before anything else. */
export function compactAtStart(folder: string): void {
  writeFileSync(join(folder, DUE), '');
}

/** For the server as it starts, with the folder in its hands: what `compactAtStart` asked for. */
export async function compactIfDue(folder: string): Promise<void> {
  if (sizeOf(join(folder, DUE)) !== undefined) await compactLocked(folder);
}

/** Waits until a file, or a folder's list of files, is on the disk. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file's size in bytes; undefined where there is none. */
export function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

function discard(file: string): void {
  rmSync(file, { force: true });
  rmSync(`${file}-lock`, { force: true });
}
