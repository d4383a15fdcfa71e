/** Figures as somebody may see them: one cut over time, small numbers hidden where they could point at a person. */
import type { Connection } from 'mongoose';
import { figuresModel, type FiguresRow } from '../database/models/figures';
import { groupModel } from '../database/models/group';
import { WHOLE, type Area, type Facet } from './cuts';
import type { CountName } from './measures';
import type { PeriodKind } from './periods';
import { keptAreas, summed } from './sums';

/** Below this, a number of people could point at one of them. */
export const SMALLEST_SHOWN = 5;

/** A count, or `undefined` where it is too small to be shown. */
export type Shown = number | undefined;

export interface PeriodFigures {
  period: string;
  count: (name: CountName) => Shown;
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

const NARROW = /^(district|group|mentor|partner):/;

/** A whole state is never so small; a district, a group, or one language within a place can be. */
function isNarrow({ area, facet = WHOLE }: Pick<SeriesQuery, 'area' | 'facet'>): boolean {
  return NARROW.test(area) || (area !== 'all' && facet !== WHOLE);
}

/** A number as it may be shown in that cut: nought and what is large enough, nothing in between. */
export function shown(value: number, cut: Pick<SeriesQuery, 'area' | 'facet'>): Shown {
  return value > 0 && value < SMALLEST_SHOWN && isNarrow(cut) ? undefined : value;
}

/**
 * One cut over time, oldest first. Periods in which nothing happened are not in it. The area may also be a sum of
 * groups: `mentor:<participant>`, `partner:<name>`.
 */
export async function series(connection: Connection, query: SeriesQuery): Promise<PeriodFigures[]> {
  const { area, facet = WHOLE, kind, from = '', to = '~' } = query;
  const rows = await figuresModel(connection)
    .find({ area: { $in: await keptAreas(connection, area) }, facet, kind, period: { $lte: to } })
    .lean<FiguresRow[]>();
  let enrolled = 0;
  return summed(rows).flatMap((row) => {
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

export const AREA_SORTS = ['network', 'state', 'district', 'partner', 'mentor', 'group'] as const;
export type AreaSort = (typeof AREA_SORTS)[number];

/** All areas of one sort (`district`, `group` …) in one period: for tables and maps. */
export async function areas(
  connection: Connection,
  { sort, kind, period }: { sort: AreaSort; kind: PeriodKind; period: string },
): Promise<{ area: string; count: (name: CountName) => Shown }[]> {
  const isSum = sort === 'partner' || sort === 'mentor';
  const kept = isSum ? 'group' : sort;
  const rows = await figuresModel(connection)
    .find({ kind, period, facet: WHOLE, area: { $gte: `${kept}:`, $lt: `${kept};` } })
    .sort({ area: 1 })
    .lean<FiguresRow[]>();
  const named = isSum ? await ofGroups(connection, sort, rows) : rows.map((row) => [row.area, row] as const);
  const byArea = new Map<string, FiguresRow[]>();
  for (const [area, row] of named) byArea.set(area, [...(byArea.get(area) ?? []), row]);
  return [...byArea].map(([area, parts]) => {
    const counts = summed(parts)[0]?.counts ?? {};
    return { area, count: (name) => shown(counts[name] ?? 0, { area }) };
  });
}

/** Rows of groups under the mentor or partner who answers for the group today; groups without one are left out. */
async function ofGroups(
  connection: Connection,
  sort: 'partner' | 'mentor',
  rows: readonly FiguresRow[],
): Promise<(readonly [string, FiguresRow])[]> {
  const groups = await groupModel(connection)
    .find({})
    .select({ mentorId: 1, partner: 1 })
    .lean<{ _id: string; mentorId: string; partner?: string }[]>();
  const whose = new Map(
    groups.map((one) => [`group:${one._id}`, sort === 'mentor' ? one.mentorId : one.partner]),
  );
  return rows.flatMap((row) => {
    const value = whose.get(row.area);
    return value === undefined || value === '' ? [] : [[`${sort}:${value}`, row] as const];
  });
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
