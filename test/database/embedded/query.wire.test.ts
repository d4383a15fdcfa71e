import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, type Document } from 'mongodb';
import { comparableBench, type Bench } from './support';

/** What a filter finds, as MongoDB's documentation says it. Each case: documents `{_id, …}`, filter, the _ids found. */
let b: Bench;
beforeAll(async () => {
  b = await comparableBench();
});
afterAll(() => b.close());

const found = async (documents: Document[], filter: Document): Promise<unknown[]> => {
  const collection = b.db.collection(new ObjectId().toHexString());
  await collection.insertMany(documents.map((fields, _id) => ({ _id, ...fields })) as Document[]);
  return (await collection.find(filter).toArray()).map(({ _id }) => _id as unknown);
};

const inventory = [
  { tags: ['blank', 'red'], dim: [14, 21] },
  { tags: ['red', 'blank'], dim: [14, 21] },
  { tags: ['red', 'blank', 'plain'], dim: [14, 21] },
  { tags: ['blank', 'red'], dim: [22.85, 30] },
  { tags: ['blue'], dim: [10, 15.25] },
];
const stock = [
  {
    instock: [
      { w: 'A', q: 5 },
      { w: 'C', q: 15 },
    ],
  },
  { instock: [{ w: 'C', q: 5 }] },
  {
    instock: [
      { w: 'A', q: 60 },
      { w: 'B', q: 15 },
    ],
  },
  {
    instock: [
      { w: 'B', q: 15 },
      { w: 'C', q: 35 },
    ],
  },
];
const nulls = [{ item: null }, {}, { item: 1 }];
const oid = new ObjectId();

const cases: [string, Document[], Document, number[]][] = [
  // https://www.mongodb.com/docs/manual/tutorial/query-arrays/
  ['an array matches as a whole, in order', inventory, { tags: ['red', 'blank'] }, [1]],
  [
    '$all disregards order and further elements',
    inventory,
    { tags: { $all: ['red', 'blank'] } },
    [0, 1, 2, 3],
  ],
  ['a value matches an array that contains it', inventory, { tags: 'red' }, [0, 1, 2, 3]],
  [
    'different elements may meet different conditions',
    inventory,
    { dim: { $gt: 15, $lt: 20 } },
    [0, 1, 2, 4],
  ],
  ['$elemMatch wants one element to meet all', inventory, { dim: { $elemMatch: { $gt: 22, $lt: 30 } } }, [3]],
  ['a position in the path', inventory, { 'dim.1': { $gt: 25 } }, [3]],
  ['$size', inventory, { tags: { $size: 3 } }, [2]],
  // https://www.mongodb.com/docs/manual/tutorial/query-array-of-documents/
  ['an element equal as a whole, fields in order', stock, { instock: { w: 'A', q: 5 } }, [0]],
  ['fields in another order do not match', stock, { instock: { q: 5, w: 'A' } }, []],
  ['a path through an array', stock, { 'instock.q': { $lte: 20 } }, [0, 1, 2, 3]],
  ['a path through a position', stock, { 'instock.0.q': { $lte: 20 } }, [0, 1, 3]],
  ['$elemMatch on documents', stock, { instock: { $elemMatch: { q: 5, w: 'A' } } }, [0]],
  ['$elemMatch with a range', stock, { instock: { $elemMatch: { q: { $gt: 10, $lte: 20 } } } }, [0, 2, 3]],
  ['a combination over several elements', stock, { 'instock.q': 5, 'instock.w': 'A' }, [0]],
  [
    '$all of $elemMatch',
    stock,
    { instock: { $all: [{ $elemMatch: { w: 'A' } }, { $elemMatch: { w: 'C' } }] } },
    [0],
  ],
  // https://www.mongodb.com/docs/manual/tutorial/query-for-null-fields/
  ['null matches null and missing', nulls, { item: null }, [0, 1]],
  ['$ne null matches neither', nulls, { item: { $ne: null } }, [2]],
  ['$exists false matches missing only', nulls, { item: { $exists: false } }, [1]],
  ['$exists true matches null', nulls, { item: { $exists: true } }, [0, 2]],
  ['$gte null matches null and missing', nulls, { item: { $gte: null } }, [0, 1]],
  ['$gt null matches nothing', nulls, { item: { $gt: null } }, []],
  ['$in with null', nulls, { item: { $in: [null, 1] } }, [0, 1, 2]],
  ['$nin with null', nulls, { item: { $nin: [null] } }, [2]],
  ['null on a path that ends in a scalar', [{ a: 5 }, { a: { b: 1 } }], { 'a.b': null }, [0]],
  [
    'null on a path through an array',
    [{ a: [{ b: 1 }, { c: 1 }] }, { a: [{ b: 1 }] }, { a: [] }],
    { 'a.b': null },
    [0],
  ],
  // https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/ and type bracketing
  [
    'numbers of every type are equal',
    [
      { n: 5 },
      { n: Long.fromNumber(5) },
      { n: new Double(5) },
      { n: Decimal128.fromString('5.00') },
      { n: '5' },
    ],
    { n: 5 },
    [0, 1, 2, 3],
  ],
  [
    'a Long beyond 2^53 is compared exactly',
    [{ n: Long.fromString('9007199254740993') }, { n: 2 ** 53 }],
    { n: { $gt: 2 ** 53 } },
    [0],
  ],
  [
    'a decimal between two doubles',
    [{ n: Decimal128.fromString('0.1') }, { n: 0.1 }],
    { n: { $lt: 0.1 } },
    [0],
  ],
  [
    'a range stays within its type',
    [{ n: 5 }, { n: 'a' }, { n: null }, { n: new Date(5) }, { n: true }],
    { n: { $gte: 0 } },
    [0],
  ],
  [
    'dates',
    [{ d: new Date(1000) }, { d: new Date(2000) }, { d: 1500 }],
    { d: { $gte: new Date(1500) } },
    [1],
  ],
  ['ObjectIds', [{ d: oid }, { d: oid.toHexString() }], { d: { $lte: oid } }, [0]],
  [
    'binary data by value',
    [{ d: new Binary(Buffer.from([1])) }, { d: new Binary(Buffer.from([2])) }],
    { d: new Binary(Buffer.from([2])) },
    [1],
  ],
  [
    'binary data of another subtype',
    [{ d: new Binary(Buffer.from([1]), 0) }, { d: new Binary(Buffer.from([1]), 128) }],
    { d: new Binary(Buffer.from([1]), 128) },
    [1],
  ],
  ['booleans', [{ d: true }, { d: false }, { d: 1 }], { d: true }, [0]],
  ['NaN equals NaN', [{ n: NaN }, { n: 1 }], { n: NaN }, [0]],
  ['NaN is in no range', [{ n: NaN }, { n: 1 }], { n: { $lt: 5 } }, [1]],
  [
    'MinKey and MaxKey compare with every type',
    [{ n: 1 }, { n: 'a' }],
    { n: { $gt: new MinKey(), $lt: new MaxKey() } },
    [0, 1],
  ],
  ['strings by their bytes', [{ s: '\uffff' }, { s: '😀' }], { s: { $gt: '\uffff' } }, [1]],
  // https://www.mongodb.com/docs/manual/reference/operator/query/regex/ and …/in/ and …/not/
  ['a regular expression', [{ s: 'abc' }, { s: 'xabc' }, { s: 5 }], { s: /^ab/ }, [0]],
  ['$regex with $options', [{ s: 'ABC' }, { s: 'x' }], { s: { $regex: 'abc', $options: 'i' } }, [0]],
  [
    'a regular expression in $in',
    [{ s: 'abc' }, { s: 'x' }, { s: 'y' }],
    { s: { $in: [/^a/, 'x'] } },
    [0, 1],
  ],
  ['$not also matches missing', [{ n: 5 }, { n: 1 }, {}], { n: { $not: { $gt: 3 } } }, [1, 2]],
  ['$not with a regular expression', [{ s: 'ab' }, { s: 'b' }, {}], { s: { $not: /^a/ } }, [1, 2]],
  ['$ne on an array means: no element', inventory, { tags: { $ne: 'red' } }, [4]],
  ['$nor', [{ a: 1 }, { b: 1 }, {}], { $nor: [{ a: 1 }, { b: 1 }] }, [2]],
  [
    '$or beside another condition',
    [{ a: 1, c: 1 }, { b: 1, c: 2 }, { c: 1 }],
    { c: 1, $or: [{ a: 1 }, { b: 1 }] },
    [0],
  ],
  ['$all of nothing matches nothing', inventory, { tags: { $all: [] } }, []],
  ['$in of nothing matches nothing', inventory, { tags: { $in: [] } }, []],
];

test.each(cases)('%s', async (_name, documents, filter, expected) => {
  expect(await found(documents, filter)).toEqual(expected);
});

test.each<[string, Document]>([
  ['$in needs an array', { a: { $in: 1 } }],
  ['$and argument must be a non-empty array', { $and: [] }],
  ['$elemMatch needs an Object', { a: { $elemMatch: 1 } }],
  ['$size may not be negative', { a: { $size: -1 } }],
  ['unknown operator: b', { a: { $gt: 1, b: 2 } }],
  [`Can't have RegEx as arg to predicate`, { a: { $gt: /x/ } }],
])('a malformed filter is an error: %s', async (message, filter) => {
  await expect(b.db.collection('any').findOne(filter)).rejects.toMatchObject({
    code: 2,
    message: expect.stringContaining(message) as string,
  });
});

// https://www.mongodb.com/docs/manual/reference/method/cursor.sort/ and bson-type-comparison-order
test('sorts over all types, arrays by their smallest or largest element', async () => {
  const collection = b.db.collection('sorted');
  const values = [
    new MaxKey(),
    /x/,
    new Date(0),
    true,
    false,
    oid,
    new Binary(Buffer.from([1])),
    [5],
    { a: 1 },
    'b',
    'a',
    7,
    Long.fromNumber(6),
    -Infinity,
    NaN,
    null,
    [],
    new MinKey(),
  ];
  await collection.insertMany(values.map((v, at) => ({ _id: at, v })) as unknown as Document[]);
  const order = async (direction: 1 | -1) =>
    (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => _id as unknown);
  // [5] sorts by its element, between -Infinity and 6; an empty array before null.
  expect(await order(1)).toEqual([17, 16, 15, 14, 13, 7, 12, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1, 0]);
  expect(await order(-1)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 7, 13, 14, 15, 16, 17]);
  const arrays = b.db.collection('arrays');
  await arrays.insertMany([
    { _id: 'wide', v: [1, 9] },
    { _id: 'mid', v: [4, 5] },
  ] as unknown as Document[]);
  expect((await arrays.find().sort({ v: 1 }).toArray())[0]?._id).toBe('wide');
  expect((await arrays.find().sort({ v: -1 }).toArray())[0]?._id).toBe('wide');
});

// https://www.mongodb.com/docs/manual/tutorial/project-fields-from-query-results/
test.each<[Document, Document]>([
  [{ a: 1 }, { _id: 0, a: { b: 1, c: 2 } }],
  [{ a: 1, _id: 0 }, { a: { b: 1, c: 2 } }],
  [{ 'a.b': 1, _id: 0 }, { a: { b: 1 } }],
  [{ a: { c: 1 }, _id: 0 }, { a: { c: 2 } }],
  [{ 'a.b': 0 }, { _id: 0, a: { c: 2 }, list: [{ x: 1, y: 2 }, 5], s: 't' }],
  [{ 'list.x': 1, _id: 0 }, { list: [{ x: 1 }] }],
  [
    { 'list.x': 0, a: 0, s: 0 },
    { _id: 0, list: [{ y: 2 }, 5] },
  ],
  [{ _id: 0, missing: 1 }, {}],
  [{ _id: 1 }, { _id: 0 }],
])('projects %j', async (projection, expected) => {
  const collection = b.db.collection('projected');
  await collection.replaceOne(
    { _id: 0 as never },
    { a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, 5], s: 't' },
    { upsert: true },
  );
  expect(await collection.findOne({}, { projection })).toEqual(expected);
});

test('a mixed projection is an error', async () => {
  await expect(
    b.db.collection('projected').findOne({}, { projection: { a: 1, s: 0 } }),
  ).rejects.toMatchObject({ code: 31254 });
});

test('a large result comes in batches and whole', async () => {
  const collection = b.db.collection('large');
  await collection.insertMany(Array.from({ length: 2500 }, (_, n) => ({ n })));
  expect(
    (await collection.find({}, { batchSize: 7 }).limit(1000).toArray()).map(({ n }) => n as number),
  ).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  expect(await collection.find({ n: { $gte: 100 } }).toArray()).toHaveLength(2400);
  const sorted = await collection.find().sort({ n: -1 }).skip(10).limit(1200).toArray();
  expect([sorted.length, sorted[0]?.n, sorted.at(-1)?.n]).toEqual([1200, 2489, 1290]);
  const cursor = collection.find({}, { batchSize: 10 });
  await cursor.next();
  await cursor.close();
  await expect(b.db.command({ getMore: Long.fromNumber(99999), collection: 'large' })).rejects.toMatchObject({
    code: 43,
  });
});
