import type { BSONRegExp } from 'bson';
import type { Value } from './bson-codec';
import { Rank, rankOf } from './compare';
import { conjuncts, type Filter, type Test } from './filter';
import { KeyWriter } from './key';
import { isPosition } from './paths';

/** Values whose bytes lie between `low` and everything that begins with `high`, both included. */
export interface Interval {
  low: Buffer;
  high: Buffer;
}

/** What a test says about the values it accepts: where to look, and whether null or missing may be among them. */
export interface Bounds {
  intervals: Interval[];
  /** One value each: the order of the fields that follow is kept inside it. */
  points: boolean;
  acceptsMissing: boolean;
}

const bytesOf = (value: Value): Buffer => new KeyWriter().add(value).done();
const whole = (rank: Rank): Buffer => Buffer.from([rank]);
const point = (value: Value): Interval => {
  const bytes = bytesOf(value);
  return { low: bytes, high: bytes };
};

/** Where in an index on the test's field its matches must lie; undefined when that could be anywhere. */
export function boundsOf(test: Test): Bounds | undefined {
  switch (test.kind) {
    case 'eq':
      return { intervals: [point(test.value)], points: true, acceptsMissing: test.value === null };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return rangeOf(test.kind, test.value);
    case 'in': {
      const all = test.tests.map(boundsOf);
      if (!all.every((bounds) => bounds !== undefined)) return undefined;
      return {
        intervals: merge(all.flatMap((bounds) => bounds.intervals)),
        points: all.every((bounds) => bounds.points),
        acceptsMissing: all.some((bounds) => bounds.acceptsMissing),
      };
    }
    case 'regex':
      return {
        intervals: [literalStart(test.source), point(test.source)],
        points: false,
        acceptsMissing: false,
      };
    case 'exists':
      return {
        intervals: [{ low: Buffer.alloc(0), high: Buffer.from([0xfe]) }],
        points: false,
        acceptsMissing: false,
      };
    default:
      return undefined;
  }
}

function rangeOf(kind: 'gt' | 'gte' | 'lt' | 'lte', value: Value): Bounds | undefined {
  const rank = rankOf(value);
  if (rank === Rank.MinKey || rank === Rank.MaxKey) return undefined;
  const bytes = bytesOf(value);
  const interval =
    kind === 'gt' || kind === 'gte' ? { low: bytes, high: whole(rank) } : { low: whole(rank), high: bytes };
  return { intervals: [interval], points: false, acceptsMissing: rank === Rank.Null };
}

const SPECIAL = /[\\^$.|?*+()[\]{}]/;

/** The strings that begin with the literal text after a leading `^`; all strings where there is none. */
function literalStart(source: BSONRegExp): Interval {
  const { pattern, options } = source;
  const all = { low: whole(Rank.String), high: whole(Rank.String) };
  if (!pattern.startsWith('^') || options !== '' || pattern.includes('|')) return all;
  let text = pattern.slice(1);
  const special = text.search(SPECIAL);
  if (special >= 0) {
    // What a quantifier follows need not be there.
    const quantified = /[?*{]/.test(text.charAt(special));
    text = text.slice(0, quantified ? special - 1 : special);
  }
  if (text === '' || /[\ud800-\udfff]/.test(text)) return all;
  const bytes = bytesOf(text);
  const start = bytes.subarray(0, bytes.length - 1);
  return { low: start, high: start };
}

/** Sorted, without repetitions or overlaps. */
function merge(intervals: Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => Buffer.compare(a.low, b.low));
  const result: Interval[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last === undefined || !within(next.low, last.high)) result.push({ ...next });
    else if (!within(next.high, last.high)) last.high = next.high;
  }
  return result;
}

/** Whether the bytes are at or below `high`, or begin with it. */
const within = (bytes: Buffer, high: Buffer): boolean =>
  Buffer.compare(bytes.subarray(0, high.length), high) <= 0;

/** What lies in both: only right where one value has to satisfy both tests. */
export function intersect(a: Bounds, b: Bounds): Bounds {
  const intervals: Interval[] = [];
  for (const left of a.intervals)
    for (const right of b.intervals) {
      const low = Buffer.compare(left.low, right.low) >= 0 ? left.low : right.low;
      const high = within(left.high, right.high) ? left.high : right.high;
      if (within(low, high)) intervals.push({ low, high });
    }
  return {
    intervals: merge(intervals),
    points: a.points || b.points,
    acceptsMissing: a.acceptsMissing && b.acceptsMissing,
  };
}

/** Bounds on one field. Those of one `group` were asked of the same array element. */
export interface FieldBounds {
  path: string;
  bounds: Bounds;
}

/**
 * The bounds that the filter's conditions put on fields: what holds for every match. `$elemMatch` and `$all` are
 * opened where each of their conditions also holds for the field by itself.
 */
export function fieldBounds(filter: Filter): FieldBounds[] {
  return conjuncts(filter).flatMap((part) => (part.kind === 'field' ? ofTest(part.path, part.test) : []));
}

function ofTest(path: readonly string[], test: Test): FieldBounds[] {
  if (test.kind === 'all') return test.tests.flatMap((inner) => ofTest(path, inner));
  const opens = !path.some(isPosition);
  if (test.kind === 'elemMatchValue') {
    if (!opens) return [];
    const all = test.tests.map(boundsOf).filter((bounds) => bounds !== undefined);
    return all.length === 0 ? [] : [{ path: path.join('.'), bounds: all.reduce(intersect) }];
  }
  if (test.kind === 'elemMatch') {
    if (!opens) return [];
    return fieldBounds(test.filter)
      .filter((inner) => !inner.bounds.acceptsMissing && !inner.path.split('.').some(isPosition))
      .map(({ path: inner, bounds }) => ({ path: `${path.join('.')}.${inner}`, bounds }));
  }
  const bounds = boundsOf(test);
  return bounds === undefined ? [] : [{ path: path.join('.'), bounds }];
}
