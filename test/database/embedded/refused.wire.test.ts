import type { Document } from 'mongodb';
import { bench, type Bench } from './support';

/**
 * Everything of MongoDB's language that is not on the closed list (src/database/embedded/operators.ts) is refused by
 * name. The names come from https://www.mongodb.com/docs/manual/reference/operator/ (query, update, aggregation) and
 * https://www.mongodb.com/docs/manual/reference/command/.
 */
let b: Bench;
beforeAll(async () => {
  b = await bench();
  await b.db.collection('c').insertOne({ a: [1, 2], n: 1 });
});
afterAll(() => b.close());

const QUERY = [
  '$mod',
  '$type',
  '$bitsAllClear',
  '$bitsAllSet',
  '$bitsAnyClear',
  '$bitsAnySet',
  '$geoIntersects',
  '$geoWithin',
  '$near',
  '$nearSphere',
  '$minDistance',
  '$maxDistance',
  '$box',
  '$foo',
];
const TOP_LEVEL = ['$expr', '$where', '$text', '$jsonSchema', '$comment', '$sampleRate', '$foo'];
const UPDATE = ['$currentDate', '$mul', '$rename', '$pop', '$pullAll', '$bit', '$foo'];
const STAGES = [
  '$addFields',
  '$bucket',
  '$bucketAuto',
  '$changeStream',
  '$collStats',
  '$currentOp',
  '$densify',
  '$documents',
  '$facet',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listSessions',
  '$lookup',
  '$merge',
  '$out',
  '$planCacheStats',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$sample',
  '$search',
  '$set',
  '$setWindowFields',
  '$sortByCount',
  '$unionWith',
  '$unset',
  '$foo',
];
const ACCUMULATORS = [
  '$bottom',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$maxN',
  '$median',
  '$mergeObjects',
  '$percentile',
  '$stdDevPop',
  '$stdDevSamp',
  '$top',
  '$topN',
  '$accumulator',
  '$foo',
];
const EXPRESSIONS: unknown[] = [
  { $add: [1, 2] },
  { $dateTrunc: { date: '$d', unit: 'day' } },
  { $cond: [true, 1, 2] },
  { $literal: 1 },
  { $concat: ['$a', 'x'] },
  '$$ROOT',
  '$$NOW',
  ['$a'],
];
const COMMANDS = [
  'abortTransaction',
  'authenticate',
  'bulkWrite',
  'collMod',
  'collStats',
  'commitTransaction',
  'compact',
  'connectionStatus',
  'convertToCapped',
  'createUser',
  'currentOp',
  'dbStats',
  'getLog',
  'getParameter',
  'hostInfo',
  'killOp',
  'logout',
  'mapReduce',
  'profile',
  'renameCollection',
  'replSetGetStatus',
  'saslStart',
  'serverStatus',
  'setParameter',
  'shutdown',
  'top',
  'validate',
  'whatsmyuri',
];

const refused = (name: string) => ({
  code: 238,
  message: expect.stringContaining(`not implemented by the embedded server: `) as string,
  name: 'MongoServerError',
  errmsg: expect.stringContaining(name) as string,
});
const run = (command: Document) => b.db.command(command);

const cases: [string, string, Document][] = [
  ...QUERY.map((name): [string, string, Document] => [
    'query',
    name,
    { find: 'c', filter: { a: { [name]: 1 } } },
  ]),
  ...TOP_LEVEL.map((name): [string, string, Document] => [
    'query',
    name,
    { find: 'c', filter: { [name]: 1 } },
  ]),
  ...STAGES.map((name): [string, string, Document] => [
    'stage',
    name,
    { aggregate: 'c', pipeline: [{ [name]: {} }], cursor: {} },
  ]),
  ...ACCUMULATORS.map((name): [string, string, Document] => [
    'accumulator',
    name,
    { aggregate: 'c', pipeline: [{ $group: { _id: 1, x: { [name]: '$a' } } }], cursor: {} },
  ]),
  ...EXPRESSIONS.map((value): [string, string, Document] => [
    'expression',
    '',
    { aggregate: 'c', pipeline: [{ $group: { _id: value } }], cursor: {} },
  ]),
  ...EXPRESSIONS.map((value): [string, string, Document] => [
    'projection',
    '',
    { aggregate: 'c', pipeline: [{ $project: { x: value } }], cursor: {} },
  ]),
  ...COMMANDS.map((name): [string, string, Document] => ['command', name, { [name]: 1 }]),
  ['projection', '$slice', { find: 'c', filter: {}, projection: { a: { $slice: 1 } } }],
  ['projection', '$elemMatch', { find: 'c', filter: {}, projection: { a: { $elemMatch: { x: 1 } } } }],
  ['projection', 'a.$', { find: 'c', filter: { a: 1 }, projection: { 'a.$': 1 } }],
  ['sort', '$natural', { find: 'c', filter: {}, sort: { $natural: 1 } }],
  ['sort', 'expression', { find: 'c', filter: {}, sort: { a: { $meta: 'textScore' } } }],
  ['option', '$regex option x', { find: 'c', filter: { a: { $regex: 'a', $options: 'x' } } }],
  [
    'option',
    '$unwind',
    { aggregate: 'c', pipeline: [{ $unwind: { path: '$a', includeArrayIndex: 'i' } }], cursor: {} },
  ],
  ...['collation', 'let', 'tailable', 'awaitData', 'min', 'max', 'returnKey', 'showRecordId'].map(
    (name): [string, string, Document] => ['find field', name, { find: 'c', filter: {}, [name]: {} }],
  ),
  ...['collation', 'weights', 'wildcardProjection', 'hidden', 'storageEngine'].map(
    (name): [string, string, Document] => [
      'index option',
      name,
      { createIndexes: 'c', indexes: [{ key: { z: 1 }, name: 'z', [name]: {} }] },
    ],
  ),
  ...['text', 'hashed', '2dsphere', '2d'].map((name): [string, string, Document] => [
    'index',
    name,
    { createIndexes: 'c', indexes: [{ key: { z: name }, name: 'z' }] },
  ]),
  ['index', 'wildcard', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'z' }] }],
  ['create field', 'capped', { create: 'd', capped: true, size: 1000 }],
  ['create field', 'validator', { create: 'd', validator: {} }],
  ['create field', 'timeseries', { create: 'd', timeseries: { timeField: 't' } }],
  [
    'findAndModify field',
    'arrayFilters',
    { findAndModify: 'c', query: {}, update: { $set: { n: 9 } }, arrayFilters: [] },
  ],
  ['findAndModify', 'pipeline', { findAndModify: 'c', query: {}, update: [{ $set: { n: 9 } }] }],
];

test.each(cases)('refuses the %s %s', async (_kind, name, command) => {
  await expect(run(command)).rejects.toMatchObject(refused(name));
});

const writes: [string, Document, Document?][] = [
  ...UPDATE.map((name): [string, Document] => [name, { [name]: { n: 1 } }]),
  ['$[]', { $set: { 'a.$[]': 9 } }],
  ['$[x]', { $set: { 'a.$[x]': 9 } }],
  ['positional operator $', { $set: { 'a.$': 9 } }],
  ['$foo in $push', { $push: { a: { $each: [1], $foo: 1 } } }],
  ['$position in $addToSet', { $addToSet: { a: { $each: [1], $position: 0 } } }],
  ['arrayFilters', { $set: { n: 9 } }, { arrayFilters: [] }],
  ['collation', { $set: { n: 9 } }, { collation: { locale: 'hi' } }],
];

test.each(writes)('refuses the update %s and changes nothing', async (name, u, options = {}) => {
  const before = await b.db.collection('c').findOne();
  const answer = await run({ update: 'c', updates: [{ q: {}, u, ...options }] });
  expect(answer).toMatchObject({
    n: 0,
    nModified: 0,
    writeErrors: [{ index: 0, code: 238, errmsg: expect.stringContaining(name) as string }],
  });
  expect(await b.db.collection('c').findOne()).toEqual(before);
});

test('refuses transactions, as a standalone MongoDB does', async () => {
  await expect(
    run({ insert: 'c', documents: [{}], txnNumber: 1, startTransaction: true, autocommit: false }),
  ).rejects.toMatchObject({ code: 20 });
});
