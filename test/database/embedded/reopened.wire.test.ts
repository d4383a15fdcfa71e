/** What a collection promises, it promises after a restart too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startEmbedded } from '../../../src/database/embedded';

interface Row {
  _id: string;
  email?: string;
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'embedded-reopened-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One life of the server, on the same folder. */
async function life(act: (collection: Collection<Row>) => Promise<void>): Promise<void> {
  const server = await startEmbedded({ dataDir: folder, inProcess: true });
  const client = await new MongoClient(server.uri).connect();
  await act(client.db('r').collection<Row>('c'));
  await client.close();
  await server.stop();
}

test('unique stays unique: ids as well as declared indexes', async () => {
  await life(async (collection) => {
    await collection.createIndex({ email: 1 }, { unique: true, sparse: true }, {});
    await collection.insertOne({ _id: 'a', email: 'x' });
  });
  await life(async (collection) => {
    await expect(collection.insertOne({ _id: 'a' })).rejects.toThrow('E11000');
    await expect(collection.insertOne({ _id: 'b', email: 'x' })).rejects.toThrow('E11000');
    await expect(collection.insertMany([{ _id: 'a' }, { _id: 'c' }], { ordered: false })).rejects.toThrow(
      'E11000',
    );
    expect((await collection.find().toArray()).map(({ _id }) => _id)).toEqual(['a', 'c']);
  });
});
