import { Decimal128, Double, Long, Timestamp } from 'bson';
import type { Value } from './bson-codec';
import { Rank, rankOf, toDouble } from './compare';
import { CommandError, notImplemented } from './errors';

/** A sum as the widest of its parts' types: int32 grows to Long, anything with a double is a double. */
export const isNumber = (value: Value | undefined): value is Value =>
  rankOf(value) === Rank.Number && !(value instanceof Timestamp);

const isDouble = (value: Value): boolean =>
  value instanceof Double || (typeof value === 'number' && ((value | 0) !== value || Object.is(value, -0)));

/** The number as a stored double, kept apart from an int32 of the same value. */
export const asDouble = (value: number): Value =>
  (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;

const toBigInt = (value: Value): bigint =>
  value instanceof Long ? value.toBigInt() : BigInt(toDouble(value));

/**
 * Adds two numbers with MongoDB's widening (https://www.mongodb.com/docs/manual/reference/operator/aggregation/add/).
 * A sum of whole numbers beyond 64 bits is a double with `overflow: 'widen'` ($sum) and an error with 'fail' ($inc).
 * @throws code 238 for a Decimal128, which is compared here but not calculated with; code 2 for an overflow.
 */
export function add(a: Value, b: Value, overflow: 'widen' | 'fail'): Value {
  if (a instanceof Decimal128 || b instanceof Decimal128) throw notImplemented('arithmetic with Decimal128');
  if (isDouble(a) || isDouble(b)) return asDouble(toDouble(a) + toDouble(b));
  const sum = toBigInt(a) + toBigInt(b);
  if (BigInt.asIntN(64, sum) !== sum) {
    if (overflow === 'widen') return asDouble(Number(sum));
    throw new CommandError(
      2,
      'Failed to apply $inc operations to current value: the result does not fit 64 bits',
    );
  }
  return typeof a === 'number' && typeof b === 'number' && BigInt.asIntN(32, sum) === sum
    ? Number(sum)
    : Long.fromBigInt(sum);
}
