/** What readers said, as a part of docs/content-review.md: figures a language, and what is still to be done. */
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../content';
import type { Text } from '../content/texts';
import { wordingOf, type Reviews } from './reviews';

const BEGIN = '<!-- what readers said: written by `content review import` -->';
const END = '<!-- end of what readers said -->';

/**
 * The page with this part written anew; it is put at the end where it is not there yet.
 * @param texts of all languages
 */
export function withReviews(
  page: string,
  all: Partial<Record<Language, Reviews>>,
  texts: readonly Text[],
): string {
  const part = `${BEGIN}\n\n${body(all, texts)}\n${END}`;
  const start = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  return start >= 0 && end > start
    ? page.slice(0, start) + part + page.slice(end + END.length)
    : `${page.trimEnd()}\n\n${part}\n`;
}

function body(all: Partial<Record<Language, Reviews>>, texts: readonly Text[]): string {
  const languages = LANGUAGES.map((language) => {
    const mine = texts.filter((text) => text.language === language);
    const reviews = all[language] ?? {};
    const read = mine.flatMap(({ key, text }) => {
      const review = reviews[key];
      return review ? [{ key, ...review, isCurrent: review.wording === wordingOf(text) }] : [];
    });
    return { language, count: mine.length, read };
  });
  const figures = languages.map(({ language, count, read }) => {
    const current = read.filter(({ isCurrent }) => isCurrent);
    const of = (verdict: string) => current.filter((each) => each.verdict === verdict).length;
    return row([
      LANGUAGE_NAMES[language],
      count,
      of('good'),
      of('change'),
      of('wrong'),
      read.length - current.length,
    ]);
  });
  const open = languages.flatMap(({ language, read }) =>
    read
      .filter(({ verdict, isCurrent }) => isCurrent && verdict !== 'good')
      .map(({ key, verdict, comment, by, on }) => row([language, key, verdict, comment, `${by}, ${on}`])),
  );
  return [
    '## What readers said',
    '',
    row(['language', 'texts', 'good', 'to change', 'wrong', 'changed since they were read']),
    row(Array<string>(6).fill('---')),
    ...figures,
    '',
    ...(open.length === 0
      ? ['Nothing that a reader found is open.']
      : [row(['language', 'text', 'verdict', 'comment', 'by']), row(Array<string>(5).fill('---')), ...open]),
    '',
  ].join('\n');
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
}
