/** When people are left in peace. */
import { DateTime } from 'luxon';

/** Local wall-clock minutes of a day; `from` may be later than `to`: the night in between. */
export interface QuietHours {
  from: number;
  to: number;
}

const PATTERN = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * Reads `20:00-10:00`; `off` means none.
 * @throws RangeError naming what is wrong and how it is written.
 */
export function parseQuietHours(value: string): QuietHours | undefined {
  if (value.trim().toLowerCase() === 'off') return undefined;
  const [, h1, m1, h2, m2] = (PATTERN.exec(value.trim()) ?? []).map(Number);
  if (h1 === undefined || m1 === undefined || h2 === undefined || m2 === undefined)
    throw new RangeError(`QUIET_HOURS must look like 20:00-10:00 (or be "off"), not "${value}".`);
  const hours = { from: h1 * 60 + m1, to: h2 * 60 + m2 };
  if (hours.from === hours.to)
    throw new RangeError(`QUIET_HOURS "${value}" would never end: the two times are equal.`);
  return hours;
}

/**
 * When a message to somebody in `zone` may leave: undefined if now, otherwise the end of his quiet hours.
 * An unknown zone counts as India's.
 */
export function quietUntil(now: Date, zone: string, quiet: QuietHours | undefined): Date | undefined {
  if (!quiet) return undefined;
  const asked = DateTime.fromJSDate(now, { zone });
  const local = asked.isValid ? asked : DateTime.fromJSDate(now, { zone: 'Asia/Kolkata' });
  const minute = local.hour * 60 + local.minute;
  const overnight = quiet.from > quiet.to;
  const inside = overnight
    ? minute >= quiet.from || minute < quiet.to
    : minute >= quiet.from && minute < quiet.to;
  if (!inside) return undefined;
  const end = local.set({
    hour: Math.floor(quiet.to / 60),
    minute: quiet.to % 60,
    second: 0,
    millisecond: 0,
  });
  return (overnight && minute >= quiet.from ? end.plus({ days: 1 }) : end).toJSDate();
}
