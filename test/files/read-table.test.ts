/** Tables that people hand us, from whatever program. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTable, UnreadableWorkbook, writeWorkbook } from '../../src/files';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'saathi-table-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function csv(text: string | Buffer): string {
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, text);
  return file;
}

const ROWS = [
  ['phone', 'name'],
  ['9800000001', 'रमेश, यादव'],
];

test.each([
  ['commas', 'phone,name\n9800000001,"रमेश, यादव"\n'],
  ['semicolons, as Excel writes them in some countries', 'phone;name\r\n9800000001;"रमेश, यादव"\r\n'],
  ['tabs, with a byte order mark', '\uFEFFphone\tname\n 9800000001 \tरमेश, यादव\n'],
])('%s', async (_what, text) => {
  expect(await readTable(csv(text))).toEqual(ROWS);
});

test('an Excel workbook', async () => {
  const file = path.join(folder, 'people.xlsx');
  const columns = ROWS[0]!.map((heading) => ({ heading, width: 20 }));
  await writeWorkbook(file, [{ name: 'People', columns, rows: [[9800000001, 'रमेश, यादव']] }]);
  expect(await readTable(file)).toEqual(ROWS);
});

test.each([
  ['a quotation mark that is never closed', 'phone,name\n1,"Ramesh\n', /near line/],
  ['another encoding', Buffer.from([0x70, 0x0a, 0xe9, 0x0a]), /not in UTF-8/],
])('%s is told of', async (_what, text, why) => {
  const file = csv(text);
  await expect(readTable(file)).rejects.toThrow(UnreadableWorkbook);
  await expect(readTable(file)).rejects.toThrow(why);
});

test('a file that is not there', async () => {
  await expect(readTable(path.join(folder, 'none.csv'))).rejects.toThrow(/There is no file/);
});
