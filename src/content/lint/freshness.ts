/** Law and helplines change: what was verified more than a year ago is verified again, helplines as often as their file says. Moving days run out. */
import type { Bundle } from '../bundle';
import { fault, type Finding } from '../finding';
import type { Path, Source } from '../place';

const DAY = 86_400_000;
const OLDEST_IN_DAYS = 365;

/** @param today the present moment */
export function checkFreshness(
  { lessons, helplines, hubs, calendar, rates }: Bundle,
  today: Date,
): Finding[] {
  return [
    ...(rates ? stale(rates.source, ['verifiedOn'], rates.value.verifiedOn, today) : []),
    ...lessons.flatMap(({ value, source }) =>
      value.sources.flatMap(({ verifiedOn }, i) =>
        stale(source, ['sources', i, 'verifiedOn'], verifiedOn, today),
      ),
    ),
    ...(helplines?.value.helplines.flatMap(({ verifiedOn }, i) =>
      stale(
        helplines.source,
        ['helplines', i, 'verifiedOn'],
        verifiedOn,
        today,
        helplines.value.checkedEvery,
      ),
    ) ?? []),
    ...(hubs?.value.hubs.flatMap(({ confirmedOn }, i) =>
      stale(hubs.source, ['hubs', i, 'confirmedOn'], confirmedOn, today),
    ) ?? []),
    ...(hubs ? unlisted(hubs) : []),
    ...(calendar?.value.days.flatMap((day, i) =>
      'dates' in day.on ? runningOut(calendar.source, i, day.on.dates, today) : [],
    ) ?? []),
  ];
}

function stale(
  source: Source,
  path: Path,
  verifiedOn: string,
  today: Date,
  oldest = OLDEST_IN_DAYS,
): Finding[] {
  const days = Math.floor((today.getTime() - Date.parse(`${verifiedOn}T00:00:00Z`)) / DAY);
  if (days > oldest)
    return [
      fault(
        source,
        path,
        `verified ${days} days ago, at most ${oldest}. Check that it still holds, then write the new date.`,
      ),
    ];
  // East of Greenwich it may be tomorrow already.
  return days < -1
    ? [fault(source, path, `${verifiedOn} lies in the future. Write the day on which it was checked.`)]
    : [];
}

/** Until the organisation has named them all, calls for help from the others go to their state's officers. */
function unlisted({ source, value: { expected, hubs } }: NonNullable<Bundle['hubs']>): Finding[] {
  if (hubs.length >= expected) return [];
  const message = `${hubs.length} of ${expected} Gender Hubs are listed. Add the others when the organisation has confirmed them.`;
  return [{ ...fault(source, ['hubs'], message), severity: 'warning' }];
}

/** A moving day that will not come in the year ahead. */
function runningOut(source: Source, day: number, dates: readonly string[], today: Date): Finding[] {
  const days = (date: string) => (Date.parse(`${date}T00:00:00Z`) - today.getTime()) / DAY;
  if (dates.some((date) => days(date) > -1 && days(date) < OLDEST_IN_DAYS + 31)) return [];
  const message =
    'has no date in the year to come. Look it up in the calendar of the coming year and add it.';
  return [{ ...fault(source, ['days', day, 'on', 'dates'], message), severity: 'warning' }];
}
