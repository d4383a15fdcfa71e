/**
 * Areas that are sums of groups: a mentor's, a partner's. They go by who answers for the groups today, for the past
 * too; a group that was handed over takes its history along. Somebody is in one group at a time, so that nobody counts
 * twice.
 */
import type { Connection } from 'mongoose';
import type { FiguresRow } from '../database/models/figures';
import { groupModel } from '../database/models/group';
import type { Area } from './cuts';

type Sum = Pick<FiguresRow, 'period' | 'counts' | 'lessons' | 'kinds' | 'madeAt'>;

/** Which areas that are kept make it up: itself, or the groups of `mentor:<id>` or `partner:<name>`. */
export async function keptAreas(connection: Connection, area: Area): Promise<Area[]> {
  const [sort, ...rest] = area.split(':');
  const value = rest.join(':');
  if (sort !== 'mentor' && sort !== 'partner') return [area];
  const groups = await groupModel(connection)
    .find(sort === 'mentor' ? { mentorId: value } : { partner: value })
    .select({ _id: 1 })
    .lean<{ _id: string }[]>();
  return groups.map(({ _id }) => `group:${_id}`);
}

/** One row a period out of the rows of several areas, in the order of the periods. */
export function summed(rows: readonly FiguresRow[]): Sum[] {
  const byPeriod = new Map<string, Sum>();
  for (const { period, counts, lessons = {}, kinds = {}, madeAt } of rows) {
    const sum = byPeriod.get(period) ?? { period, counts: {}, lessons: {}, kinds: {}, madeAt };
    add(sum.counts, counts);
    addAll((sum.lessons ??= {}), lessons);
    addAll((sum.kinds ??= {}), kinds);
    if (madeAt < sum.madeAt) sum.madeAt = madeAt;
    byPeriod.set(period, sum);
  }
  return [...byPeriod.values()].sort((one, other) => (one.period < other.period ? -1 : 1));
}

function add(sum: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}

function addAll(
  sums: Record<string, Record<string, number>>,
  all: Record<string, Record<string, number>>,
): void {
  for (const [key, counts] of Object.entries(all)) add((sums[key] ??= {}), counts);
}
