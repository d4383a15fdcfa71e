/**
 * The session's Chromium profile on disk. Whoever holds the lease is the only one who may use it, so what another
 * process left behind is cleared away: Chromium itself refuses a profile that a killed container had in use.
 */
import { readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SINGLETON = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];
const LOOK_EVERY_MS = 50;

async function commandLine(pid: number): Promise<string[] | undefined> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line === '' ? undefined : line.split('\0');
}

/** The process that has the profile in use here, if it is certain that it is a Chromium on this very profile. */
async function ownerOf(profile: string): Promise<number | undefined> {
  const lock = await readlink(path.join(profile, 'SingletonLock')).catch(() => '');
  const [, host, pid] = /^(.*)-(\d+)$/.exec(lock) ?? [];
  if (host !== hostname()) return undefined;
  const line = await commandLine(Number(pid));
  return line?.includes(`--user-data-dir=${profile}`) ? Number(pid) : undefined;
}

/**
 * Makes the profile free: ends an orphaned Chromium that still runs on it and removes locks of the dead. To be
 * called only by the holder of the lease, while no browser of his own is open.
 * @param profile absolute path. @returns whether an orphan was ended.
 * @throws Error when the orphan does not go away in ten seconds.
 */
export async function freeProfile(profile: string): Promise<boolean> {
  const orphan = await ownerOf(profile);
  if (orphan !== undefined) {
    try {
      process.kill(orphan, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    for (let waited = 0; (await commandLine(orphan)) !== undefined; waited += LOOK_EVERY_MS) {
      if (waited > 10_000)
        throw new Error('An earlier Chromium holds the WhatsApp Web session and does not end.');
      await pause(LOOK_EVERY_MS);
    }
  }
  await Promise.all(SINGLETON.map((name) => rm(path.join(profile, name), { force: true })));
  return orphan !== undefined;
}

/** Removes the login, so that the next start shows a new code. No browser may be open on it. */
export async function forgetProfile(profile: string): Promise<void> {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
