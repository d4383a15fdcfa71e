/** What people type for days and hours, in four languages, and what is understood of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadContent } from '../../../src/content';
import { createReadWhen, type Reading } from '../../../src/conversation/when';

const readWhen = createReadWhen(loadContent(join(__dirname, '../../../content')).when);
const NOW = { now: new Date('2026-11-24T11:40:00+05:30'), zone: 'Asia/Kolkata' };
const TABLE = z.array(
  z.strictObject({ is: z.string(), said: z.array(z.union([z.string(), z.number()]).transform(String)) }),
);

function shown({ problem, day, hour, assumed, part, rest }: Reading, isPlace: boolean): string {
  if (problem) return `!${problem}`;
  const read = [day, hour && `${assumed ? '~' : ''}${hour}`, part].filter(Boolean).join(' ');
  if (read === '') return '-';
  return isPlace ? `${read} @ ${rest}` : read;
}

describe.each(['hi', 'bn', 'or', 'en'])('%s', (language) => {
  const table = TABLE.parse(parse(readFileSync(join(__dirname, `${language}.yaml`), 'utf8')));

  it('holds at least 150 phrasings, none twice', () => {
    const said = table.flatMap((row) => row.said);
    expect(said.length).toBeGreaterThanOrEqual(150);
    expect(said.filter((phrase, index) => said.indexOf(phrase) !== index)).toEqual([]);
  });

  it.each(table.map((row) => [row.is, row] as const))('%s', (is, { said }) => {
    const read = said.map((phrase) => [phrase, shown(readWhen(phrase, NOW), is.includes('@'))]);
    expect(read).toEqual(said.map((phrase) => [phrase, is]));
  });
});
