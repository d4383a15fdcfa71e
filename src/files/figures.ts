/** Figures as a table: a line a period, small numbers hidden as everywhere. */
import {
  COUNTS,
  ratio,
  RATIOS,
  smsRupees,
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
