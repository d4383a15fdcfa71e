import { Decimal128, Double, Int32, Long, type Document } from 'mongodb';
import { comparableBench, type Bench } from './support';

/** What an update leaves, as MongoDB's documentation says it. Each case: before, update, after (without _id). */
let b: Bench;
beforeAll(async () => {
  b = await comparableBench();
});
afterAll(() => b.close());

const one = { _id: 1 as never };
async function updated(before: Document, update: Document): Promise<Document> {
  const collection = b.db.collection('u');
  await collection.deleteMany({});
  await collection.insertOne({ ...before, ...one });
  await collection.updateOne(one, update);
  const after = await collection.findOne(one, { promoteValues: false });
  const { _id, ...rest } = (await collection.findOne(one)) ?? {};
  expect(Number(_id)).toBe(1);
  expect(after).not.toBeNull();
  return rest;
}

const quizzes = [
  { wk: 1, score: 10 },
  { wk: 2, score: 8 },
  { wk: 3, score: 5 },
  { wk: 4, score: 6 },
];

test.each<[string, Document, Document, Document]>([
  // https://www.mongodb.com/docs/manual/reference/operator/update/set/
  ['$set makes embedded documents', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set of an array element', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set beyond the end pads with null', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['new fields come in the order of their names', {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  [
    '$set below an array element',
    { a: [{ b: 1 }] },
    { $set: { 'a.0.b': 2, 'a.0.c': 3 } },
    { a: [{ b: 2, c: 3 }] },
  ],
  // …/unset/
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', x: '' } }, { b: { d: 2 } }],
  ['$unset of an element leaves null', { a: [1, 2, 3] }, { $unset: { 'a.1': '' } }, { a: [1, null, 3] }],
  // …/inc/
  ['$inc makes the field', {}, { $inc: { 'a.b': 2 } }, { a: { b: 2 } }],
  ['$inc adds', { n: 40 }, { $inc: { n: -2.5 } }, { n: 37.5 }],
  [
    '$inc on a Long',
    { n: Long.fromString('9007199254740993') },
    { $inc: { n: 1 } },
    { n: Long.fromString('9007199254740994') },
  ],
  // …/min/ and …/max/ compare by BSON order
  ['$min', { n: 5, m: 5 }, { $min: { n: 3, m: 7, x: 1 } }, { n: 3, m: 5, x: 1 }],
  ['$max', { n: 5, m: 5 }, { $max: { n: 3, m: 7, x: 1 } }, { n: 5, m: 7, x: 1 }],
  ['$max across types', { n: 5 }, { $max: { n: 'a' } }, { n: 'a' }],
  // …/push/
  ['$push makes the array', {}, { $push: { a: 1 } }, { a: [1] }],
  ['$push of an array is one element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  ['$push $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  [
    '$push $each $sort $slice',
    { q: quizzes },
    {
      $push: {
        q: {
          $each: [
            { wk: 5, score: 8 },
            { wk: 6, score: 7 },
            { wk: 7, score: 6 },
          ],
          $sort: { score: -1 },
          $slice: 3,
        },
      },
    },
    {
      q: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 5, score: 8 },
      ],
    },
  ],
  [
    '$push $sort by two fields',
    { q: [{ a: 2, b: 1 }] },
    {
      $push: {
        q: {
          $each: [
            { a: 1, b: 2 },
            { a: 1, b: 1 },
          ],
          $sort: { a: 1, b: -1 },
        },
      },
    },
    {
      q: [
        { a: 1, b: 2 },
        { a: 1, b: 1 },
        { a: 2, b: 1 },
      ],
    },
  ],
  [
    '$push $sort of numbers',
    { a: [89, 70] },
    { $push: { a: { $each: [40, 60], $sort: 1 } } },
    { a: [40, 60, 70, 89] },
  ],
  [
    '$push $slice from the end',
    { a: [1, 2] },
    { $push: { a: { $each: [3, 4], $slice: -3 } } },
    { a: [2, 3, 4] },
  ],
  ['$push $slice 0', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
  [
    '$push $position',
    { a: [100] },
    { $push: { a: { $each: [50, 60], $position: 0 } } },
    { a: [50, 60, 100] },
  ],
  [
    '$push $position from the end',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 2, 9, 3] },
  ],
  // …/addToSet/
  ['$addToSet of a known value', { a: ['x'] }, { $addToSet: { a: 'x' } }, { a: ['x'] }],
  ['$addToSet $each', { a: ['x'] }, { $addToSet: { a: { $each: ['x', 'y', 'y'] } } }, { a: ['x', 'y'] }],
  [
    '$addToSet compares documents with their order',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  // …/pull/
  ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull by a condition', { a: [3, 5, 6, 7] }, { $pull: { a: { $gte: 6 } } }, { a: [3, 5] }],
  [
    '$pull of documents',
    {
      r: [
        { i: 'A', s: 5 },
        { i: 'B', s: 8, c: 'x' },
      ],
    },
    { $pull: { r: { s: 8, i: 'B' } } },
    { r: [{ i: 'A', s: 5 }] },
  ],
  ['$pull $in', { a: ['x', 'y', 'z'] }, { $pull: { a: { $in: ['x', 'z'] } } }, { a: ['y'] }],
  ['$pull from a missing field', {}, { $pull: { a: 1 } }, {}],
  ['$setOnInsert does nothing on a match', { n: 1 }, { $setOnInsert: { a: 1 }, $set: { n: 2 } }, { n: 2 }],
])('%s', async (_name, before, update, after) => {
  const result = await updated(before, update);
  expect(result).toEqual(after);
  expect(Object.keys(result)).toEqual(Object.keys(after));
});

// Messages and numbers as in https://www.mongodb.com/docs/manual/reference/operator/update/ and MongoDB 7's own.
test.each<[string, Document, Document, number, string]>([
  [
    '$inc on null',
    { n: null },
    { $inc: { n: 1 } },
    14,
    `Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'n' of non-numeric type null`,
  ],
  ['$inc on a string', { n: 'x' }, { $inc: { n: 1 } }, 14, `has the field 'n' of non-numeric type string`],
  [
    '$inc by a string',
    { n: 1 },
    { $inc: { n: 'x' } },
    14,
    'Cannot increment with non-numeric argument: {n: "x"}',
  ],
  [
    '$inc beyond 64 bits',
    { n: Long.MAX_VALUE },
    { $inc: { n: 1 } },
    2,
    'Failed to apply $inc operations to current value',
  ],
  [
    '$push on a number',
    { a: 1 },
    { $push: { a: 2 } },
    2,
    `The field 'a' must be an array but is of type int in document {_id: 1}`,
  ],
  [
    '$push on null',
    { a: null },
    { $push: { a: 2 } },
    2,
    `The field 'a' must be an array but is of type null in document {_id: 1}`,
  ],
  [
    '$addToSet on a string',
    { a: 'x' },
    { $addToSet: { a: 2 } },
    2,
    `Cannot apply $addToSet to non-array field. Field named 'a' has non-array type string`,
  ],
  ['$pull on a number', { a: 1 }, { $pull: { a: 2 } }, 2, 'Cannot apply $pull to a non-array value'],
  [
    'the same path twice',
    {},
    { $set: { a: 1 }, $inc: { a: 1 } },
    40,
    `Updating the path 'a' would create a conflict at 'a'`,
  ],
  [
    'a path and one above it',
    {},
    { $set: { 'a.b': 1, a: 1 } },
    40,
    `Updating the path 'a' would create a conflict at 'a'`,
  ],
  [
    'a path and one below it',
    {},
    { $set: { a: 1 }, $inc: { 'a.b': 1 } },
    40,
    `Updating the path 'a.b' would create a conflict at 'a'`,
  ],
  [
    'a field inside a number',
    { a: 5 },
    { $set: { 'a.b': 1 } },
    28,
    `Cannot create field 'b' in element {a: 5}`,
  ],
  [
    'a field inside null',
    { a: null },
    { $set: { 'a.b': 1 } },
    28,
    `Cannot create field 'b' in element {a: null}`,
  ],
  [
    'a name inside an array',
    { a: [1] },
    { $set: { 'a.b': 1 } },
    28,
    `Cannot create field 'b' in element {a: [ 1 ]}`,
  ],
  [
    'another _id',
    {},
    { $set: { _id: 2 } },
    66,
    `Performing an update on the path '_id' would modify the immutable field '_id'`,
  ],
  ['no _id', {}, { $unset: { _id: '' } }, 66, `would modify the immutable field '_id'`],
  [
    'an empty part',
    {},
    { $set: { 'a.': 1 } },
    56,
    `The update path 'a.' contains an empty field name, which is not allowed.`,
  ],
  [
    '$each without an array',
    {},
    { $push: { a: { $each: 1 } } },
    2,
    'The argument to $each in $push must be an array',
  ],
  ['operators on no document', {}, { $set: 5 }, 9, 'Modifiers operate on fields but we found'],
])('an error, and nothing changed: %s', async (_name, before, update, code, message) => {
  const collection = b.db.collection('e');
  await collection.deleteMany({});
  await collection.insertOne({ keep: 'me', ...before, ...one });
  const was = await collection.findOne(one);
  const answer = await b.db.command({ update: 'e', updates: [{ q: { keep: 'me' }, u: update }] });
  expect(answer).toMatchObject({ n: 0, nModified: 0, writeErrors: [{ index: 0, code }] });
  expect((answer.writeErrors as { errmsg: string }[])[0]?.errmsg).toContain(message);
  expect(await collection.findOne(one)).toEqual(was);
});

test('keeps the types of numbers', async () => {
  const collection = b.db.collection('types');
  await collection.insertOne({
    ...one,
    i: new Int32(1),
    d: new Double(1),
    l: Long.fromNumber(1),
    big: new Int32(2147483647),
    dec: Decimal128.fromString('1.10'),
  });
  await collection.updateOne(one, { $inc: { i: 1, d: 1, l: 1, big: 1 } });
  const after = await collection.findOne(one, { promoteValues: false });
  expect(after).toMatchObject({
    i: new Int32(2),
    d: new Double(2),
    l: Long.fromNumber(2),
    big: Long.fromNumber(2147483648),
  });
  expect(String(after?.dec)).toBe('1.10');
});
