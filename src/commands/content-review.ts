/** `content review …`: a sheet for a reader of one language, and what he wrote on it brought back. */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  merged,
  readReviews,
  readReviewSheet,
  reviewSheets,
  withReviews,
  writeReviews,
  type Reviews,
} from '../authoring';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../content';
import { readBundle } from '../content/bundle';
import { collectTexts, type Text } from '../content/texts';
import { readWorkbook, writeWorkbook } from '../files';

/** @returns what to tell whoever sends it on @throws UnreadableReviews */
export async function exportReview(dir: string, file: string, language: Language): Promise<string> {
  const texts = inOrder(textsOf(dir)).filter((text) => text.language === language);
  await writeWorkbook(file, reviewSheets(language, texts, readReviews(dir, language)));
  return [
    `${file}: ${texts.length} texts in ${LANGUAGE_NAMES[language]}, and on its second sheet how to read them.`,
    'When it comes back:',
    `  npm run saathi -- content review import ${file} --lang ${language} --by "initials of the reader"`,
    '',
  ].join('\n');
}

export interface ReviewImport {
  language: Language;
  /** Who read. */
  by: string;
  /** YYYY-MM-DD */
  on: string;
  /** docs/content-review.md */
  page: string;
}

/**
 * Brings the comments into content/reviews/ and the page; nothing is written when a cell is wrong.
 * @returns what to tell the author, and whether all was well
 * @throws UnreadableWorkbook, UnreadableReviews
 */
export async function importReview(
  dir: string,
  file: string,
  { language, by, on, page }: ReviewImport,
): Promise<{ text: string; isFine: boolean }> {
  const all = textsOf(dir);
  const texts = inOrder(all).filter((text) => text.language === language);
  const { said, faults } = readReviewSheet(await readWorkbook(file), texts);
  if (faults.length > 0) {
    const lines = faults.map(({ cell, message }) => `  ${cell}: ${message}`);
    return {
      text: ['Wrong:', ...lines, '', 'Nothing was written. Correct these cells and import again.', ''].join(
        '\n',
      ),
      isFine: false,
    };
  }
  const { reviews, news } = merged(readReviews(dir, language), said, texts, { by, on });
  if (news > 0) {
    writeReviews(dir, language, reviews);
    const every = Object.fromEntries(
      LANGUAGES.map((each): [Language, Reviews] => [each, readReviews(dir, each)]),
    );
    writeFileSync(page, withReviews(readFileSync(page, 'utf8'), every, all));
  }
  const what = `${said.length} ${said.length === 1 ? 'verdict' : 'verdicts'}, ${news} of them new`;
  const where = news > 0 ? ` They stand in content/reviews/${language}.yaml and docs/content-review.md.` : '';
  return { text: `${what}.${where}\n`, isFine: true };
}

function textsOf(dir: string): Text[] {
  return collectTexts(readBundle(dir).bundle);
}

/** Lessons first, as a Saathi meets them. */
function inOrder(texts: readonly Text[]): Text[] {
  const isLesson = ({ key }: Text) => key.startsWith('lesson.');
  return [...texts.filter(isLesson), ...texts.filter((text) => !isLesson(text))];
}
