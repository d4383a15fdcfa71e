import { BSONRegExp } from 'bson';
import { isDoc, type Doc, type Value } from './bson-codec';
import { CommandError, notImplemented } from './errors';
import { isOneOf, LOGICAL_OPERATORS, QUERY_OPERATORS, type QueryOperator } from './operators';

/** What is asked of one field. `not` holds the negated tests joined by "and"; so `$ne` is not eq, `$nin` not in. */
export type Test =
  | { kind: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; value: Value }
  | { kind: 'in'; tests: Test[] }
  | { kind: 'exists' }
  | { kind: 'regex'; pattern: RegExp; source: BSONRegExp }
  | { kind: 'size'; size: number }
  | { kind: 'all'; tests: Test[] }
  | { kind: 'elemMatch'; filter: Filter }
  | { kind: 'elemMatchValue'; tests: Test[] }
  | { kind: 'not'; tests: Test[] };

/** A parsed filter. An `and` without parts matches everything. */
export type Filter =
  { kind: 'and' | 'or' | 'nor'; parts: Filter[] } | { kind: 'field'; path: readonly string[]; test: Test };

const bad = (message: string): CommandError => new CommandError(2, message);
const eq = (value: Value): Test => ({ kind: 'eq', value });
const not = (...tests: Test[]): Test => ({ kind: 'not', tests });

/**
 * Parses a query document.
 * @throws code 2 for a malformed one, 238 for an operator outside the closed list.
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/
 */
export function parseFilter(query: Doc): Filter {
  const parts: Filter[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (name.startsWith('$')) parts.push(parseLogical(name, value));
    else for (const test of parseField(value)) parts.push({ kind: 'field', path: name.split('.'), test });
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
}

function parseLogical(name: string, value: Value): Filter {
  if (!isOneOf(LOGICAL_OPERATORS, name)) throw notImplemented(name);
  if (!Array.isArray(value) || value.length === 0) throw bad(`${name} argument must be a non-empty array`);
  const parts = value.map((entry) => {
    if (!isDoc(entry)) throw bad(`${name} argument's entries must be objects`);
    return parseFilter(entry);
  });
  return { kind: name.slice(1) as 'and' | 'or' | 'nor', parts };
}

/** The tests in a field's condition: `{a: 1}`, `{a: /x/}` or `{a: {$gt: 1, $lt: 5}}`. */
function parseField(value: Value): Test[] {
  if (value instanceof BSONRegExp) return [regex(value)];
  if (!isOperators(value)) return [eq(value)];
  return parseOperators(value);
}

function isOperators(value: Value): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

function parseOperators(condition: Doc): Test[] {
  const tests: Test[] = [];
  for (const [name, operand] of Object.entries(condition)) {
    if (!isOneOf(QUERY_OPERATORS, name)) {
      if (!name.startsWith('$')) throw bad(`unknown operator: ${name}`);
      throw notImplemented(name);
    }
    const test = PARSERS[name](operand, condition);
    if (test !== undefined) tests.push(test);
  }
  return tests;
}

const comparison =
  (kind: 'gt' | 'gte' | 'lt' | 'lte') =>
  (value: Value): Test => {
    if (value instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field`);
    return { kind, value };
  };

const PARSERS: Record<QueryOperator, (operand: Value, condition: Doc) => Test | undefined> = {
  $eq: eq,
  $ne: (value) => {
    if (value instanceof BSONRegExp) throw bad(`Can't have regex as arg to $ne.`);
    return not(eq(value));
  },
  $gt: comparison('gt'),
  $gte: comparison('gte'),
  $lt: comparison('lt'),
  $lte: comparison('lte'),
  $in: (values) => oneOf('$in', values),
  $nin: (values) => not(oneOf('$nin', values)),
  $exists: (wanted) => (isTruthy(wanted) ? { kind: 'exists' } : not({ kind: 'exists' })),
  $not: (operand) => {
    if (operand instanceof BSONRegExp) return not(regex(operand));
    if (!isOperators(operand)) throw bad('$not needs a regex or a document');
    return not(...parseOperators(operand));
  },
  $elemMatch: (operand) => {
    if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
    const first = Object.keys(operand)[0];
    return first?.startsWith('$') === true && !isOneOf(LOGICAL_OPERATORS, first)
      ? { kind: 'elemMatchValue', tests: parseOperators(operand) }
      : { kind: 'elemMatch', filter: parseFilter(operand) };
  },
  $size: (operand) => {
    const size = Number(operand);
    if (typeof operand === 'string' || !Number.isInteger(size)) throw bad('$size must be a whole number');
    if (size < 0) throw bad('$size may not be negative');
    return { kind: 'size', size };
  },
  $all: (operand) => {
    if (!Array.isArray(operand)) throw bad('$all needs an array');
    return { kind: 'all', tests: operand.flatMap(allEntry) };
  },
  $regex: (operand, condition) => {
    const options = condition.$options;
    if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
    if (operand instanceof BSONRegExp)
      return regex(options === undefined ? operand : new BSONRegExp(operand.pattern, options));
    if (typeof operand !== 'string') throw bad('$regex has to be a string');
    return regex(new BSONRegExp(operand, options ?? ''));
  },
  $options: (_operand, condition) => {
    if (!('$regex' in condition)) throw bad('$options needs a $regex');
    return undefined;
  },
};

function allEntry(entry: Value): Test[] {
  if (entry instanceof BSONRegExp) return [regex(entry)];
  if (!isOperators(entry)) return [eq(entry)];
  if (Object.keys(entry).join() !== '$elemMatch') throw bad('no $ expressions in $all');
  return parseOperators(entry);
}

function oneOf(name: string, values: Value): Test {
  if (!Array.isArray(values)) throw bad(`${name} needs an array`);
  const tests = values.map((value): Test => {
    if (isOperators(value)) throw bad(`cannot nest $ under ${name}`);
    return value instanceof BSONRegExp ? regex(value) : eq(value);
  });
  return { kind: 'in', tests };
}

/** Regular expressions run as JavaScript's; of the options `i`, `m` and `s` mean the same there. */
function regex(source: BSONRegExp): Test {
  for (const option of source.options)
    if (!'ims'.includes(option)) throw notImplemented(`$regex option ${option}`);
  try {
    return { kind: 'regex', pattern: new RegExp(source.pattern, source.options), source };
  } catch {
    throw bad('Regular expression is invalid');
  }
}

/** Truth as `$exists` and sort-like flags see it: zero, false and null are false, everything else is true. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  const number = typeof value === 'object' ? Number(value.valueOf()) : typeof value === 'number' ? value : 1;
  return number !== 0;
}

/** The conditions that all have to hold: nested `$and`s opened. */
export function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

/** The top-level fields the filter looks at: no other can change its answer. */
export function fieldsOf(filter: Filter): Set<string> {
  if (filter.kind === 'field') return new Set(filter.path.slice(0, 1));
  return new Set(filter.parts.flatMap((part) => [...fieldsOf(part)]));
}
