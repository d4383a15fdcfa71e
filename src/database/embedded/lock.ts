import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** LMDB lets two processes open one folder; this file in it keeps the second one out. */
const LOCK = 'embedded.lock';

/** Folders this very process holds. */
const held = new Set<string>();

interface Owner {
  pid: number;
  /** When that process began, where the system tells: a number used again by another process is no owner. */
  began: string;
}

/** When the process began, in the kernel's clock ticks since boot; empty where there is no /proc. */
function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return '';
  }
}

function isAlive({ pid, began }: Owner, file: string): boolean {
  if (pid === process.pid && began === beginningOf(pid)) return held.has(file);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginningOf(pid);
  return now === '' || began === '' || now === began;
}

function ownerIn(file: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof owner === 'object' && owner !== null && 'pid' in owner ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the data folder for this process, and makes it where it is missing. What a dead process left is taken over.
 * @returns a function that gives the folder free again.
 * @throws Error, one sentence with the way out, when another process has it or it cannot be written to.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, LOCK);
  try {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 0; attempt < 10; attempt++) {
      if (create(file)) {
        held.add(file);
        return () => {
          held.delete(file);
          rmSync(file, { force: true });
        };
      }
      const owner = ownerIn(file);
      if (owner !== undefined && isAlive(owner, file))
        throw new Locked(
          `The data folder ${folder} is in use by process ${owner.pid}. Stop that process, or set DATA_DIR to another folder.`,
        );
      takeAway(file, owner);
    }
  } catch (error) {
    if (error instanceof Locked) throw error;
    throw new Error(
      `The data folder ${folder} cannot be written to (${(error as Error).message}). Give this user the right to, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  throw new Locked(
    `The data folder ${folder} is being taken by several processes at once. Start only one, or delete ${file} if none is running.`,
  );
}

class Locked extends Error {}

/** Makes the lock file appear with its content, all at once; false when there is one. */
function create(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) }));
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead owner's file aside, unless someone else has just put his own in its place. */
function takeAway(file: string, owner: Owner | undefined): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = ownerIn(aside);
  if (moved !== undefined && moved.pid !== owner?.pid && isAlive(moved, file)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}
