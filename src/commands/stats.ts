/** `stats`: figures on the command line, and making them anew out of the journal. */
import { Writable } from 'node:stream';
import type { Environment } from '../config';
import { loadContent } from '../content';
import { createIndexes } from '../database/connect';
import { askServerTime } from '../delivery';
import {
  cohortsTable,
  figuresTable,
  lessonsTable,
  writeTable,
  writeTableTo,
  type Format,
  type Table,
} from '../files';
import { CONTENT_DIR } from '../paths';
import { networks, retention, Rollup, series, type PeriodKind } from '../stats';
import { withDatabase } from './with-database';

export type StatsOrder =
  | { do: 'rebuild' }
  /** `area` as in docs/statistics.md: `all`, `state:UP`, `district:UP-sitapur`, `group:ABC2`. */
  | { do: 'show'; area: string; kind: PeriodKind }
  /** The same as a file. */
  | { do: 'export'; table: StatsTable; area: string; kind: PeriodKind; format: Format; out: string };

export const STATS_TABLES = ['figures', 'lessons', 'cohorts'] as const;
export type StatsTable = (typeof STATS_TABLES)[number];

/** Carries it out on the configured database. @throws ConfigError, DatabaseError, ContentError */
export async function stats(
  order: StatsOrder,
  env: Environment,
  print: (line: string) => void,
): Promise<void> {
  await withDatabase(env, async (connection, { zone }) => {
    const { states, smsPrice } = loadContent(CONTENT_DIR);
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
    if (order.do === 'show') {
      await writeTable(figuresTable(order.kind, rows, smsPrice), 'csv', lines(print));
      return;
    }
    const tables: Record<StatsTable, () => Table | Promise<Table>> = {
      figures: () => figuresTable(order.kind, rows, smsPrice),
      lessons: () => lessonsTable(order.kind, rows),
      cohorts: async () => cohortsTable(await retention(connection, order.area)),
    };
    await writeTableTo(await tables[order.table](), order.format, order.out);
    print(
      rows.length > 0
        ? `Written to ${order.out}: ${rows.length} ${order.kind}s.`
        : `Written, but there is nothing of ${order.area} yet: check how the area is spelt (docs/statistics.md).`,
    );
  });
}

/** Hands on whole lines, without the byte order mark that only files need. */
function lines(print: (line: string) => void): Writable {
  let text = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
    final(done) {
      print(text.replace(/^\uFEFF/, '').trimEnd());
      done();
    },
  });
}
