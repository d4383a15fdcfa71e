/** `content export` and `content import`: the lessons as a workbook, and back. */
import { lessonSheet, planImport, writeImport, type CellText, type ImportPlan } from '../authoring';
import { LANGUAGE_NAMES } from '../content';
import { readBundle } from '../content/bundle';
import { collectTexts } from '../content/texts';
import { readWorkbook, writeWorkbook } from '../files';
import { CannotDo } from './failure';

/**
 * Writes the lessons, or one week's, into a workbook.
 * @returns what to tell the author
 * @throws CannotDo when there is no such week
 */
export async function exportLessons(dir: string, file: string, week?: number): Promise<string> {
  const { bundle, findings } = readBundle(dir);
  const faulty = findings.filter(({ severity }) => severity === 'error').length;
  if (faulty > 0)
    throw new CannotDo(`The content has ${faulty} faults. Run npm run content:lint and correct them first.`);
  const sheet = lessonSheet(bundle.lessons, collectTexts(bundle), week);
  if (sheet.rows.length === 0) throw new CannotDo(`Week ${week} has no lesson.`);
  await writeWorkbook(file, [sheet]);
  return [
    `${file}: ${sheet.rows.length} rows, a text each, the languages side by side.`,
    'Change texts in it; leave the first three columns as they are. Then:',
    `  npm run saathi -- content import ${file}`,
    '',
  ].join('\n');
}

/**
 * Reads a workbook and says what would change; with `write` it is written, if no cell is wrong.
 * @returns what to tell the author, and whether all was well
 * @throws UnreadableWorkbook
 */
export async function importLessons(
  dir: string,
  file: string,
  { write, today }: { write: boolean; today: Date },
): Promise<{ text: string; isFine: boolean }> {
  const plan = planImport(dir, await readWorkbook(file), today);
  const isFine = plan.faults.length === 0;
  if (isFine && write) writeImport(plan);
  return { text: told(plan, write), isFine };
}

function told({ changes, faults, advice, files }: ImportPlan, write: boolean): string {
  const list = (what: string, found: ImportPlan['faults']) =>
    found.length === 0 ? [] : ['', what, ...found.map(({ cell, message }) => `  ${cell}: ${message}`)];
  return [
    ...changes.map(changeLine),
    ...list('Wrong:', faults),
    ...list('Advice:', advice),
    ...(changes.length + faults.length > 0 ? [''] : []),
    ending(changes.length, faults.length, files.size, write),
    '',
  ].join('\n');
}

function ending(changes: number, faults: number, files: number, write: boolean): string {
  if (faults > 0) return 'Nothing was written. Correct these cells and import again.';
  if (changes === 0) return 'Nothing differs from the lessons: there is nothing to write.';
  const what = `${changes} ${changes === 1 ? 'text' : 'texts'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  return write
    ? `Written: ${what}. Read it over with git diff, and run npm run content:lint.`
    : `Would change ${what}. Nothing was written: add --write to write it.`;
}

/** How much of a text is shown around the first difference. */
const SHOWN = 70;

function changeLine({ cell, was, is }: CellText): string {
  const from = Array.from(was.text);
  const to = Array.from(is);
  const differs = from.findIndex((letter, index) => letter !== to[index]);
  const start = Math.max(0, (differs < 0 ? from.length : differs) - SHOWN / 3);
  const show = (letters: string[]) => {
    const piece = letters
      .slice(start, start + SHOWN)
      .join('')
      .replaceAll('\n', ' ⏎ ');
    return `${start > 0 ? '…' : ''}${piece}${letters.length > start + SHOWN ? '…' : ''}`;
  };
  return `${cell} (${was.key}, ${LANGUAGE_NAMES[was.language]})\n  was  ${show(from)}\n  new  ${show(to)}`;
}
