/** A table to be handed out as a file, whatever the format: described once, written as CSV or for Excel. */
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Row } from 'write-excel-file/node' with { 'resolution-mode': 'import' };

export type Cell = string | number | boolean | Date | undefined;

export interface Column {
  heading: string;
  /** Characters wide, in Excel. */
  width?: number;
}

export interface Table {
  /** Name of the sheet: at most 31 characters, without : \ / ? * [ ] (Excel's rule). */
  name: string;
  columns: readonly Column[];
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}

export const FORMATS = ['csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** Longer tables would have to be held in memory as a whole for Excel's format. */
export const MOST_EXCEL_ROWS = 50_000;

/** The message is one sentence that says what to do. */
export class TableTooLong extends Error {
  override readonly name = 'TableTooLong';
}

/**
 * Writes the table and ends `out`.
 * @throws TableTooLong for a table of more than MOST_EXCEL_ROWS rows in Excel's format; what `rows` or `out` throw
 */
export async function writeTable(table: Table, format: Format, out: Writable): Promise<void> {
  await (format === 'csv' ? writeCsv(table, out) : writeXlsx(table, out));
}

/** The same into a file; an older file of that name is written over. */
export function writeTableTo(table: Table, format: Format, file: string): Promise<void> {
  return writeTable(table, format, createWriteStream(file));
}

/**
 * UTF-8 with a byte order mark (without it Excel reads Indic letters wrongly), row by row. A cell that a spreadsheet
 * would run as a formula gets a ' in front (https://owasp.org/www-community/attacks/CSV_Injection): csv-stringify
 * does it for texts that begin with = + - @, a tab or a carriage return, and leaves numbers alone.
 */
async function writeCsv({ columns, rows }: Table, out: Writable): Promise<void> {
  await pipeline(
    async function* () {
      for await (const row of rows) yield [...row];
    },
    stringify({
      bom: true,
      header: true,
      columns: columns.map(({ heading }) => heading),
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: { date: (value) => value.toISOString(), boolean: (value) => (value ? 'yes' : 'no') },
    }),
    out,
  );
}

/** Every text is written as a text cell: in this format "=1+1" is no formula unless it is declared one. */
async function writeXlsx({ name, columns, rows }: Table, out: Writable): Promise<void> {
  const data: Row[] = [columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' }))];
  for await (const row of rows) {
    if (data.length > MOST_EXCEL_ROWS)
      throw new TableTooLong(
        `For Excel a table may have ${MOST_EXCEL_ROWS} rows, and this one has more: choose csv, or a shorter time.`,
      );
    data.push(row.map(excelCell));
  }
  // Its types say that it is a module for `import` alone.
  const { default: writeExcel } = await import('write-excel-file/node');
  const sheet = await writeExcel(data, {
    sheet: name,
    columns: columns.map(({ width = 14 }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
  out.end(sheet);
  await finished(out);
}

function excelCell(value: Cell): Row[number] {
  if (value === undefined) return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
  if (typeof value === 'number') return { value, type: Number };
  return { value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : value, type: String };
}
