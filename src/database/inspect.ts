/** How a database is, for `saathi doctor`: nothing is written. */
import type { Connection, Model } from 'mongoose';
import { journalModel } from './models/journal';
import { outboxModel } from './models/outbox';
import { participantModel } from './models/participant';
import { reachModel } from './models/reach';
import { reflectionModel } from './models/reflection';
import { tombstoneModel } from './models/tombstone';

export interface DatabaseState {
  /** `7.0.14` */
  version: string;
  /** Indexes that the product declares. */
  declared: number;
  /** Those that are not there, as `outbox: lane, priority, dueAt`. */
  missing: string[];
}

const MODELS = [participantModel, outboxModel, reachModel, journalModel, reflectionModel, tombstoneModel];
const NAMESPACE_NOT_FOUND = 26;

/** Asks an open connection. @throws what the driver throws when the database does not answer. */
export async function inspectDatabase(connection: Connection): Promise<DatabaseState> {
  const answer = await connection.db?.admin().command({ buildInfo: 1 });
  const version = typeof answer?.version === 'string' ? answer.version : 'unknown';
  const state: DatabaseState = { version, declared: 0, missing: [] };
  for (const model of MODELS) {
    const one = model(connection) as unknown as Model<object>;
    const there = await indexesOf(one);
    for (const [fields] of one.schema.indexes()) {
      state.declared += 1;
      if (!there.has(JSON.stringify(fields)))
        state.missing.push(`${one.collection.collectionName}: ${Object.keys(fields).join(', ')}`);
    }
  }
  return state;
}

/** The keys of what is there, each as JSON; none for a collection that nobody has written to yet. */
async function indexesOf(model: Model<object>): Promise<Set<string>> {
  try {
    const all = await model.collection.listIndexes().toArray();
    return new Set(all.map(({ key }) => JSON.stringify(key)));
  } catch (error) {
    if ((error as { code?: unknown }).code === NAMESPACE_NOT_FOUND) return new Set();
    throw error;
  }
}
