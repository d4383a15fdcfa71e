import type { Document } from 'mongodb';
import { bench, type Bench } from './support';

let b: Bench;
beforeAll(async () => {
  b = await bench({ ttlInterval: 50 });
});
afterAll(() => b.close());

const plan = async (name: string, filter: Document, sort: Document = {}, limit = 0): Promise<Document> =>
  b.db.collection(name).find(filter, { sort, limit }).explain('executionStats');
const indexIn = (explained: Document): string | undefined =>
  /"indexName":"([^"]+)"/.exec(JSON.stringify(explained.queryPlanner))?.[1];

// https://www.mongodb.com/docs/manual/core/index-unique/
test('a unique index refuses a second one, and says which', async () => {
  const users = b.db.collection('users');
  await users.createIndex({ email: 1, 'a.b': 1 }, { unique: true, name: 'mail' }, {});
  await users.insertOne({ email: 'x', a: { b: 1 } });
  const again = users.insertOne({ email: 'x', a: { b: 1 } });
  await expect(again).rejects.toMatchObject({
    code: 11000,
    message: 'E11000 duplicate key error collection: bench.users index: mail dup key: { email: "x", a.b: 1 }',
    keyPattern: { email: 1, 'a.b': 1 },
    keyValue: { email: 'x', 'a.b': 1 },
  });
  await users.insertOne({ email: 'x' });
  await expect(users.insertOne({ email: 'x', a: { b: null } })).rejects.toMatchObject({ code: 11000 });
  await expect(users.updateOne({ a: { $exists: false } }, { $set: { 'a.b': 1 } })).rejects.toMatchObject({
    code: 11000,
  });
  expect(await users.countDocuments({ 'a.b': 1 })).toBe(1);
});

test('a unique index takes an array by its elements, long and rounded keys exactly', async () => {
  const tags = b.db.collection('tags');
  await tags.createIndex({ t: 1 }, { unique: true }, {});
  await tags.insertOne({ t: [1, 2] });
  await expect(tags.insertOne({ t: [2, 3] })).rejects.toMatchObject({ code: 11000, keyValue: { t: 2 } });
  await tags.insertOne({ t: [[1, 2]] });
  await tags.insertOne({ t: 'x'.repeat(2000) + 'a' });
  await tags.insertOne({ t: 'x'.repeat(2000) + 'b' });
  await expect(tags.insertOne({ t: 'x'.repeat(2000) + 'a' })).rejects.toMatchObject({ code: 11000 });
});

// https://www.mongodb.com/docs/manual/core/index-sparse/ and …/index-partial/
test('sparse and partial unique indexes leave the others alone', async () => {
  const c = b.db.collection('sparse');
  await c.createIndex({ phone: 1 }, { unique: true, sparse: true }, {});
  await c.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { open: true } }, {});
  await c.insertMany([{ code: 1, open: true }, { code: 1, open: false }, { code: 1 }]);
  await expect(c.insertOne({ code: 1, open: true })).rejects.toMatchObject({ code: 11000 });
  await expect(c.updateOne({ open: false }, { $set: { open: true } })).rejects.toMatchObject({ code: 11000 });
  expect(await c.countDocuments({ phone: null })).toBe(3);
  expect(indexIn(await plan('sparse', { phone: null }))).toBeUndefined();
  expect(indexIn(await plan('sparse', { code: 1 }))).toBeUndefined();
  expect(indexIn(await plan('sparse', { code: 1, open: true }))).toBe('code_1');
});

test('an index that exists is no error, another one of its name or key is', async () => {
  const c = b.db.collection('again');
  expect(await c.createIndex({ a: 1 }, {}, {})).toBe('a_1');
  expect(
    await b.db.command({ createIndexes: 'again', indexes: [{ key: { a: 1 }, name: 'a_1' }] }),
  ).toMatchObject({ numIndexesBefore: 2, numIndexesAfter: 2, note: 'all indexes already exist' });
  await expect(c.createIndex({ a: 1 }, { unique: true }, {})).rejects.toMatchObject({ code: 85 });
  await expect(c.createIndex({ a: 1 }, { name: 'other' }, {})).rejects.toMatchObject({
    code: 85,
    message: 'Index already exists with a different name: a_1',
  });
  await expect(c.createIndex({ b: 1 }, { name: 'a_1' }, {})).rejects.toMatchObject({ code: 86 });
  await expect(c.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 5 }, {})).rejects.toMatchObject({
    code: 67,
  });
  await c.insertMany([{ b: 1 }, { b: 1 }]);
  await expect(c.createIndex({ b: 1 }, { unique: true }, {})).rejects.toMatchObject({ code: 11000 });
  expect((await c.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1']);
  await c.dropIndex('a_1');
  await expect(c.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
  await expect(c.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
  await expect(
    c.insertOne({ x: [1], y: [2] }).then(() => c.createIndex({ x: 1, y: 1 }, {}, {})),
  ).rejects.toMatchObject({ code: 171 });
});

test('chooses equality, then range, then order, and reads no more than it needs', async () => {
  const c = b.db.collection('outbox');
  await c.createIndexes([{ key: { state: 1, dueAt: 1 } }, { key: { person: 1 } }, { key: { dueAt: -1 } }]);
  await c.insertMany(
    Array.from({ length: 3000 }, (_, n) => ({
      state: n % 2 === 0 ? 'pending' : 'sent',
      dueAt: new Date(n * 1000),
      person: n % 1000,
      text: `t${n}`,
    })),
  );
  const due = await plan('outbox', { state: 'pending', dueAt: { $lte: new Date(9_000) } }, { dueAt: 1 });
  expect(indexIn(due)).toBe('state_1_dueAt_1');
  expect(due.executionStats).toMatchObject({ nReturned: 5, totalKeysExamined: 5, totalDocsExamined: 5 });
  expect(JSON.stringify(due)).not.toContain('"SORT"');
  const narrow = await plan('outbox', { state: 'pending', person: 6 });
  expect([indexIn(narrow), narrow.executionStats]).toEqual([
    'person_1',
    expect.objectContaining({ totalDocsExamined: 3 }),
  ]);
  const latest = await plan('outbox', {}, { dueAt: -1 }, 5);
  expect([indexIn(latest), latest.executionStats.totalDocsExamined < 50]).toEqual(['dueAt_-1', true]);
  const either = await plan('outbox', {
    $or: [{ person: 5 }, { state: 'sent', dueAt: { $lt: new Date(2_000) } }],
  });
  expect(JSON.stringify(either)).toContain('"OR"');
  expect(either.executionStats.totalDocsExamined).toBeLessThan(10);
  expect(JSON.stringify(await plan('outbox', { text: 't5' }))).toContain('COLLSCAN');
  expect(indexIn(await c.find({ text: 't5' }, { hint: { person: 1 } }).explain())).toBe('person_1');
  await expect(c.find({}, { hint: 'nope' }).toArray()).rejects.toMatchObject({ code: 2 });
  for (const command of [
    { update: 'outbox', updates: [{ q: { person: 3 }, u: { $set: { a: 1 } } }] },
    { delete: 'outbox', deletes: [{ q: { person: 3 }, limit: 1 }] },
    { aggregate: 'outbox', pipeline: [{ $match: { person: 3 } }, { $count: 'n' }], cursor: {} },
  ])
    expect(indexIn(await b.db.command({ explain: command, verbosity: 'queryPlanner' }))).toBe('person_1');
});

test('a prefix regular expression reads a stretch of the index', async () => {
  const c = b.db.collection('names');
  await c.createIndex({ name: 1 }, {}, {});
  await c.insertMany(Array.from({ length: 500 }, (_, n) => ({ name: `n${String(n).padStart(3, '0')}` })));
  const explained = await plan('names', { name: /^n01/ });
  expect(explained.executionStats).toMatchObject({ nReturned: 10, totalKeysExamined: 10 });
});

// https://www.mongodb.com/docs/manual/core/index-ttl/
test('removes what has expired and nothing else', async () => {
  const c = b.db.collection('sessions');
  await c.createIndex({ at: 1 }, { expireAfterSeconds: 3600 }, {});
  const old = new Date(Date.now() - 2 * 3600_000);
  await c.insertMany([
    { k: 'old', at: old },
    { k: 'new', at: new Date() },
    { k: 'none' },
    { k: 'text', at: 'yesterday' },
    { k: 'list', at: [new Date(), old] },
  ]);
  const deadline = Date.now() + 20_000;
  while ((await c.countDocuments({ k: { $in: ['old', 'list'] } })) > 0)
    expect(Date.now()).toBeLessThan(deadline);
  expect(await c.distinct('k')).toEqual(['new', 'none', 'text']);
});

// https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/ and its neighbours
test('groups, sums and counts', async () => {
  const c = b.db.collection('sales');
  await c.insertMany([
    { item: 'abc', price: 10, quantity: 2, tags: ['a', 'b'] },
    { item: 'jkl', price: 20, quantity: 1, tags: [] },
    { item: 'xyz', price: 5, quantity: 10, tags: ['a'] },
    { item: 'abc', price: 2.5, quantity: 5 },
  ]);
  const run = (...pipeline: Document[]) => c.aggregate(pipeline).toArray();
  expect(
    await run(
      {
        $group: {
          _id: '$item',
          n: { $sum: 1 },
          q: { $sum: '$quantity' },
          avg: { $avg: '$price' },
          min: { $min: '$price' },
          max: { $max: '$price' },
          first: { $first: '$price' },
          last: { $last: '$price' },
        },
      },
      { $sort: { _id: 1 } },
    ),
  ).toEqual([
    { _id: 'abc', n: 2, q: 7, avg: 6.25, min: 2.5, max: 10, first: 10, last: 2.5 },
    { _id: 'jkl', n: 1, q: 1, avg: 20, min: 20, max: 20, first: 20, last: 20 },
    { _id: 'xyz', n: 1, q: 10, avg: 5, min: 5, max: 5, first: 5, last: 5 },
  ]);
  expect(
    await run(
      { $match: { price: { $gte: 5 } } },
      { $group: { _id: { i: '$item', none: '$missing' }, all: { $push: '$price' }, c: { $count: {} } } },
      { $sort: { '_id.i': -1 } },
      { $skip: 1 },
      { $limit: 1 },
    ),
  ).toEqual([{ _id: { i: 'jkl' }, all: [20], c: 1 }]);
  expect(await run({ $group: { _id: null, s: { $addToSet: '$item' } } })).toEqual([
    { _id: null, s: ['abc', 'jkl', 'xyz'] },
  ]);
  expect(
    await run({ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { n: -1 } }),
  ).toEqual([
    { _id: 'a', n: 2 },
    { _id: 'b', n: 1 },
  ]);
  expect(
    await run({ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $count: 'n' }),
  ).toEqual([{ n: 5 }]);
  expect(
    await run(
      { $sort: { price: -1 } },
      { $limit: 1 },
      { $project: { _id: 0, name: '$item', 'in.price': '$price' } },
    ),
  ).toEqual([{ name: 'jkl', in: { price: 20 } }]);
  expect(await run({ $match: { item: 'none' } }, { $count: 'n' })).toEqual([]);
  expect(await c.countDocuments({ price: { $gt: 2 } }, { skip: 1, limit: 2 })).toBe(2);
  expect(await c.distinct('tags')).toEqual(['a', 'b']);
});

test('lists and drops', async () => {
  const other = b.client.db('other');
  await other.createCollection('one');
  await other.collection('two').insertOne({});
  await expect(other.createCollection('one')).rejects.toMatchObject({ code: 48 });
  expect((await other.listCollections().toArray()).map(({ name }) => name)).toEqual(['one', 'two']);
  expect(await other.listCollections({ name: 'two' }, { nameOnly: true }).toArray()).toHaveLength(1);
  expect((await b.client.db().admin().listDatabases()).databases.map(({ name }) => name)).toContain('other');
  await other.collection('two').insertMany([{}, {}, {}]);
  const cursor = other.collection('two').find({}, { batchSize: 1 });
  await cursor.next();
  await other.collection('two').drop();
  await expect(cursor.next().then(() => cursor.next())).rejects.toMatchObject({ code: 175 });
  expect(await other.collection('two').countDocuments()).toBe(0);
  await other.dropDatabase();
  expect(await other.listCollections().toArray()).toEqual([]);
  await expect(b.db.collection('nowhere').indexes()).rejects.toMatchObject({ code: 26 });
});
