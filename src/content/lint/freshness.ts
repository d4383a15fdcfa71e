/** Law and helplines change: what was verified more than a year ago is verified again. */
import type { Bundle } from '../bundle';
import { fault, type Finding } from '../finding';
import type { Path, Source } from '../source';

const DAY = 86_400_000;
const OLDEST_IN_DAYS = 365;

/** @param today the present moment */
export function checkFreshness({ lessons, helplines }: Bundle, today: Date): Finding[] {
  return [
    ...lessons.flatMap(({ value, source }) =>
      value.sources.flatMap(({ verifiedOn }, i) =>
        stale(source, ['sources', i, 'verifiedOn'], verifiedOn, today),
      ),
    ),
    ...(helplines?.value.helplines.flatMap(({ verifiedOn }, i) =>
      stale(helplines.source, ['helplines', i, 'verifiedOn'], verifiedOn, today),
    ) ?? []),
  ];
}

function stale(source: Source, path: Path, verifiedOn: string, today: Date): Finding[] {
  const days = Math.floor((today.getTime() - Date.parse(`${verifiedOn}T00:00:00Z`)) / DAY);
  if (days > OLDEST_IN_DAYS)
    return [
      fault(
        source,
        path,
        `verified ${days} days ago, at most ${OLDEST_IN_DAYS}. Check that it still holds, then write the new date.`,
      ),
    ];
  // East of Greenwich it may be tomorrow already.
  return days < -1
    ? [fault(source, path, `${verifiedOn} lies in the future. Write the day on which it was checked.`)]
    : [];
}
