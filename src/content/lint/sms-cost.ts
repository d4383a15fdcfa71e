/** How many SMS the lessons take, and what a year of them costs. */
import { LANGUAGES, type Bundle } from '../bundle';
import { segmentsOf } from './lengths';

/** Men whom the campaign wants to reach. */
const REACH = 10_000;
const COLUMN = 9;

/** A line a lesson, then the year, then its price at each rate: per participant and for 10,000. */
export function smsTable({ lessons, rates }: Bundle): string {
  const names = rates?.value.rates.map(({ name }) => name) ?? [];
  const width = Math.max(
    12,
    ...lessons.map(({ slug }) => slug.length),
    ...names.map(({ length }) => length + 2),
  );
  const row = (name: string, cells: readonly (string | number)[]) =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(COLUMN)).join('');
  const counts = lessons.map(({ slug, value }) => ({
    slug,
    segments: LANGUAGES.map((language) => {
      const words = value[language];
      return words ? segmentsOf(words.sms) : undefined;
    }),
  }));
  const year = LANGUAGES.map((_, index) =>
    counts.reduce((sum, { segments }) => sum + (segments[index] ?? segments[0] ?? 0), 0),
  );
  const priced = (rupees: (segments: number) => string) =>
    (rates?.value.rates ?? []).map(({ name, perSegment }) =>
      row(
        `  ${name}`,
        year.map((segments) => rupees(segments * perSegment)),
      ),
    );
  return [
    row('SMS segments', LANGUAGES),
    ...counts.map(({ slug, segments }) =>
      row(
        slug,
        segments.map((count) => count ?? '–'),
      ),
    ),
    row('all lessons', year),
    ...(rates
      ? [
          '',
          `What these SMS cost, in rupees without GST (content/sms-rates.yaml, looked up on ${rates.value.verifiedOn}), for one participant:`,
          ...priced((rupees) => rupees.toFixed(2)),
          `and for ${REACH.toLocaleString('en-IN')} in that language:`,
          ...priced((rupees) => Math.round(rupees * REACH).toLocaleString('en-IN')),
        ]
      : []),
  ].join('\n');
}
