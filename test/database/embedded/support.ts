import { MongoClient, type Db } from 'mongodb';
import { startEmbedded, type Embedded, type EmbeddedOptions } from '../../../src/database/embedded';

/** A throw-away server in this process with a real driver connected to it over a real socket. */
export interface Bench {
  server: Embedded;
  client: MongoClient;
  db: Db;
  close: () => Promise<void>;
}

export async function bench(options: Partial<EmbeddedOptions> = {}): Promise<Bench> {
  const server = await startEmbedded({ dataDir: 'temporary', noSync: true, inProcess: true, ...options });
  const client = await new MongoClient(server.uri).connect();
  return {
    server,
    client,
    db: client.db('bench'),
    close: async () => {
      await client.close();
      await server.stop();
    },
  };
}
