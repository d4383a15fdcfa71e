/** Copies of the real content, to be bent. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REAL = join(__dirname, '../../content');

const made: string[] = [];

export function copyOfContent(): string {
  const dir = mkdtempSync(join(tmpdir(), 'authoring-'));
  made.push(dir);
  cpSync(REAL, dir, { recursive: true });
  return dir;
}

export function removeCopies(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}
