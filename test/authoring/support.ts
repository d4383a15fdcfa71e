/** Copies of the real content, to be bent. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REAL = join(__dirname, '../../content');

const made: string[] = [];

/** @param weeks only so many lessons, which is checked sooner */
export function copyOfContent(weeks = 52): string {
  const dir = mkdtempSync(join(tmpdir(), 'authoring-'));
  made.push(dir);
  cpSync(REAL, dir, { recursive: true });
  const lessons = join(dir, 'lessons');
  for (const name of readdirSync(lessons)) if (Number(name.slice(0, 2)) > weeks) rmSync(join(lessons, name));
  return dir;
}

export function removeCopies(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}
