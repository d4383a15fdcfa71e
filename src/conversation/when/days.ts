/** Which day is meant: "14/6", "१४ जून", "agle itwar", "3 din baad". Pure calendar arithmetic on Luxon's dates. */
import type { DateTime } from 'luxon';
import { scan, type Pattern } from './match';
import type { Piece } from './pieces';
import type { Problem } from './reading';

/** A day as it was said, before it is compared with the others in the sentence. */
type Day = { on: DateTime } | { weekday: number; on: DateTime } | { problem: Problem };

export interface DayRead {
  on?: DateTime;
  problem?: Problem;
  taken: Piece[];
}

/** A day of next year is meant only where it is this near; otherwise a passed day was more likely a slip. */
const NEAR_DAYS = 92;
/** Nobody calls a meeting further ahead. */
const FAR_DAYS = 366;

/**
 * @param pieces without fillers
 * @param today the beginning of the day, in his zone
 * @param asked he was asked for a day, so that a bare number is one
 */
export function readDay(pieces: readonly Piece[], today: DateTime, asked: boolean): DayRead {
  const found = scan(pieces, patterns(today), new Set());
  const taken = found.flatMap(({ pieces: matched }) => matched);
  const days = found.map(({ value }) => value);
  if (days.length === 0 && asked) return bareNumber(pieces, today);
  const problem = days.find((day) => 'problem' in day)?.problem ?? disagreement(days);
  if (problem) return { problem, taken };
  const exact = days.filter((day) => !('weekday' in day));
  // "aaj mangalvar": of two ways to name the same weekday the nearer one holds.
  const [on] = (exact.length > 0 ? exact : days)
    .flatMap((day) => ('on' in day ? [day.on] : []))
    .toSorted((one, other) => one.toMillis() - other.toMillis());
  return { taken, ...(on && { on }) };
}

function bareNumber(pieces: readonly Piece[], today: DateTime): DayRead {
  const [number, ...others] = pieces.filter(({ kind }) => kind === 'N');
  if (!number || others.length > 0 || pieces.some(({ kind }) => 'KAPFC'.includes(kind))) return { taken: [] };
  const day = dayOfMonth(today, number.value);
  return 'problem' in day ? { ...day, taken: [number] } : { on: day.on, taken: [number] };
}

/** Two days that are not the same one. */
function disagreement(days: Day[]): Problem | undefined {
  const exact = days
    .filter((day) => 'on' in day && !('weekday' in day))
    .map((day) => ('on' in day ? day.on : undefined));
  const weekdays = days.flatMap((day) => ('weekday' in day ? [day.weekday] : []));
  if (new Set(exact.map((day) => day?.toISODate())).size > 1) return 'two-days';
  if (new Set(weekdays).size > 1) return 'two-days';
  const [only] = exact;
  return only && weekdays.some((weekday) => weekday !== only.weekday) ? 'weekday-differs' : undefined;
}

function patterns(today: DateTime): Pattern<Day>[] {
  const one = (kind: string, pieces: Piece[]) => pieces.find((piece) => piece.kind === kind)?.value ?? NaN;
  const ahead = (pieces: Piece[]): Day => {
    const days = one('N', pieces) * (pieces.some(({ kind }) => kind === 'E') ? 7 : 1);
    return within(today, today.plus({ days }));
  };
  return [
    { kinds: /L[WEOR]?/, read: () => ({ problem: 'past' }) },
    { kinds: /D/, read: ([piece]) => inDigits(today, piece?.digits ?? []) },
    {
      kinds: /NT?MQ?|MNT?Q?(?![KAm])/,
      read: (pieces) => onDate(today, one('N', pieces), one('M', pieces), one('Q', pieces)),
    },
    {
      kinds: /[XY]ONT?(?![KAm])|NT?[XY]O/,
      read: (pieces) => {
        const month = pieces.some(({ kind }) => kind === 'X') ? today.plus({ months: 1 }) : today;
        return onDate(today, one('N', pieces), month.month, month.year);
      },
    },
    {
      kinds: /R/,
      read: (pieces) => {
        const on = today.plus({ days: one('R', pieces) });
        return { weekday: on.weekday, on };
      },
    },
    {
      kinds: /[XY]EW|W[XY]E/,
      read: (pieces) => {
        const week = today.startOf('week').plus({ weeks: pieces.some(({ kind }) => kind === 'X') ? 1 : 0 });
        return within(today, week.plus({ days: one('W', pieces) - 1 }));
      },
    },
    {
      kinds: /[XY]*W/,
      read: (pieces) => onWeekday(today, one('W', pieces), pieces.find(({ kind }) => kind !== 'W')?.kind),
    },
    { kinds: /I?N[ZE]B|[IB]N[ZE]/, read: ahead },
    { kinds: /NT/, read: (pieces) => dayOfMonth(today, one('N', pieces)) },
  ];
}

/**
 * The day to come, as people mean it: on a Sunday "Sunday" is a week away and "this Sunday" is today; who says "next
 * Sunday" where tomorrow or the day after would do means the one after.
 */
function onWeekday(today: DateTime, weekday: number, said: string | undefined): Day {
  const days = (weekday - today.weekday + 7) % 7;
  const later = (days === 0 && said !== 'Y') || (days > 0 && days <= 2 && said === 'X');
  return { weekday, on: today.plus({ days: later ? days + 7 : days }) };
}

function inDigits(today: DateTime, digits: readonly number[]): Day {
  const [first = 0, second = 0, third] = digits;
  if (first > 31) return onDate(today, third ?? 0, second, first);
  return onDate(today, first, second, third === undefined ? NaN : third < 100 ? 2000 + third : third);
}

/** @param year NaN where none was said */
function onDate(today: DateTime, day: number, month: number, year: number): Day {
  if (!Number.isNaN(year))
    return within(today, today.set({ year, month: 1, day: 1 }).set({ month, day }), { day, month });
  const thisYear = today.set({ month: 1, day: 1 }).set({ month, day });
  const isPast = isThatDay(thisYear, { day, month }) && thisYear < today;
  if (!isPast) return within(today, thisYear, { day, month });
  const nextYear = today.set({ month: 1, day: 1 }).plus({ years: 1 }).set({ month, day });
  return nextYear.diff(today, 'days').days <= NEAR_DAYS ? { on: nextYear } : { problem: 'past' };
}

function dayOfMonth(today: DateTime, day: number): Day {
  const month = day < today.day ? today.set({ day: 1 }).plus({ months: 1 }) : today;
  return within(today, month.set({ day }), { day, month: month.month });
}

function isThatDay(date: DateTime, { day, month }: { day: number; month: number }): boolean {
  return date.isValid && date.day === day && date.month === month;
}

function within(today: DateTime, date: DateTime, wanted?: { day: number; month: number }): Day {
  if (!date.isValid || (wanted && !isThatDay(date, wanted))) return { problem: 'no-such-day' };
  if (date < today) return { problem: 'past' };
  return date.diff(today, 'days').days > FAR_DAYS ? { problem: 'far' } : { on: date };
}
