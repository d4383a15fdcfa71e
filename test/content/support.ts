/** A copy of the good fixture, bent by each test in one place. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFinding, lintContent, type LintOptions } from '../../src/content';

export const GOOD = join(__dirname, 'fixtures/good');

const made: string[] = [];

/** One change: in `file`, `find` (which must be there, else the test is wrong) becomes `replace`. */
export interface Edit {
  file: string;
  find: string;
  replace: string;
}

/** Copies the good content to a temporary folder and applies the edits there. */
export function contentWith(...edits: Edit[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'content-'));
  made.push(dir);
  cpSync(GOOD, dir, { recursive: true });
  for (const { file, find, replace } of edits) {
    const path = join(dir, file);
    const before = readFileSync(path, 'utf8');
    if (!before.includes(find)) throw new Error(`${file} does not hold ${find}`);
    writeFileSync(
      path,
      before.replace(find, () => replace),
    );
  }
  return dir;
}

/** 1-based line on which `find` first stands in a file of the good content. */
export function lineOf(file: string, find: string): number {
  const before = readFileSync(join(GOOD, file), 'utf8').split(find);
  if (before.length === 1) throw new Error(`${file} does not hold ${find}`);
  return before[0]!.split('\n').length;
}

export function removeMade(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** The day by which the fixtures are judged. */
export const TODAY = new Date('2026-11-24T10:00:00Z');

/** What the lint finds in a folder, as the author sees it, without the folder's own name. */
export function lint(dir: string, options: Partial<LintOptions> = {}): string[] {
  return lintContent(dir, { today: TODAY, ...options }).map((finding) =>
    formatFinding(finding).replaceAll(`${dir}/`, ''),
  );
}

/** What the edits bring about: without them the fixture is clean. */
export function found(...edits: Edit[]): string[] {
  return lint(contentWith(...edits));
}
