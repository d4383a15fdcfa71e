/** `demo`: a believable synthetic history in the configured database, to show the product or to load it. */
import path from 'node:path';
import type { Environment } from '../config';
import { loadContent } from '../content';
import { createIndexes } from '../database/connect';
import { askServerTime, createDeliveryIndexes } from '../delivery';
import { lives, loadNames, makeRoom, writeLives } from '../demo';
import { CONTENT_DIR } from '../paths';
import { networks, Rollup } from '../stats';
import { withDatabase } from './with-database';

export interface DemoOrder {
  participants: number;
  weeks: number;
  seed: string;
  /** Where the history ends; the present by default. */
  until?: Date;
  /** Throw an earlier demo away. */
  yes: boolean;
}

/** Carries it out. @throws ConfigError, DatabaseError, ContentError, DemoRefused, RangeError */
export async function demo(order: DemoOrder, env: Environment, print: (line: string) => void): Promise<void> {
  await withDatabase(env, async (connection, { zone }) => {
    const content = loadContent(CONTENT_DIR);
    const names = loadNames(path.join(CONTENT_DIR, 'demo/people.yaml'));
    await createIndexes(connection);
    await createDeliveryIndexes(connection);
    await makeRoom(connection, order.yes);
    const until = order.until ?? (await askServerTime(connection)());
    const { participants, journal, outbox } = await writeLives(
      connection,
      lives({ ...order, until, zone }, content, names),
      milestones(order.participants, (done) => print(`${done} of ${order.participants} people`)),
    );
    print(`Made: ${participants} people, ${journal} entries of the journal, ${outbox} messages.`);
    const rollup = new Rollup({ connection, now: () => until, zone, networkOf: networks(content.states) });
    print(`Figures: ${await rollup.rebuild()} periods.`);
  });
}

/** Ten lines, however many people there are. */
function milestones(all: number, say: (done: number) => void): (done: number) => void {
  let said = 0;
  return (done) => {
    const tenth = Math.floor((done * 10) / all);
    if (tenth > said) say(done);
    said = tenth;
  };
}
