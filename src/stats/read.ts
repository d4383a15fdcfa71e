/** Figures as somebody may see them: one cut over time, small numbers hidden where they could point at a person. */
import type { Connection } from 'mongoose';
import { figuresModel, type FiguresRow } from '../database/models/figures';
import { WHOLE, type Area, type Facet } from './cuts';
import type { CountName } from './measures';
import type { PeriodKind } from './periods';

/** Below this, a number of people could point at one of them. */
export const SMALLEST_SHOWN = 5;

/** A count, or `undefined` where it is too small to be shown. */
export type Shown = number | undefined;

export interface PeriodFigures {
  period: string;
  count(name: CountName): Shown;
  lessons: Record<string, Record<string, Shown>>;
  kinds: Record<string, Record<string, Shown>>;
  /** All who had finished joining by the end of the period, less those who have been erased. */
  enrolled: Shown;
  madeAt: Date;
}

export interface SeriesQuery {
  area: Area;
  facet?: Facet;
  kind: PeriodKind;
  /** First and last period wanted, both included (`2026-W03`). */
  from?: string;
  to?: string;
}

/** A whole state is never so small; a district, a group, or one language within a place can be. */
function isNarrow({ area, facet = WHOLE }: Pick<SeriesQuery, 'area' | 'facet'>): boolean {
  return area.startsWith('district:') || area.startsWith('group:') || (area !== 'all' && facet !== WHOLE);
}

/** A number as it may be shown in that cut: nought and what is large enough, nothing in between. */
export function shown(value: number, cut: Pick<SeriesQuery, 'area' | 'facet'>): Shown {
  return value > 0 && value < SMALLEST_SHOWN && isNarrow(cut) ? undefined : value;
}

/** One cut over time, oldest first. Periods in which nothing happened are not in it. */
export async function series(connection: Connection, query: SeriesQuery): Promise<PeriodFigures[]> {
  const { area, facet = WHOLE, kind, from = '', to = '~' } = query;
  const rows = await figuresModel(connection)
    .find({ area, facet, kind, period: { $lte: to } })
    .sort({ period: 1 })
    .lean<FiguresRow[]>();
  let enrolled = 0;
  return rows.flatMap((row) => {
    const count = (name: CountName) => row.counts[name] ?? 0;
    enrolled += count('joined') - count('erased');
    if (row.period < from) return [];
    return [
      {
        period: row.period,
        count: (name: CountName) => shown(count(name), query),
        lessons: shownAll(row.lessons, query),
        kinds: shownAll(row.kinds, query),
        enrolled: shown(Math.max(0, enrolled), query),
        madeAt: row.madeAt,
      },
    ];
  });
}

/** All areas of one sort (`district`, `group` …) in one period: for tables and maps. */
export async function areas(
  connection: Connection,
  {
    sort,
    kind,
    period,
  }: { sort: 'network' | 'state' | 'district' | 'group'; kind: PeriodKind; period: string },
): Promise<{ area: string; count(name: CountName): Shown }[]> {
  const rows = await figuresModel(connection)
    .find({ kind, period, facet: WHOLE, area: { $gte: `${sort}:`, $lt: `${sort};` } })
    .sort({ area: 1 })
    .lean<FiguresRow[]>();
  return rows.map(({ area, counts }) => ({
    area,
    count: (name) => shown(counts[name] ?? 0, { area }),
  }));
}

function shownAll(
  all: Record<string, Record<string, number>> = {},
  cut: Pick<SeriesQuery, 'area' | 'facet'>,
): Record<string, Record<string, Shown>> {
  return Object.fromEntries(
    Object.entries(all).map(([key, counts]) => [
      key,
      Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, shown(value, cut)])),
    ]),
  );
}
