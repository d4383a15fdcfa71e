/** All lessons on one sheet: a row a text, the languages side by side. */
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../content';
import type { SourcedLesson } from '../content/bundle';
import type { Text } from '../content/texts';
import { cellName, type ReadSheet, type WorkSheet } from '../files';
import { partOf } from './parts';

export const SHEET = 'Lessons';
const WEEK = 'week';
const LESSON = 'lesson';
const PART = 'text';
const NOTE = 'note';

/** @param texts of all lessons, as `collectTexts` gives them; @param week that one alone */
export function lessonSheet(
  lessons: readonly SourcedLesson[],
  texts: readonly Text[],
  week?: number,
): WorkSheet {
  const rows = lessons
    .filter(({ value }) => week === undefined || value.week === week)
    .flatMap(({ value, slug, source }) => {
      const mine = texts.filter((text) => text.source === source);
      const keys = [...new Set(mine.map(({ key }) => key))];
      return keys.map((key) => {
        const part = partOf(key);
        const inLanguage = (language: Language) =>
          mine.find((text) => text.key === key && text.language === language)?.text;
        return [value.week, slug, part?.name, ...LANGUAGES.map(inLanguage), part?.note];
      });
    });
  return {
    name: SHEET,
    columns: [
      { heading: WEEK, width: 6 },
      { heading: LESSON, width: 20 },
      { heading: PART, width: 11 },
      ...LANGUAGES.map((language) => ({ heading: LANGUAGE_NAMES[language], width: 48 })),
      { heading: NOTE, width: 30 },
    ],
    rows,
    sticky: 3,
  };
}

export interface CellFault {
  /** `Lessons!C14` */
  cell: string;
  /** What is wrong and what to do. */
  message: string;
}

/** A text of the content and the cell that stands for it. */
export interface CellText {
  cell: string;
  was: Text;
  is: string;
}

/**
 * Finds for every cell its text. Rows and language columns may be left out or stand in another order; what is left
 * out stays as it is.
 */
export function readLessonSheet(
  sheets: readonly ReadSheet[],
  texts: readonly Text[],
): { cells: CellText[]; faults: CellFault[] } {
  const sheet = sheets.find(({ name }) => name === SHEET) ?? (sheets.length === 1 ? sheets[0] : undefined);
  if (!sheet)
    return {
      cells: [],
      faults: [{ cell: SHEET, message: `there is no sheet of this name. ${AS_EXPORTED}` }],
    };
  const at = (column: number, row: number) => `${sheet.name}!${cellName(column, row)}`;
  const [headings = [], ...rows] = sheet.rows;
  const faults = headingFaults(headings, at);
  if (faults.length > 0) return { cells: [], faults };
  const known = new Map<string, Text>(
    texts.flatMap((text) => {
      const part = partOf(text.key);
      return part ? [[`${part.week} ${part.name} ${text.language}`, text] as const] : [];
    }),
  );
  const seen = new Map<string, string>();
  const cells = rows.flatMap((row, index) => {
    if (row.every((value) => value === '')) return [];
    const number = row[headings.indexOf(WEEK)] ?? '';
    const part = (row[headings.indexOf(PART)] ?? '').toLowerCase();
    const place = `${number} ${part}`;
    const where = at(headings.indexOf(PART), index + 1);
    const fault = (message: string, cell = where) => {
      faults.push({ cell, message });
      return [];
    };
    if (!LANGUAGES.some((language) => known.has(`${place} ${language}`)))
      return fault(
        `week ${number || '(none)'} has no text called "${part}". Take the row out, or put back the names as they were exported.`,
      );
    const first = seen.get(place);
    if (first !== undefined)
      return fault(`"${part}" of week ${number} stands in ${first} already. Leave one of the two rows.`);
    seen.set(place, where);
    return LANGUAGES.flatMap((language) => {
      const column = headings.indexOf(LANGUAGE_NAMES[language]);
      if (column < 0) return [];
      const cell = at(column, index + 1);
      const was = known.get(`${place} ${language}`);
      const is = row[column] ?? '';
      if (was && is === '') return fault('is empty. Write the text, or put back the old one.', cell);
      if (!was && is !== '')
        return fault(
          `the lesson's file has no place for ${LANGUAGE_NAMES[language]} yet. Add it there first (docs/adding-a-lesson.md), then import again.`,
          cell,
        );
      return was ? [{ cell, was, is }] : [];
    });
  });
  return { cells, faults };
}

const AS_EXPORTED = 'Begin from a workbook made with `content export`.';

function headingFaults(
  headings: readonly string[],
  at: (column: number, row: number) => string,
): CellFault[] {
  const languages = LANGUAGES.map((language) => LANGUAGE_NAMES[language]);
  const known = [WEEK, LESSON, PART, NOTE, ...languages];
  const unknown = headings.flatMap((heading, column) =>
    heading === '' || known.includes(heading)
      ? []
      : [
          {
            cell: at(column, 0),
            message: `"${heading}" is no heading of this sheet. Use ${known.join(', ')}; remarks of your own go into the column ${NOTE}.`,
          },
        ],
  );
  const twice = headings.flatMap((heading, column) =>
    heading !== '' && headings.indexOf(heading) < column
      ? [{ cell: at(column, 0), message: `"${heading}" stands twice. Take one of the columns out.` }]
      : [],
  );
  const missing = [WEEK, PART]
    .filter((heading) => !headings.includes(heading))
    .map((heading) => ({ cell: at(0, 0), message: `the column ${heading} is missing. ${AS_EXPORTED}` }));
  const none = languages.some((name) => headings.includes(name))
    ? []
    : [{ cell: at(0, 0), message: `there is no column of a language. ${AS_EXPORTED}` }];
  return [...unknown, ...twice, ...missing, ...none];
}
