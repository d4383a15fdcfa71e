/** When a group is reminded of its meeting. Pure: the moment comes from outside. */
import { DateTime } from 'luxon';
import type { Reminder } from '../conversation';
import { quietUntil, type QuietHours } from '../delivery/quiet-hours';

/** In hours before the meeting begins. */
export const REMINDERS: Readonly<Record<Reminder, number>> = { 'two-days': 48, 'three-hours': 3 };

export interface ReminderTime {
  reminder: Reminder;
  due: Date;
}

export interface RemindersWanted {
  /** When the meeting begins. */
  at: Date;
  chosen: readonly Reminder[];
  /** IANA name of the zone in which the group lives. */
  zone: string;
  /** Undefined where there are none. */
  quiet: QuietHours | undefined;
  /** When the group was told, or the meeting was changed last. */
  now: Date;
}

const HOUR = 60 * 60 * 1000;
/** So long before the quiet hours a reminder leaves that would have fallen into them: a queue takes its time. */
const BEFORE_QUIET = 2 * HOUR;
/** Who was told or reminded this shortly before is not reminded again. */
const APART = 6 * HOUR;

/**
 * A reminder that would fall into the quiet hours comes the evening before, since after them it might come too late:
 * for a meeting at eleven "three hours before" is eight in the morning. One for which it is too late, or that would
 * follow at the heels of another message about the same meeting, is left out.
 * @returns the earliest first; each lies after `now`, before `at`, and outside the quiet hours
 */
export function reminderTimes({ at, chosen, zone, quiet, now }: RemindersWanted): ReminderTime[] {
  const wanted = chosen
    .map((reminder) => ({
      reminder,
      due: outsideQuiet(new Date(at.getTime() - REMINDERS[reminder] * HOUR), zone, quiet),
    }))
    .toSorted((one, other) => one.due.getTime() - other.due.getTime());
  const times: ReminderTime[] = [];
  for (const time of wanted) {
    const before = times.at(-1)?.due ?? now;
    if (time.due.getTime() - before.getTime() >= APART) times.push(time);
  }
  return times;
}

function outsideQuiet(due: Date, zone: string, quiet: QuietHours | undefined): Date {
  if (!quiet || !quietUntil(due, zone, quiet)) return due;
  const local = DateTime.fromJSDate(due, { zone });
  const begins = local.startOf('day').set({ hour: Math.floor(quiet.from / 60), minute: quiet.from % 60 });
  const last = begins <= local ? begins : begins.minus({ days: 1 });
  const earlier = new Date(last.toMillis() - BEFORE_QUIET);
  // Where the quiet hours leave less than that of the day, their very beginning is the best there is.
  return quietUntil(earlier, zone, quiet) ? new Date(last.toMillis() - 60_000) : earlier;
}
