/**
 * A synthetic history for demonstrations and load tests: people of different temperaments, each taken through his
 * weeks by the real conversation. Everything made here is marked (`demo-…`) and stands on the simulator's channel, so
 * that nothing of it can ever reach a telephone.
 */
import type { Connection, Model, mongo } from 'mongoose';
import type { Content } from '../content/model';
import { createCore } from '../conversation';
import { insertNew } from '../database/duplicate';
import { figuresModel } from '../database/models/figures';
import { journalModel } from '../database/models/journal';
import { outboxModel } from '../database/models/outbox';
import { participantModel } from '../database/models/participant';
import { reflectionModel } from '../database/models/reflection';
import { keep, type Kept } from './documents';
import { live, type Stage } from './life';
import type { Names } from './names';
import { cast, DEMO_PREFIX } from './people';

export { loadNames, type Names } from './names';
export { settle, settled, settledGroup, type Settled } from './settled';

export interface DemoOptions {
  participants: number;
  weeks: number;
  seed: string;
  /** Where the history ends; the same options and the same end give the same history. */
  until: Date;
  /** IANA zone. */
  zone: string;
}

export interface DemoCounts {
  participants: number;
  journal: number;
  outbox: number;
}

/** The database holds people that are not of a demo, or an earlier demo that nobody agreed to replace. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

const WEEK_MS = 7 * 86_400_000;
/** Lives that are written together: some 10,000 rows. */
const AT_ONCE = 50;

/**
 * The lives, one after the other, as they are kept. Pure: the same options give the same lives.
 * @throws RangeError for counts that are no whole numbers above nought
 */
export function* lives(options: DemoOptions, content: Content, names: Names): Generator<Kept> {
  const { participants, weeks, seed, until, zone } = options;
  for (const number of [participants, weeks])
    if (!Number.isSafeInteger(number) || number < 1)
      throw new RangeError('Participants and weeks must be whole numbers above 0.');
  const from = new Date(until.getTime() - weeks * WEEK_MS);
  const stage: Stage = { content, conversation: createCore(content), seed, zone, until };
  for (const who of cast(participants, { seed, from, until, content, names }))
    yield keep(live(who, stage), stage);
}

/**
 * Makes room: an earlier demo goes, if that was agreed to.
 * @throws DemoRefused when anything in the database is not of a demo, or `replace` is false and an earlier one is there
 */
export async function makeRoom(connection: Connection, replace: boolean): Promise<void> {
  const models = [participantModel, journalModel, outboxModel].map(
    (model) => model(connection) as unknown as Model<{ _id: string }>,
  );
  const outside = [{ _id: { $lt: DEMO_PREFIX } }, { _id: { $gte: AFTER_DEMO } }];
  for (const model of models)
    for (const filter of outside)
      if (await model.findOne(filter).select({ _id: 1 }).lean())
        throw new DemoRefused(
          'This database holds real people, or traces of them; a demo is never mixed with them. ' +
            'Set DATA_DIR (or MONGODB_URI) to a database of its own, for example DATA_DIR=./demo-data.',
        );
  const [first] = await Promise.all(models.map((model) => model.findOne({}).select({ _id: 1 }).lean()));
  if (!first) return;
  if (!replace)
    throw new DemoRefused(
      'An earlier demo is in this database. Add --yes to throw it away and make a new one.',
    );
  for (const model of [...models, figuresModel(connection), reflectionModel(connection)])
    await (model as unknown as Model<object>).deleteMany({});
}

/** The first string that no longer begins with the prefix. */
const AFTER_DEMO = 'demo.';

/**
 * Writes the lives; indexes must be there. Making the next ones goes on while the database writes.
 * @param onProgress told after each batch how many people are written
 */
export async function writeLives(
  connection: Connection,
  all: Iterable<Kept>,
  onProgress: (participants: number) => void = () => undefined,
): Promise<DemoCounts> {
  const counts: DemoCounts = { participants: 0, journal: 0, outbox: 0 };
  let writing: Promise<unknown> = Promise.resolve();
  let batch: Kept[] = [];
  const flush = async () => {
    const kept = batch;
    batch = [];
    await writing;
    writing = write(connection, kept);
    // Whatever fails is thrown at the next await; until then it must not count as unheard.
    writing.catch(() => undefined);
    onProgress(counts.participants);
  };
  for (const kept of all) {
    counts.participants += 1;
    counts.journal += kept.journal.length;
    counts.outbox += kept.outbox.length;
    batch.push(kept);
    if (batch.length === AT_ONCE) await flush();
  }
  await flush();
  await writing;
  return counts;
}

async function write(connection: Connection, kept: Kept[]): Promise<void> {
  const into = <T extends mongo.Document>(model: Model<T>, rows: T[]) =>
    insertNew(model.collection as unknown as mongo.Collection<T>, rows);
  await Promise.all([
    into(
      participantModel(connection),
      kept.flatMap(({ participant }) => (participant ? [participant] : [])),
    ),
    into(
      journalModel(connection),
      kept.flatMap(({ journal }) => journal),
    ),
    into(
      outboxModel(connection),
      kept.flatMap(({ outbox }) => outbox),
    ),
  ]);
}
