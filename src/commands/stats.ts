/** `stats`: figures on the command line, and making them anew out of the journal. */
import { Writable } from 'node:stream';
import type { Environment } from '../config';
import { loadContent } from '../content';
import { createIndexes } from '../database/connect';
import { askServerTime } from '../delivery';
import { figuresTable, writeTable, writeTableTo, type Format } from '../files';
import { CONTENT_DIR } from '../paths';
import { networks, Rollup, series, type PeriodKind } from '../stats';
import { withDatabase } from './with-database';

export type StatsOrder =
  | { do: 'rebuild' }
  /** `area` as in docs/statistics.md: `all`, `state:UP`, `district:UP-sitapur`, `group:ABC2`. */
  | { do: 'show'; area: string; kind: PeriodKind }
  /** The same as a file. */
  | { do: 'export'; area: string; kind: PeriodKind; format: Format; out: string };

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
    const table = figuresTable(order.kind, rows, smsPrice);
    if (order.do === 'show') {
      await writeTable(table, 'csv', lines(print));
      return;
    }
    await writeTableTo(table, order.format, order.out);
    print(
      rows.length > 0
        ? `Written: ${rows.length} lines to ${order.out}.`
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
