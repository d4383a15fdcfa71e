/** What a filled-in workbook would change, checked by the whole check before anything is written. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { lintContent, type Finding } from '../content';
import { readBundle } from '../content/bundle';
import { collectTexts } from '../content/texts';
import type { ReadSheet } from '../files';
import { readLessonSheet, type CellFault, type CellText } from './lesson-sheet';
import { rewrite } from './rewrite';

export interface ImportPlan {
  changes: CellText[];
  /** With any of these nothing may be written. */
  faults: CellFault[];
  /** Warnings that were not there before. */
  advice: CellFault[];
  /** Absolute path → the whole new file. */
  files: Map<string, string>;
}

/**
 * @param dir the content folder; it is only read
 * @param today against which the check judges dates
 */
export function planImport(dir: string, sheets: readonly ReadSheet[], today: Date): ImportPlan {
  const { bundle } = readBundle(dir);
  const { cells, faults } = readLessonSheet(sheets, collectTexts(bundle));
  const changes = cells.filter(({ was, is }) => is !== was.text.normalize('NFC'));
  const files = new Map<string, string>();
  if (faults.length > 0 || changes.length === 0) return { changes, faults, advice: [], files };
  for (const file of new Set(changes.map(({ was }) => was.source.file))) {
    const inFile = changes.filter(({ was }) => was.source.file === file);
    const texts = inFile.map(({ was, is }) => ({ path: was.path, text: is }));
    files.set(resolve(file), rewrite(readFileSync(resolve(file), 'utf8'), texts));
  }
  const found = newFindings(dir, files, today).map((finding) => ({
    severity: finding.severity,
    cell: cellOf(finding, cells, dir) ?? `${finding.file}:${finding.line}: ${finding.thing}`,
    message: finding.message,
  }));
  return {
    changes,
    faults: found.filter(({ severity }) => severity === 'error'),
    advice: found.filter(({ severity }) => severity === 'warning'),
    files,
  };
}

/** Writes what was planned. @throws Error when the plan has faults */
export function writeImport({ faults, files }: ImportPlan): void {
  if (faults.length > 0) throw new Error('A plan with faults is never written.');
  for (const [file, text] of files) writeFileSync(file, text);
}

/** What the check says of a copy with the changes, and did not say before. Files are named relative to `dir`. */
function newFindings(dir: string, files: ReadonlyMap<string, string>, today: Date): Finding[] {
  const copy = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    cpSync(dir, copy, { recursive: true });
    for (const [file, text] of files) writeFileSync(join(copy, relative(dir, file)), text);
    const named = (folder: string) =>
      lintContent(folder, { today }).map((finding) => ({
        ...finding,
        file: relative(folder, resolve(finding.file)),
      }));
    const same = ({ file, thing, message }: Finding) => [file, thing, message].join('\n');
    const before = new Set(named(dir).map(same));
    return named(copy).filter((finding) => !before.has(same(finding)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function cellOf(finding: Finding, cells: readonly CellText[], dir: string): string | undefined {
  return cells.find(
    ({ was }) =>
      relative(dir, resolve(was.source.file)) === finding.file && was.path.join('.') === finding.thing,
  )?.cell;
}
