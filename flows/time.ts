/** When things fall due, in the participant's own zone. Pure: the moment comes from the event. */
import { DateTime } from 'luxon';
import type { CampaignDay } from '../src/content/model';
import { normalise } from '../src/content/normalise';
import type { Profile } from '../src/conversation/participant';
import { zoneOf } from './zone';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Lessons come between these hours (10:00–19:00), clear of the quiet hours 20:00–10:00. */
export const EARLIEST_HOUR = 10;
export const LATEST_HOUR = 19;
/** Two lessons never stand closer than this, however he changes his day or asks for one himself. */
export const GAP_BETWEEN_LESSONS = 3 * DAY;
const DEFAULT_DAY = 7;
const DEFAULT_HOUR = 18;

function local(profile: Profile, at: Date): DateTime {
  return DateTime.fromJSDate(at, { zone: zoneOf(profile.zone) });
}

function hourOf(profile: Profile): number {
  return profile.lessonHour ?? DEFAULT_HOUR;
}

function onDate(date: DateTime, hour: number): DateTime {
  return date.startOf('day').set({ hour });
}

/**
 * The first weekly slot (his day and hour) after `at`.
 * @param gap milliseconds that must lie between: a lesson begun by hand is not followed by the next one tomorrow
 */
export function nextLessonAt(profile: Profile, at: Date, gap = 0): Date {
  const earliest = local(profile, at).plus({ milliseconds: gap });
  const days = ((profile.lessonDay ?? DEFAULT_DAY) - earliest.weekday + 7) % 7;
  const slot = onDate(earliest.plus({ days }), hourOf(profile));
  return (slot > earliest ? slot : slot.plus({ weeks: 1 })).toJSDate();
}

/** When we ask how it went: the day after the one he chose, at his hour; after a weekend on Monday. */
export function checkinAt(profile: Profile, at: Date, chosen: 'today' | 'tomorrow' | 'weekend'): Date {
  const now = local(profile, at);
  const days = { today: 1, tomorrow: 2, weekend: 8 - now.weekday }[chosen];
  return onDate(now.plus({ days }), hourOf(profile)).toJSDate();
}

/** When we ask about a pledge's first step: a week later at his hour. */
export function stepAt(profile: Profile, at: Date): Date {
  return onDate(local(profile, at).plus({ days: 7 }), hourOf(profile)).toJSDate();
}

/** `4/1/2026`, as people write a day. */
export function dateIn(profile: Profile, at: Date): string {
  return local(profile, at).toFormat('d/M/yyyy');
}

/** So long a mentor can take back what he has ordered. */
const UNDO = 2 * MINUTE;

/** When what a mentor orders now goes out: in two minutes, but never at night. */
export function tellAt(profile: Profile, at: Date): Date {
  const soon = local(profile, new Date(at.getTime() + UNDO));
  if (soon.hour < EARLIEST_HOUR) return onDate(soon, EARLIEST_HOUR).toJSDate();
  return (soon.hour > LATEST_HOUR ? onDate(soon.plus({ days: 1 }), EARLIEST_HOUR) : soon).toJSDate();
}

/** Is it the same day for him? */
export function isSameDay(profile: Profile, one: Date, other: Date): boolean {
  return local(profile, one).hasSame(local(profile, other), 'day');
}

/** The dates (`YYYY-MM-DD`) on which a campaign day falls in a year: one, or none that is listed. */
export function datesOf(day: CampaignDay, year: number): string[] {
  if ('dates' in day.on) return day.on.dates.filter((date) => date.startsWith(String(year)));
  const { month, day: dayOfMonth } = day.on;
  return [`${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`];
}

/** The greeting of a campaign day leaves before the lessons of the day, so that the two don't meet. */
const CAMPAIGN_HOUR = 11;

/** The next campaign day after `at`, at eleven; none when the calendar has run out. */
export function nextCampaignDay(days: readonly CampaignDay[], profile: Profile, at: Date): Date | undefined {
  const now = local(profile, at);
  const today = now.toISODate() ?? '';
  const earliest = now.hour < CAMPAIGN_HOUR ? today : `${today}+`;
  const next = days
    .flatMap((day) => [now.year, now.year + 1].flatMap((year) => datesOf(day, year)))
    .filter((date) => date >= earliest)
    .sort()[0];
  return next === undefined
    ? undefined
    : onDate(DateTime.fromISO(next, { zone: zoneOf(profile.zone) }), CAMPAIGN_HOUR).toJSDate();
}

/** Which campaign day falls on this moment's date, for him. */
export function campaignDayOn(
  days: readonly CampaignDay[],
  profile: Profile,
  at: Date,
): CampaignDay | undefined {
  const date = local(profile, at).toISODate() ?? '';
  return days.find((day) => datesOf(day, Number(date.slice(0, 4))).includes(date));
}

/**
 * How many lessons his weekly slots have brought, the first one included.
 * @param since when he was given the first; while he has none, when he joined
 */
export function weeksSinceJoining(profile: Profile, at: Date, since = profile.joinedAt): number {
  if (!since) return 0;
  const second = nextLessonAt(profile, since, GAP_BETWEEN_LESSONS);
  return second > at ? 1 : 2 + Math.floor(local(profile, at).diff(local(profile, second), 'weeks').weeks);
}

const MORNING = wordSet(
  'am subah subha savere sawere sokal sokale sakal sakala sakale सुबह सवेरे সকাল সকালে ভোর ভোরে ସକାଳ ସକାଳେ ସକାଳୁ',
);
const NIGHT = wordSet('pm raat rat shaam sham sandhya rate रात शाम রাত রাতে সন্ধ্যা ରାତି ରାତିରେ ସନ୍ଧ୍ୟା');

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(normalise));
}

/**
 * An hour as people type it: `7`, `19`, `6 pm`, `shaam 6 baje`, `18:00` → 0–23. Small numbers mean the
 * afternoon, since no lesson comes at night, unless he says morning. Undefined when there is none, or none within
 * the lesson hours.
 */
export function hourFrom(text: string): number | undefined {
  const typed = normalise(text).replace(/(\d)(?=\p{L})/gu, '$1 ');
  const found = /(?<!\d)(\d{1,2})(?: 00)?(?!\d)/.exec(typed);
  if (!found) return undefined;
  const words = typed.split(' ');
  const isMorning = words.some((word) => MORNING.has(word));
  const isNight = words.some((word) => NIGHT.has(word));
  const number = Number(found[1]);
  const isAfternoon = isNight ? number < 12 : !isMorning && number < EARLIEST_HOUR - 1;
  const hour = isAfternoon && number > 0 ? number + 12 : number;
  return hour >= EARLIEST_HOUR && hour <= LATEST_HOUR ? hour : undefined;
}
