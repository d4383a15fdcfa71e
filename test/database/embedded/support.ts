import { MongoClient, type Db } from 'mongodb';
import { startEmbedded, type EmbeddedOptions } from '../../../src/database/embedded';

/** A throw-away server in this process with a real driver connected to it over a real socket. */
export interface Bench {
  client: MongoClient;
  db: Db;
  close: () => Promise<void>;
}

export async function bench(options: Partial<EmbeddedOptions> = {}): Promise<Bench> {
  const server = await startEmbedded({ dataDir: 'temporary', noSync: true, inProcess: true, ...options });
  return connected(server.uri, () => server.stop());
}

/** The same, or the MongoDB at `MONGODB_URI` where that is set: for tests that say what MongoDB does. */
export async function comparableBench(): Promise<Bench> {
  const uri = process.env.MONGODB_URI;
  return uri === undefined || uri === '' ? bench() : connected(uri, () => Promise.resolve());
}

async function connected(uri: string, stop: () => Promise<void>): Promise<Bench> {
  const client = await new MongoClient(uri).connect();
  const db = client.db('bench');
  await db.dropDatabase();
  return {
    client,
    db,
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await stop();
    },
  };
}
