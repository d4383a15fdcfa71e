import { Binary, Decimal128, Long, ObjectId, Timestamp, type Collection, type Document } from 'mongodb';
import fc from 'fast-check';
import { bench, type Bench } from './support';

/** Every answer that an index gives is held against a full scan of the same documents. */

const LONG_TEXT = 'x'.repeat(1200);
const scalar = fc.constantFrom<unknown>(
  null,
  0,
  1,
  -1,
  2.5,
  -0,
  Infinity,
  -Infinity,
  NaN,
  2 ** 53,
  -(2 ** 53),
  1e300,
  Long.fromString('9007199254740993'),
  Long.fromString('9007199254740992'),
  Long.fromString('-9223372036854775808'),
  Long.fromNumber(1),
  Decimal128.fromString('1.0'),
  Decimal128.fromString('0.1'),
  Decimal128.fromString('9007199254740993'),
  Decimal128.fromString('1E+400'),
  Decimal128.fromString('NaN'),
  '',
  'a',
  'ab',
  'abc',
  'b',
  'a\u0000b',
  '\u0001',
  '\tb',
  '\uffff',
  '😀',
  'a😀',
  LONG_TEXT,
  LONG_TEXT + 'a',
  LONG_TEXT + 'b',
  true,
  false,
  new Date(0),
  new Date(-1),
  new Date(1.7e12),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ffffffffffffffffffffffff'),
  new Binary(Buffer.from([1, 2])),
  new Binary(Buffer.from([1, 3])),
  new Binary(Buffer.from([2])),
  new Timestamp({ t: 1, i: 2 }),
  {},
  { b: 1 },
  { b: 'a', c: 1 },
);
const optional = fc.option(scalar, { nil: undefined });
const inner = fc.record({ b: optional, c: optional, '0': fc.option(scalar, { nil: undefined, freq: 1 }) });
const nested = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 2, arbitrary: inner },
  { weight: 2, arbitrary: fc.array(fc.oneof(inner, scalar), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }) },
);
const document = fc.record({ a: fc.option(nested, { nil: undefined }), b: optional, c: optional });

const operand = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }));
const regex = fc.constantFrom(/^a/, /^ab?/, /b$/, /^a|b/, /^x+a/, /^A/i, /^\t/);
const comparison = fc.oneof(
  operand.map((value) => ({ $eq: value })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), operand).map(([op, value]) => ({ [op]: value })),
  fc.tuple(operand, operand).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(fc.oneof(operand, regex), { maxLength: 4 }).map((values) => ({ $in: values })),
  regex.map((value) => ({ $regex: value })),
);
const condition = fc.oneof(
  { weight: 8, arbitrary: comparison },
  { weight: 1, arbitrary: operand.map((value) => ({ $ne: value })) },
  { weight: 1, arbitrary: fc.boolean().map((value) => ({ $exists: value })) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }).map((values) => ({ $all: values })) },
  { weight: 1, arbitrary: fc.nat(3).map((size) => ({ $size: size })) },
  { weight: 1, arbitrary: comparison.map((test) => ({ $not: test })) },
  { weight: 2, arbitrary: comparison.map((test) => ({ $elemMatch: test })) },
  { weight: 2, arbitrary: fc.tuple(comparison, comparison).map(([b, c]) => ({ $elemMatch: { b, c } })) },
);
const path = fc.constantFrom('a', 'a', 'b', 'b', 'c', 'a.b', 'a.c', 'a.0', 'a.0.b');
const plainFilter = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(fc.tuple(path, condition), { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(fc.tuple(path, condition), { minLength: 2, maxLength: 3 }) },
  )
  .map((pairs) => Object.fromEntries<unknown>(pairs));
const filter = fc.oneof(
  { weight: 6, arbitrary: plainFilter },
  { weight: 1, arbitrary: fc.tuple(plainFilter, plainFilter).map((or) => ({ $or: or })) },
  {
    weight: 1,
    arbitrary: fc.tuple(plainFilter, plainFilter).map(([one, two]) => ({ ...one, $or: [two, { b: 1 }] })),
  },
  { weight: 1, arbitrary: fc.tuple(plainFilter, plainFilter).map((and) => ({ $and: and })) },
);
const sort = fc.constantFrom<Document>(
  { _id: 1 },
  { b: 1, _id: 1 },
  { b: -1, _id: -1 },
  { b: 1, c: -1, _id: 1 },
  { c: -1, _id: 1 },
  { a: 1, _id: 1 },
  { a: -1, _id: 1 },
  { 'a.b': -1, _id: -1 },
);

const INDEXES: [Record<string, 1 | -1>, Document?][] = [
  [{ a: 1 }],
  [{ a: -1 }],
  [{ 'a.b': 1 }],
  [{ 'a.0': 1 }],
  [{ 'a.b': 1, 'a.c': -1 }],
  [{ a: 1, b: -1 }],
  [{ b: 1, a: 1 }],
  [{ b: 1, _id: 1 }],
  [{ b: -1, c: 1, _id: -1 }],
  [{ b: 1, c: 1 }, { sparse: true }],
  [{ a: 1 }, { sparse: true }],
  [{ b: 1 }, { partialFilterExpression: { b: { $gt: 0 } } }],
  [{ c: 1 }, { partialFilterExpression: { b: { $exists: true }, c: { $gte: 'a' } } }],
];

const RUNS = { seed: 20260101, numRuns: 80 };
let b: Bench;
let plain: Collection;
let indexed: Collection[];

beforeAll(async () => {
  b = await bench();
  plain = b.db.collection('plain');
  indexed = INDEXES.map((_, at) => b.db.collection(`indexed${at}`));
  const made = fc.sample(document, { seed: RUNS.seed, numRuns: 150 });
  const documents: Document[] = made.map((fields, _id) => ({ _id, ...fields }));
  await plain.insertMany(documents, { ignoreUndefined: true });
  for (const [at, [key, extra]] of INDEXES.entries()) {
    // Half the documents come before the index, half after.
    await indexed[at]!.insertMany(documents.slice(0, 75), { ignoreUndefined: true });
    await indexed[at]!.createIndexes([{ key, ...extra }]);
    await indexed[at]!.insertMany(documents.slice(75), { ignoreUndefined: true });
  }
}, 120_000);
afterAll(() => b.close());

async function ids(
  from: Collection,
  query: Document,
  order: Document,
  skip = 0,
  limit = 0,
): Promise<number[]> {
  const found = await from.find(query, { sort: order, skip, limit, projection: { _id: 1 } }).toArray();
  return found.map(({ _id }) => Number(_id));
}

test('every index answers as a full scan does, in the same order', async () => {
  let asked = 0;
  let withIndex = 0;
  let nonEmpty = 0;
  const limits = fc.constantFrom(0, 0, 1, 5);
  await fc.assert(
    fc.asyncProperty(filter, sort, fc.nat(3), limits, async (query, order, skip, limit) => {
      const expected = await ids(plain, query, order, skip, limit);
      if (expected.length > 0) nonEmpty++;
      const answers = await Promise.all(indexed.map((one) => ids(one, query, order, skip, limit)));
      expect(answers).toEqual(indexed.map(() => expected));
      const chosen = indexed[asked++ % indexed.length]!;
      const plan = await chosen.find(query, { sort: order, limit }).explain('queryPlanner');
      if (JSON.stringify(plan).includes('IXSCAN')) withIndex++;
    }),
    RUNS,
  );
  // The comparison means something only where indexes were really used and something was found.
  expect(withIndex).toBeGreaterThan(asked * 0.15);
  expect(nonEmpty).toBeGreaterThan(RUNS.numRuns * 0.2);
}, 240_000);

test('indexes stay right while documents are changed and deleted', async () => {
  const changed = fc.record({ query: plainFilter, values: document, drop: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(changed, async ({ query, values, drop }) => {
      const [victim] = await plain.find(query).sort({ _id: 1 }).limit(1).toArray();
      if (victim === undefined) return;
      const id = { _id: victim._id };
      const drops = drop && Number(victim._id) % 3 === 0;
      const change = (one: Collection) =>
        drops ? one.deleteOne(id) : one.replaceOne(id, values, { ignoreUndefined: true });
      await Promise.all([plain, ...indexed].map(change));
    }),
    { ...RUNS, numRuns: 60 },
  );
  for (const query of fc.sample(plainFilter, { seed: RUNS.seed + 1, numRuns: 30 })) {
    const expected = await ids(plain, query, { _id: 1 });
    const answers = await Promise.all(indexed.map((one) => ids(one, query, { _id: 1 })));
    expect([query, answers]).toEqual([query, indexed.map(() => expected)]);
  }
}, 240_000);
