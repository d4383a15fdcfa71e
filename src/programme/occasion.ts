/**
 * When something planned is due for a participant: a date of his own or of the campaign's calendar, some days before
 * or after it, at an hour of his day. Pure: an edit is worked out anew, and what is past is not planned.
 */
import { DateTime } from 'luxon';
import type { CampaignDay } from '../content/model';
import type { Profile } from '../conversation';
import { datesOf } from '../../flows/time';

export interface Occasion {
  /** The day he joined, a campaign day by its id (each year anew), or one date `2027-03-08`. */
  on: { own: 'joined' } | { day: string } | { date: string };
  /** Days after that date; negative for before. */
  offsetDays: number;
  /** 0–23, in his zone. */
  hour: number;
}

/**
 * The first moment after `now` at which the occasion is due for him.
 * @returns undefined where it is past, where he lacks the date, or where the calendar has run out
 */
export function occasionAt(
  { on, offsetDays, hour }: Occasion,
  days: readonly CampaignDay[],
  profile: Pick<Profile, 'zone' | 'joinedAt'>,
  now: Date,
): Date | undefined {
  const { zone } = profile;
  return datesFor(on, days, profile, DateTime.fromJSDate(now, { zone }).year)
    .map((date) =>
      DateTime.fromISO(date, { zone }).plus({ days: offsetDays }).startOf('day').set({ hour }).toJSDate(),
    )
    .filter((moment) => moment > now)
    .sort((one, other) => one.getTime() - other.getTime())[0];
}

/** Dates `YYYY-MM-DD`; an offset may lead across the turn of a year, so the years on either side count too. */
function datesFor(
  on: Occasion['on'],
  days: readonly CampaignDay[],
  { zone, joinedAt }: Pick<Profile, 'zone' | 'joinedAt'>,
  year: number,
): string[] {
  if ('date' in on) return [on.date];
  if ('own' in on) {
    const date = joinedAt && DateTime.fromJSDate(joinedAt, { zone }).toISODate();
    return date ? [date] : [];
  }
  const day = days.find(({ id }) => id === on.day);
  return day ? [year - 1, year, year + 1].flatMap((one) => datesOf(day, one)) : [];
}
