import { Binary, BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { Doc, Value } from './bson-codec';

/**
 * Order of BSON types (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/). `Empty` is the
 * sort value of an empty array, which comes before null.
 */
export enum Rank {
  MinKey = 0x05,
  Empty = 0x08,
  Null = 0x0a,
  Number = 0x14,
  String = 0x1e,
  Object = 0x28,
  Array = 0x32,
  Binary = 0x3c,
  ObjectId = 0x46,
  Boolean = 0x50,
  Date = 0x5a,
  Timestamp = 0x64,
  RegExp = 0x6e,
  MaxKey = 0xf0,
}

/** The value's place in the order of types. Missing (undefined) ranks as null. */
export function rankOf(value: Value | undefined): Rank {
  switch (typeof value) {
    case 'number':
      return Rank.Number;
    case 'string':
      return Rank.String;
    case 'boolean':
      return Rank.Boolean;
    case 'undefined':
      return Rank.Null;
    default:
  }
  if (value === null) return Rank.Null;
  if (value instanceof ObjectId) return Rank.ObjectId;
  if (value instanceof Date) return Rank.Date;
  if (Array.isArray(value)) return Rank.Array;
  if (value instanceof Timestamp) return Rank.Timestamp;
  if (value instanceof Long || value instanceof Double || value instanceof Decimal128) return Rank.Number;
  if (value instanceof Binary) return Rank.Binary;
  if (value instanceof BSONRegExp) return Rank.RegExp;
  if (value instanceof MinKey) return Rank.MinKey;
  if (value instanceof MaxKey) return Rank.MaxKey;
  return Rank.Object;
}

/** BSON's name of the value's type, as error messages and `$type` spell it. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return (value | 0) === value && !Object.is(value, -0) ? 'int' : 'double';
  if (value instanceof Double) return 'double';
  if (value instanceof Long && !(value instanceof Timestamp)) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  const names: Partial<Record<Rank, string>> = {
    [Rank.Binary]: 'binData',
    [Rank.Boolean]: 'bool',
    [Rank.ObjectId]: 'objectId',
    [Rank.RegExp]: 'regex',
    [Rank.MinKey]: 'minKey',
    [Rank.MaxKey]: 'maxKey',
  };
  const rank = rankOf(value);
  return names[rank] ?? Rank[rank].toLowerCase();
}

/** The number as a double: exact for int32 and double, rounded to the nearest for Long and Decimal128. */
export function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  return value instanceof Decimal128 ? Number(value.toString()) : NaN;
}

/** coefficient × 10^exponent of a finite decimal text such as "-12.50E+3". */
function decimalParts(text: string): { coefficient: bigint; exponent: number } {
  const [mantissa = '0', power = '0'] = text.split('E');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** The finite number as an exact fraction numerator / denominator. */
function fraction(value: Value): [bigint, bigint] {
  if (value instanceof Long) return [value.toBigInt(), 1n];
  if (value instanceof Decimal128) {
    const { coefficient, exponent } = decimalParts(value.toString());
    return exponent >= 0
      ? [coefficient * 10n ** BigInt(exponent), 1n]
      : [coefficient, 10n ** BigInt(-exponent)];
  }
  let number = toDouble(value);
  let denominator = 1n;
  while (!Number.isInteger(number)) {
    number *= 2;
    denominator *= 2n;
  }
  return [BigInt(number), denominator];
}

/** Numeric order across int32, Long, double and Decimal128, exact; NaN is below every number and equal to itself. */
export function compareNumbers(a: Value, b: Value): number {
  const x = toDouble(a);
  const y = toDouble(b);
  if (x < y) return -1;
  if (x > y) return 1;
  if (x !== y) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1;
  if (!Number.isFinite(x)) return compareInfinite(a, b, x);
  if (!(a instanceof Long || b instanceof Long || a instanceof Decimal128 || b instanceof Decimal128))
    return 0;
  const [n, d] = fraction(a);
  const [m, e] = fraction(b);
  const left = n * e;
  const right = m * d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A Decimal128 beyond the largest double rounds to Infinity and is still below the real one. */
function compareInfinite(a: Value, b: Value, sign: number): number {
  const real = (value: Value): boolean =>
    !(value instanceof Decimal128) || value.toString().includes('Infinity');
  if (real(a) && real(b)) return 0;
  if (real(a)) return sign > 0 ? 1 : -1;
  if (real(b)) return sign > 0 ? -1 : 1;
  const [n, d] = fraction(a);
  const [m, e] = fraction(b);
  return n * e < m * d ? -1 : n * e > m * d ? 1 : 0;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Strings compare by their UTF-8 bytes, which differs from JavaScript's order beyond the basic plane. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function compareDocs(a: Doc, b: Doc): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (const [at, m] of left.entries()) {
    const n = right[at];
    if (n === undefined) break;
    const order = rankOf(a[m]) - rankOf(b[n]) || compareStrings(m, n) || compare(a[m], b[n]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: Value[], b: Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Binary data: length, then subtype, then bytes. */
function compareBinary(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

/**
 * BSON order of two values: negative, zero or positive. Missing counts as null.
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compare(a: Value | undefined, b: Value | undefined): number {
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  switch (rank) {
    case Rank.Number:
      return compareNumbers(a as Value, b as Value);
    case Rank.String:
      return compareStrings(a as string, b as string);
    case Rank.Object:
      return compareDocs(a as Doc, b as Doc);
    case Rank.Array:
      return compareArrays(a as Value[], b as Value[]);
    case Rank.Binary:
      return compareBinary(a as Binary, b as Binary);
    case Rank.ObjectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case Rank.Boolean:
      return Number(a) - Number(b);
    case Rank.Date:
      return (a as Date).getTime() - (b as Date).getTime();
    case Rank.Timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case Rank.RegExp: {
      const [m, n] = [a as BSONRegExp, b as BSONRegExp];
      return compareStrings(m.pattern, n.pattern) || compareStrings(m.options, n.options);
    }
    default:
      return 0;
  }
}

/** Whether two values are the same in BSON's sense: 1, 1.0 and Long 1 are; null and missing are not. */
export const same = (a: Value | undefined, b: Value | undefined): boolean =>
  (a === undefined) === (b === undefined) && compare(a, b) === 0;
