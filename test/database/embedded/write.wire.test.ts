import type { Document } from 'mongodb';
import { comparableBench, type Bench } from './support';

/** Write commands as a whole: upserts, many documents, findAndModify, bulk writes. */
let b: Bench;
beforeAll(async () => {
  b = await comparableBench();
});
afterAll(() => b.close());

const one = { _id: 1 as never };

// https://www.mongodb.com/docs/manual/reference/method/db.collection.updateOne/#upsert-option
test('upserts with the equalities of the filter', async () => {
  const collection = b.db.collection('upserts');
  const made = await collection.updateOne(
    { name: 'x', n: { $gt: 5 }, 'in.ner': { $eq: 2 }, $and: [{ c: 3 }] },
    { $set: { v: 1 }, $setOnInsert: { born: true }, $inc: { seq: 1 } },
    { upsert: true },
  );
  expect(made).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
  expect(await collection.findOne({ _id: made.upsertedId! })).toEqual({
    _id: made.upsertedId,
    name: 'x',
    in: { ner: 2 },
    c: 3,
    v: 1,
    born: true,
    seq: 1,
  });
  expect(await collection.updateOne({ name: 'x' }, { $set: { v: 1 } }, { upsert: true })).toMatchObject({
    matchedCount: 1,
    modifiedCount: 0,
    upsertedCount: 0,
  });
  await collection.replaceOne({ _id: 'own' as never }, { a: 1 }, { upsert: true });
  expect(await collection.findOne({ _id: 'own' as never })).toEqual({ _id: 'own', a: 1 });
  await expect(collection.replaceOne({ _id: 'own' as never }, { _id: 'other', a: 1 })).rejects.toMatchObject({
    code: 66,
  });
});

test('updates many, and replaces whole documents', async () => {
  const collection = b.db.collection('many');
  await collection.insertMany([
    { g: 1, n: 1 },
    { g: 1, n: 2 },
    { g: 2, n: 3 },
  ]);
  expect(await collection.updateMany({ g: 1 }, { $inc: { n: 10 } })).toMatchObject({
    matchedCount: 2,
    modifiedCount: 2,
  });
  expect(await collection.distinct('n')).toEqual([3, 11, 12]);
  await collection.replaceOne({ g: 2 }, { only: true });
  expect(await collection.findOne({ only: true }, { projection: { _id: 0 } })).toEqual({ only: true });
  await expect(
    b.db.command({ update: 'many', updates: [{ q: {}, u: { x: 1 }, multi: true }] }),
  ).resolves.toMatchObject({ n: 0, writeErrors: [{ code: 9 }] });
  expect(await collection.deleteMany({ g: 1 })).toMatchObject({ deletedCount: 2 });
  expect(await collection.countDocuments()).toBe(1);
});

// https://www.mongodb.com/docs/manual/reference/command/findAndModify/
test('findAndModify takes the first in order, before or after', async () => {
  const collection = b.db.collection('fam');
  await collection.insertMany([
    { _id: 1, p: 5 },
    { _id: 2, p: 9 },
    { _id: 3, p: 7 },
  ] as unknown as Document[]);
  expect(await collection.findOneAndUpdate({}, { $set: { taken: true } }, { sort: { p: -1 } })).toEqual({
    _id: 2,
    p: 9,
  });
  expect(
    await collection.findOneAndUpdate(
      { _id: 1 as never },
      { $inc: { p: 1 } },
      { returnDocument: 'after', projection: { p: 1, _id: 0 } },
    ),
  ).toEqual({ p: 6 });
  expect(await collection.findOneAndDelete({ taken: true })).toMatchObject({ _id: 2 });
  expect(
    await collection.findOneAndReplace({ _id: 3 as never }, { q: 1 }, { returnDocument: 'after' }),
  ).toEqual({ _id: 3, q: 1 });
  expect(await collection.findOneAndUpdate({ _id: 99 as never }, { $set: { a: 1 } })).toBeNull();
  expect(
    await collection.findOneAndUpdate(
      { _id: 99 as never },
      { $set: { a: 1 } },
      { upsert: true, returnDocument: 'after' },
    ),
  ).toEqual({ _id: 99, a: 1 });
});

// https://www.mongodb.com/docs/manual/reference/method/db.collection.bulkWrite/
test('bulk writes stop at an error only when ordered, and name the statement', async () => {
  const collection = b.db.collection('bulk');
  const operations = [
    { insertOne: { document: one } },
    { insertOne: { document: one } },
    { updateOne: { filter: one, update: { $set: { n: 1 } } } },
    { deleteOne: { filter: { none: 1 } } },
  ];
  await expect(collection.bulkWrite(operations)).rejects.toMatchObject({
    code: 11000,
    writeErrors: [{ index: 1, code: 11000 }],
    result: { insertedCount: 1, modifiedCount: 0 },
  });
  await expect(collection.bulkWrite(operations, { ordered: false })).rejects.toMatchObject({
    writeErrors: [{ index: 0 }, { index: 1 }],
    result: { insertedCount: 0, modifiedCount: 1 },
  });
});

test('a write nobody waits for is done all the same', async () => {
  await b.db.collection('w0').insertOne({ a: 1 }, { writeConcern: { w: 0 } });
  await b.db.collection('w0').insertOne({ a: 2 }, { writeConcern: { w: 'majority', journal: true } });
  const deadline = Date.now() + 10_000;
  while ((await b.db.collection('w0').countDocuments()) < 2) expect(Date.now()).toBeLessThan(deadline);
});
