/** A sheet for somebody who reads one language: every text of it, with room for a verdict and a comment. */
import { LANGUAGE_NAMES, type Language } from '../content';
import type { Text } from '../content/texts';
import { cellName, type ReadSheet, type WorkSheet } from '../files';
import type { CellFault } from './lesson-sheet';
import { partOf } from './parts';
import { VERDICTS, wordingOf, type Review, type Reviews, type Verdict } from './reviews';

const SHEET = 'Texts';
const HEADINGS = ['key', 'what', 'text', 'verdict', 'comment', 'wording'] as const;
type Heading = (typeof HEADINGS)[number];
const WIDTHS: Record<Heading, number> = { key: 16, what: 20, text: 70, verdict: 9, comment: 60, wording: 14 };

/** @param texts of one language; @param reviews what was said already: it stands in its cells */
export function reviewSheets(
  language: Language,
  texts: readonly Text[],
  reviews: Reviews,
): readonly WorkSheet[] {
  return [
    {
      name: SHEET,
      columns: HEADINGS.map((heading) => ({ heading, width: WIDTHS[heading] })),
      rows: texts.map(({ key, text }) => {
        const wording = wordingOf(text);
        const said = reviews[key]?.wording === wording ? reviews[key] : undefined;
        return [key, whatOf(key), text, said?.verdict, said?.comment, wording];
      }),
      sticky: 2,
    },
    {
      name: 'How to',
      columns: [{ heading: `Reading over the texts in ${LANGUAGE_NAMES[language]}`, width: 100 }],
      rows: HOW_TO.map((line) => [line]),
    },
  ];
}

const HOW_TO = [
  'Thank you for reading. Read each text as somebody who sees it on his telephone, without its translation.',
  'verdict: good (as it is), change (it could be better), wrong (it must not go out like this). Leave it empty for what you have not read.',
  'comment: what is not right, and your own wording if you have one. Needed for change and wrong.',
  'Please do not change the text itself, nor the first two columns and the last one. {{name}} and the like are filled in later.',
  'Is it how people speak there? Respectful? Free of blame? Does it say what is so? Would a man who reads little understand it?',
];

/** Name of a text for somebody who does not know the keys. */
function whatOf(key: string): string {
  const part = partOf(key);
  return part ? `week ${part.week}, ${part.name}` : (key.split('.')[0] ?? key);
}

export interface Said {
  key: string;
  verdict: Verdict;
  comment: string;
  wording: string;
}

/** What the reader wrote; rows without a word are left out. */
export function readReviewSheet(
  sheets: readonly ReadSheet[],
  texts: readonly Text[],
): { said: Said[]; faults: CellFault[] } {
  const sheet = sheets.find(({ name }) => name === SHEET) ?? (sheets.length === 1 ? sheets[0] : undefined);
  const [headings = [], ...rows] = sheet?.rows ?? [];
  const missing = HEADINGS.filter((heading) => !headings.includes(heading));
  if (!sheet || missing.length > 0) {
    const message = `needs the columns ${HEADINGS.join(', ')}. Begin from a workbook made with \`content review export\`.`;
    return { said: [], faults: [{ cell: sheet?.name ?? SHEET, message }] };
  }
  const known = new Map(texts.map((text) => [text.key, text]));
  const seen = new Set<string>();
  const faults: CellFault[] = [];
  const said = rows.flatMap((row, index): Said[] => {
    const value = (heading: Heading) => row[headings.indexOf(heading)] ?? '';
    const fault = (heading: Heading, message: string) => {
      faults.push({ cell: `${sheet.name}!${cellName(headings.indexOf(heading), index + 1)}`, message });
      return [];
    };
    const [key, comment, wording] = [value('key'), value('comment'), value('wording')];
    const verdict = VERDICTS.find((each) => each === value('verdict').toLowerCase());
    if (wordingOf(value('text')) !== wording && value('text') + wording !== '')
      return fault('text', 'was changed here. Put the old text back, and your wording into the comment.');
    if (value('verdict') === '' && comment === '') return [];
    if (!known.has(key))
      return fault('key', `"${key}" is no text any more. Take the row out, or export the sheet anew.`);
    if (seen.has(key)) return fault('key', `"${key}" stands twice. Leave one of the two rows.`);
    seen.add(key);
    if (!verdict) return fault('verdict', `must be ${VERDICTS.join(', ')}. Write one of them.`);
    if (verdict !== 'good' && comment === '')
      return fault('comment', `is empty. Say what is to be done: the verdict is ${verdict}.`);
    return [{ key, verdict, comment, wording }];
  });
  return { said, faults };
}

/**
 * The reviews with what was said now. Whoever says the same again changes nothing, so that a sheet may be brought in
 * twice; what belongs to no text any more goes.
 * @param by who read, and on which day (YYYY-MM-DD)
 */
export function merged(
  reviews: Reviews,
  said: readonly Said[],
  texts: readonly Text[],
  by: { by: string; on: string },
): { reviews: Reviews; news: number } {
  const now = new Map(said.map((one) => [one.key, one]));
  let news = 0;
  const entries = texts.flatMap(({ key }): [string, Review][] => {
    const before = reviews[key];
    const one = now.get(key);
    if (!one) return before ? [[key, before]] : [];
    const { verdict, comment, wording } = one;
    if (before?.verdict === verdict && before.comment === comment && before.wording === wording)
      return [[key, before]];
    news += 1;
    return [[key, { verdict, comment, ...by, wording }]];
  });
  return { reviews: Object.fromEntries(entries), news };
}
