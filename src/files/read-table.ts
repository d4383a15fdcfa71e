/** Tables that people hand us: CSV, or the first sheet of an Excel workbook. */
import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { readWorkbook, UnreadableWorkbook } from './workbook';

/**
 * All rows, every cell as text without blanks around, headings first. Whether a CSV file parts its cells by commas,
 * semicolons or tabs is seen from its first line (Excel writes what the country's settings say).
 * @throws UnreadableWorkbook with one sentence that says what to do
 */
export async function readTable(file: string): Promise<string[][]> {
  if (/\.xlsx$/i.test(file)) return (await readWorkbook(file))[0]?.rows ?? [];
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UnreadableWorkbook(
      `There is no file ${file} that can be read. Give its name, ending in .csv or .xlsx.`,
    );
  });
  if (text.includes('\uFFFD'))
    throw new UnreadableWorkbook(
      `${file} is not in UTF-8. Save it as "CSV UTF-8", or as .xlsx, and try again.`,
    );
  const [first = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].toSorted((one, other) => count(first, other) - count(first, one))[0];
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiter ?? ',',
      trim: true,
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    const line = error instanceof CsvError ? ` near line ${String(error.lines)}` : '';
    throw new UnreadableWorkbook(
      `${file} cannot be read as CSV${line}: a quotation mark is not closed, perhaps.`,
    );
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
