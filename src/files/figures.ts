/** Figures as a table: a line a period, small numbers hidden as everywhere. */
import { COUNTS, type PeriodFigures, type PeriodKind, type Shown } from '../stats';
import type { Cell, Table } from './table';

/** What stands where a number is too small to be shown. */
export const HIDDEN = '<5';

/** @param rows as `series` of src/stats gives them, oldest first */
export function figuresTable(kind: PeriodKind, rows: readonly PeriodFigures[]): Table {
  const shown = (value: Shown): Cell => value ?? HIDDEN;
  return {
    name: kind,
    columns: [kind, 'enrolled', ...COUNTS].map((heading) => ({ heading })),
    rows: rows.map((row) => [
      row.period,
      shown(row.enrolled),
      ...COUNTS.map((name) => shown(row.count(name))),
    ]),
  };
}
