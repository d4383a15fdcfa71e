import { isDoc, type Value } from './bson-codec';
import { compare, Rank, rankOf, same, toDouble } from './compare';
import type { Filter, Test } from './filter';
import { walk } from './paths';

/**
 * Whether the document satisfies the filter, with MongoDB's array semantics (one element that fits is enough, and
 * different conditions may be met by different elements).
 * @see https://www.mongodb.com/docs/manual/tutorial/query-arrays/
 */
export function matches(filter: Filter, document: Value): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matches(part, document));
    case 'or':
      return filter.parts.some((part) => matches(part, document));
    case 'nor':
      return !filter.parts.some((part) => matches(part, document));
    case 'field':
      return pathMatches(filter.test, document, filter.path);
  }
}

function pathMatches(test: Test, document: Value, path: readonly string[]): boolean {
  switch (test.kind) {
    case 'not':
      return !test.tests.every((inner) => pathMatches(inner, document, path));
    case 'all':
      return test.tests.length > 0 && test.tests.every((inner) => pathMatches(inner, document, path));
    case 'size':
    case 'elemMatch':
    case 'elemMatchValue':
      return walk(document, path, (value) => valueMatches(test, value), false);
    default:
      return walk(document, path, (value) => valueMatches(test, value));
  }
}

/** Whether one value satisfies the test, without opening it if it is an array. */
export function valueMatches(test: Test, value: Value | undefined): boolean {
  switch (test.kind) {
    case 'eq':
      return value === undefined ? test.value === null : same(value, test.value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return ordered(test.kind, value, test.value);
    case 'in':
      return test.tests.some((inner) => valueMatches(inner, value));
    case 'exists':
      return value !== undefined;
    case 'regex':
      return typeof value === 'string' ? test.pattern.test(value) : same(value, test.source);
    case 'size':
      return Array.isArray(value) && value.length === test.size;
    case 'elemMatch':
      return Array.isArray(value) && value.some((item) => matchesElement(test.filter, item));
    case 'elemMatchValue':
      return (
        Array.isArray(value) && value.some((item) => test.tests.every((inner) => valueMatches(inner, item)))
      );
    case 'all':
      return test.tests.length > 0 && test.tests.every((inner) => valueMatches(inner, value));
    case 'not':
      return !test.tests.every((inner) => valueMatches(inner, value));
  }
}

/** An element that is itself an array is seen as a document whose fields are the positions. */
function matchesElement(filter: Filter, item: Value): boolean {
  if (Array.isArray(item)) return matches(filter, Object.fromEntries<Value>(item.entries()));
  return isDoc(item) && matches(filter, item);
}

/**
 * Comparison within one type only; MinKey and MaxKey compare with everything; NaN is only ever equal to itself.
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#type-bracketing
 */
function ordered(kind: 'gt' | 'gte' | 'lt' | 'lte', value: Value | undefined, bound: Value): boolean {
  const rank = rankOf(bound);
  if (rank !== rankOf(value) && rank !== Rank.MinKey && rank !== Rank.MaxKey) return false;
  if (value === undefined && rank !== Rank.Null) return false;
  const order = compare(value, bound);
  if (order === 0) return kind === 'gte' || kind === 'lte';
  if (rank === Rank.Number && (Number.isNaN(toDouble(bound)) || Number.isNaN(toDouble(value as Value))))
    return false;
  return order > 0 === (kind === 'gt' || kind === 'gte');
}
