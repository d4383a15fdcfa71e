/** Remembers across restarts that WhatsApp has blocked the number: a restart must not try again by itself. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const fileIn = (folder: string) => path.join(folder, 'blocked');

/** The state that WhatsApp gave as its reason; `undefined` when nothing is blocked. */
export async function readBlock(folder: string): Promise<string | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

export async function writeBlock(folder: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), `${code}\n`);
}

/** An operator has settled it with WhatsApp: the next start may try again. */
export async function clearBlock(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}
