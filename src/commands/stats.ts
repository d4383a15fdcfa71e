/** `stats`: figures on the command line, and making them anew out of the journal. */
import { stringify } from 'csv-stringify/sync';
import { loadConfig, type Environment } from '../config';
import { loadContent } from '../content';
import { createIndexes, openDatabase } from '../database/connect';
import { askServerTime } from '../delivery';
import { CONTENT_DIR } from '../paths';
import { COUNTS, networks, Rollup, series, type PeriodKind } from '../stats';

export type StatsOrder =
  | { do: 'rebuild' }
  /** `area` as in docs/statistics.md: `all`, `state:UP`, `district:UP-sitapur`, `group:ABC2`. */
  | { do: 'show'; area: string; kind: PeriodKind };

/** Carries it out on the configured database. @throws ConfigError, DatabaseError, ContentError */
export async function stats(
  order: StatsOrder,
  env: Environment,
  print: (line: string) => void,
): Promise<void> {
  const { mongodbUri, dataDir, zone } = loadConfig(env);
  const { states } = loadContent(CONTENT_DIR);
  const database = await openDatabase({ mongodbUri, dataDir });
  try {
    const { connection } = database;
    await createIndexes(connection);
    const now = await askServerTime(connection)();
    const rollup = new Rollup({ connection, now: () => now, zone, networkOf: networks(states) });
    if (order.do === 'rebuild') {
      const count = await rollup.rebuild(({ kind, id }) => print(`${kind} ${id}`));
      print(count > 0 ? `Made anew: ${count} periods.` : 'The journal is empty: there is nothing to count.');
      return;
    }
    await rollup.refresh();
    const rows = await series(connection, { area: order.area, kind: order.kind });
    print(
      stringify(
        rows.map((row) => [
          row.period,
          row.enrolled ?? '<5',
          ...COUNTS.map((name) => row.count(name) ?? '<5'),
        ]),
        { header: true, columns: [order.kind, 'enrolled', ...COUNTS] },
      ).trimEnd(),
    );
  } finally {
    await database.stop();
  }
}
