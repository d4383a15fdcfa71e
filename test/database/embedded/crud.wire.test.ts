import mongoose from 'mongoose';
import { startEmbedded, type Embedded } from '../../../src/database/embedded';

let server: Embedded;
let connection: mongoose.Connection;
beforeAll(async () => {
  server = await startEmbedded({ dataDir: 'temporary', noSync: true, inProcess: true });
  connection = await mongoose.createConnection(server.uri, { dbName: 'crud' }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

test('mongoose creates, finds, updates, counts, aggregates and deletes', async () => {
  const schema = new mongoose.Schema(
    { name: { type: String, unique: true }, n: Number, tags: [String] },
    { timestamps: true },
  );
  const Thing = connection.model('Thing', schema);
  await Thing.init();
  await Thing.create([
    { name: 'a', n: 1, tags: ['x'] },
    { name: 'b', n: 2 },
  ]);
  expect((await Thing.findOne({ name: 'a' }))?.n).toBe(1);
  await Thing.updateOne({ name: 'a' }, { $inc: { n: 5 }, $push: { tags: 'y' } });
  expect((await Thing.findOne({ tags: 'y' }).lean())?.n).toBe(6);
  expect(await Thing.countDocuments({ n: { $gt: 1 } })).toBe(2);
  expect(await Thing.estimatedDocumentCount()).toBe(2);
  expect(await Thing.exists({ name: 'zz' })).toBeNull();
  expect(await Thing.distinct('name')).toEqual(['a', 'b']);
  await expect(Thing.create({ name: 'a' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { name: 1 },
    keyValue: { name: 'a' },
  });
  const up = await Thing.findOneAndUpdate(
    { name: 'c' },
    { $set: { n: 9 } },
    { upsert: true, returnDocument: 'after' },
  );
  expect(up.n).toBe(9);
  expect(await Thing.aggregate([{ $group: { _id: null, total: { $sum: '$n' } } }])).toEqual([
    { _id: null, total: 17 },
  ]);
  expect((await Thing.find().sort({ n: -1 }).limit(2).lean()).map((t) => t.name)).toEqual(['c', 'a']);
  const doc = await Thing.findOne({ name: 'b' });
  doc!.n = 22;
  await doc!.save();
  await doc!.deleteOne();
  expect(await Thing.countDocuments()).toBe(2);
});
