/** Weeks (ISO, Monday to Sunday) and months of a zone: the periods that figures are kept for. */
import { DateTime } from 'luxon';

export type PeriodKind = 'week' | 'month';

export interface Period {
  kind: PeriodKind;
  /** `2026-W03` or `2026-01`; within a kind they sort as time does. */
  id: string;
  /** First moment of it … */
  from: Date;
  /** … and the first moment after it. */
  until: Date;
}

/** The period of that kind in which a moment lies, in the given IANA zone. */
export function periodAt(kind: PeriodKind, at: Date, zone: string): Period {
  const start = DateTime.fromJSDate(at, { zone }).startOf(kind);
  return {
    kind,
    id: start.toFormat(kind === 'week' ? "kkkk-'W'WW" : 'yyyy-MM'),
    from: start.toJSDate(),
    until: start.plus({ [kind]: 1 }).toJSDate(),
  };
}

/** All periods of a kind from the one in which `from` lies to the one in which `to` lies, in order. */
export function periodsBetween(kind: PeriodKind, from: Date, to: Date, zone: string): Period[] {
  const periods: Period[] = [];
  for (let at = from; at <= to;) {
    const period = periodAt(kind, at, zone);
    periods.push(period);
    at = period.until;
  }
  return periods;
}
