/** The secret that signs links and keys hashes: from the environment, or made once and kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param dataDir where it is kept, readable only by the product's own user; 'temporary' keeps none
 * @param name the file that holds it there
 * @throws the file system's error when the folder can't be written
 */
export function secretFrom(configured: string | undefined, dataDir: string, name = 'secret'): string {
  if (configured !== undefined) return configured;
  const fresh = randomBytes(32).toString('hex');
  if (dataDir === 'temporary') return fresh;
  const file = path.join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, fresh, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8').trim();
  }
}
