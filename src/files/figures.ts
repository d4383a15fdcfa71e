/** Figures as a table: a line a period, small numbers hidden as everywhere. */
import {
  COUNTS,
  dropOff,
  DROP_OFFS,
  LESSON_STEPS,
  ratio,
  RATIOS,
  smsRupees,
  type Cohort,
  type PeriodFigures,
  type PeriodKind,
  type RatioName,
  type Shown,
} from '../stats';
import type { Cell, Table } from './table';

/** What stands where a number is too small to be shown. */
export const HIDDEN = '<5';

const SHARES = Object.keys(RATIOS) as RatioName[];

/**
 * @param rows as `series` of src/stats gives them, oldest first
 * @param smsPrice rupees for a charged part of an SMS, where one is known
 */
export function figuresTable(kind: PeriodKind, rows: readonly PeriodFigures[], smsPrice?: number): Table {
  const shown = (value: Shown): Cell => value ?? HIDDEN;
  return {
    name: kind,
    columns: [kind, 'enrolled', ...COUNTS, ...SHARES, 'smsRupees'].map((heading) => ({ heading })),
    rows: rows.map((row) => [
      row.period,
      shown(row.enrolled),
      ...COUNTS.map((name) => shown(row.count(name))),
      ...SHARES.map((name) => toThousandths(ratio(row.count, name))),
      smsRupees(row.count('smsSegments'), smsPrice),
    ]),
  };
}

function toThousandths(share: number | undefined): Cell {
  return share === undefined ? undefined : Math.round(share * 1000) / 1000;
}

/** A line a lesson and period: its steps, who got the answer right, and where people left it. */
export function lessonsTable(kind: PeriodKind, rows: readonly PeriodFigures[]): Table {
  const steps = [...Object.keys(LESSON_STEPS), 'right'];
  return {
    name: 'lessons',
    columns: [kind, 'lesson', ...steps, ...DROP_OFFS.map((step) => `left after ${step}`)].map((heading) => ({
      heading,
    })),
    rows: rows.flatMap(({ period, lessons }) =>
      Object.entries(lessons).map(([lesson, counts]) => {
        const left = dropOff(counts);
        return [
          period,
          Number(lesson),
          ...steps.map((step) => (step in counts ? (counts[step] ?? HIDDEN) : 0)),
          ...DROP_OFFS.map((step) => left[step] ?? HIDDEN),
        ];
      }),
    ),
  };
}

/** A line a joining month and month since: how many joined then, and how many of them were active. */
export function cohortsTable(cohorts: readonly Cohort[]): Table {
  return {
    name: 'cohorts',
    columns: ['joined', 'size', 'month', 'active'].map((heading) => ({ heading })),
    rows: cohorts.flatMap(({ joined, size, months }) =>
      months.map(({ period, active }) => [joined, size ?? HIDDEN, period, active ?? HIDDEN]),
    ),
  };
}
