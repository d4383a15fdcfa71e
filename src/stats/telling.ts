/** Figures that a coordinator asked for in chat: put together and sent back to him as a signal. */
import { DateTime } from 'luxon';
import type { Connection } from 'mongoose';
import { answersFor, type FiguresNews, type PlacedOrder } from '../conversation';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import type { OrderHandlers, Signals } from '../people';
import type { CountName } from './measures';
import { periodAt, type Period } from './periods';
import type { Rollup, RollupParts } from './rollup';
import { series, type PeriodFigures, type Shown } from './read';

/** So many weeks stand in the picture. */
export const WEEKS_SHOWN = 8;
/** What stands where a number is too small to be shown. */
const HIDDEN = '<5';
const TOLD = ['active', 'completed', 'pledgeTaken', 'meetingHeld', 'stopped'] as const satisfies CountName[];

/** Who was active in an area in the last weeks up to one, the oldest first; weeks without anything are nought. */
export async function activeWeeks(
  connection: Connection,
  area: string,
  last: Date,
  zone: string,
): Promise<{ week: Period; active: Shown }[]> {
  const weeks = Array.from({ length: WEEKS_SHOWN }, (_, index) =>
    periodAt('week', weeksBefore(last, WEEKS_SHOWN - 1 - index, zone), zone),
  );
  const rows = await series(connection, {
    area,
    kind: 'week',
    from: weeks[0]?.id ?? '',
    to: weeks.at(-1)?.id ?? '',
  });
  const byWeek = new Map(rows.map((row) => [row.period, row]));
  return weeks.map((week) => {
    const row = byWeek.get(week.id);
    return { week, active: row ? row.count('active') : 0 };
  });
}

/**
 * Carries out `tell figures`: only of an area for which he answers now.
 * @param rollup makes the figures of the running week anew where they are stale
 */
export function figureOrders(
  rollup: Pick<Rollup, 'refresh' | 'parts'>,
  signals: Pick<Signals, 'send'>,
): Pick<OrderHandlers, 'tell figures'> {
  const { parts } = rollup;
  return {
    async 'tell figures'({ id, participantId, order }: PlacedOrder<'tell figures'>) {
      const { connection, now } = parts;
      const he = await participantModel(connection)
        .findById(participantId)
        .select({ roles: 1 })
        .lean<Pick<ParticipantDocument, 'roles'>>();
      const role = he?.roles?.coordinator;
      if (!role || !answersFor(role, order.area)) return;
      await rollup.refresh();
      await signals.send(
        { ids: [participantId], data: await news(parts, order.area, order.of) },
        { id: `${id}:figures`, event: 'FIGURES', due: now() },
      );
    },
  };
}

async function news(
  { connection, now, zone }: RollupParts,
  area: string,
  of: FiguresNews['of'],
): Promise<FiguresNews> {
  const at = of === 'now' ? now() : weeksBefore(now(), 1, zone);
  const week = periodAt('week', at, zone);
  const before = periodAt('week', weeksBefore(at, 1, zone), zone);
  const rows = await series(connection, { area, kind: 'week', to: week.id });
  const found = (id: string) => rows.find(({ period }) => period === id);
  const weeks = await activeWeeks(connection, area, at, zone);
  return {
    area,
    of,
    period: week.id,
    days: `${day(week.from, zone)}–${day(new Date(week.until.getTime() - 1), zone)}`,
    counts: {
      enrolled: told(rows.length > 0 ? rows.at(-1)?.enrolled : 0),
      ...counts(found(week.id), ''),
      ...counts(found(before.id), 'Before'),
    },
    active: weeks.map(({ active }) => told(active)).join(', '),
  };
}

function counts(row: PeriodFigures | undefined, suffix: string): Record<string, string | number> {
  const count = (name: CountName): Shown => (row ? row.count(name) : 0);
  const [done, tried] = [count('actionDone'), count('actionTried')];
  const both = done === undefined || tried === undefined ? undefined : done + tried;
  const values = TOLD.map((name): [string, string | number] => [`${name}${suffix}`, told(count(name))]);
  return { ...Object.fromEntries(values), [`tried${suffix}`]: told(both) };
}

function told(value: Shown): string | number {
  return value ?? HIDDEN;
}

function weeksBefore(at: Date, weeks: number, zone: string): Date {
  return DateTime.fromJSDate(at, { zone }).minus({ weeks }).toJSDate();
}

/** `12/1`, as it is written in India. */
export function day(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('d/L');
}
