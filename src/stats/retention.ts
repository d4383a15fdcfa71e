/** Who joined together, and how many of them are still active month by month. */
import type { Connection } from 'mongoose';
import { figuresModel, type FiguresRow } from '../database/models/figures';
import type { Area } from './cuts';
import { shown, type Shown } from './read';

export interface Cohort {
  /** Month in which they finished joining, `2026-01`. */
  joined: string;
  size: Shown;
  /** The months from then on in which anything happened, in order. */
  months: { period: string; active: Shown }[];
}

/** The joining cohorts of an area that is kept (not a mentor's or a partner's), the oldest first. */
export async function retention(connection: Connection, area: Area): Promise<Cohort[]> {
  const rows = await figuresModel(connection)
    .find({ area, kind: 'month', facet: { $gte: 'joined:', $lt: 'joined;' } })
    .sort({ facet: 1, period: 1 })
    .lean<FiguresRow[]>();
  const cohorts = new Map<string, FiguresRow[]>();
  for (const row of rows) cohorts.set(row.facet, [...(cohorts.get(row.facet) ?? []), row]);
  return [...cohorts].map(([facet, months]) => {
    const joined = facet.slice('joined:'.length);
    const first = months.find(({ period }) => period === joined);
    return {
      joined,
      size: shown(first?.counts.joined ?? 0, { area, facet }),
      months: months
        .filter(({ period }) => period >= joined)
        .map(({ period, counts }) => ({ period, active: shown(counts.active ?? 0, { area, facet }) })),
    };
  });
}
