/** Workbooks that people fill in: written for Excel, read back cell by cell. */
import { writeFile } from 'node:fs/promises';
import type { Row } from 'write-excel-file/node' with { 'resolution-mode': 'import' };

export interface WorkSheet {
  /** At most 31 characters, without : \ / ? * [ ] (Excel's rule). */
  name: string;
  columns: readonly { heading: string; width: number }[];
  /** Texts as they are, line breaks too; a number stays a number. */
  rows: readonly (readonly (string | number | undefined)[])[];
  /** Columns at the left that stay in view. */
  sticky?: number;
}

/** A sheet as it was read: the first row holds the headings; an empty cell is ''. */
export interface ReadSheet {
  name: string;
  rows: string[][];
}

/** The file is no workbook, or not there. The message is one sentence that says what to do. */
export class UnreadableWorkbook extends Error {
  override readonly name = 'UnreadableWorkbook';
}

/** Writes the workbook; an older file of that name is written over. Every text is a text cell, never a formula. */
export async function writeWorkbook(file: string, sheets: readonly WorkSheet[]): Promise<void> {
  // Its types say that it is a module for `import` alone.
  const { default: writeExcel } = await import('write-excel-file/node');
  const bytes = await writeExcel(
    sheets.map(({ name, columns, rows, sticky }) => ({
      sheet: name,
      data: [
        columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' as const })),
        ...rows.map((row) => row.map(cell)),
      ],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      ...(sticky !== undefined && { stickyColumnsCount: sticky }),
    })),
  ).toBuffer();
  await writeFile(file, bytes);
}

function cell(value: string | number | undefined): Row[number] {
  if (value === undefined || value === '') return null;
  if (typeof value === 'number') return { value, type: Number, alignVertical: 'top' };
  return { value, type: String, wrap: true, alignVertical: 'top' };
}

/**
 * All sheets, every cell as text: line breaks as `\n`, NFC, without blanks around. A date comes as YYYY-MM-DD.
 * @throws UnreadableWorkbook
 */
export async function readWorkbook(file: string): Promise<ReadSheet[]> {
  const { default: readExcel } = await import('read-excel-file/node');
  const sheets = await readExcel(file).catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnreadableWorkbook(
      isMissing
        ? `There is no file ${file}. Give the name of the workbook that you filled in.`
        : `${file} cannot be read as an Excel workbook. Save it as .xlsx and try again.`,
    );
  });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(asText)) }));
}

function asText(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  return String(value).replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** `C14`: how Excel calls a cell. @param column counted from 0; @param row counted from 0, headings first */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let left = column; left >= 0; left = Math.floor(left / 26) - 1)
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  return `${letters}${row + 1}`;
}
