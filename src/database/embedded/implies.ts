import { conjuncts, type Filter, type Test } from './filter';
import { compare, rankOf } from './compare';
import type { Value } from './bson-codec';
import { valueMatches } from './match';

/**
 * Whether every document that satisfies `query` also satisfies `condition` (a partial index's expression). Errs
 * towards no: then the index is just not used.
 * @see https://www.mongodb.com/docs/manual/core/index-partial/#query-coverage
 */
export function implies(query: Filter, condition: Filter): boolean {
  const known = conjuncts(query);
  return conjuncts(condition).every((wanted) => known.some((part) => partImplies(part, wanted)));
}

function partImplies(part: Filter, wanted: Filter): boolean {
  if (wanted.kind !== 'field')
    return wanted.kind === 'or' && wanted.parts.some((branch) => implies(part, branch));
  if (part.kind !== 'field' || part.path.join('.') !== wanted.path.join('.')) return false;
  return testImplies(part.test, wanted.test);
}

function testImplies(test: Test, wanted: Test): boolean {
  switch (test.kind) {
    case 'eq':
      return wanted.kind !== 'not' && !hasNull(test.value) && valueMatches(wanted, test.value);
    case 'in':
      return test.tests.length > 0 && test.tests.every((inner) => testImplies(inner, wanted));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return rangeImplies(test.kind, test.value, wanted);
    case 'exists':
      return wanted.kind === 'exists';
    case 'regex':
      return (
        wanted.kind === 'exists' ||
        (wanted.kind === 'regex' &&
          wanted.source.pattern === test.source.pattern &&
          wanted.source.options === test.source.options)
      );
    case 'not':
      // {$exists: false} asked and wanted, or the same negated equality.
      return wanted.kind === 'not' && sameNegation(test.tests, wanted.tests);
    default:
      return (
        wanted.kind === 'exists' &&
        (test.kind === 'size' || test.kind === 'elemMatch' || test.kind === 'elemMatchValue')
      );
  }
}

const hasNull = (value: Value): boolean => value === null;

function rangeImplies(kind: 'gt' | 'gte' | 'lt' | 'lte', value: Value, wanted: Test): boolean {
  if (value === null) return false;
  if (wanted.kind === 'exists') return true;
  if (!('value' in wanted) || wanted.kind === 'eq' || rankOf(value) !== rankOf(wanted.value)) return false;
  const up = kind === 'gt' || kind === 'gte';
  if (up !== (wanted.kind === 'gt' || wanted.kind === 'gte')) return false;
  const order = compare(value, wanted.value);
  if (order === 0) return kind === wanted.kind || wanted.kind === 'gte' || wanted.kind === 'lte';
  return up ? order > 0 : order < 0;
}

function sameNegation(a: Test[], b: Test[]): boolean {
  const [left, right] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || left === undefined || right === undefined) return false;
  if (left.kind === 'exists') return right.kind === 'exists';
  return left.kind === 'eq' && right.kind === 'eq' && compare(left.value, right.value) === 0;
}
