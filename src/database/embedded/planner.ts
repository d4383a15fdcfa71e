import { fieldBounds, intersect, type Bounds, type FieldBounds, type Interval } from './bounds';
import { prefix, type Collection, type Index } from './catalog';
import { CommandError } from './errors';
import { conjuncts, type Filter } from './filter';
import { implies } from './implies';
import { inverted, successor } from './key';
import { LONGEST_KEY } from './index-keys';
import type { SortKey } from './sort';

/** A stretch of an index's entries: from `start` up to, not including, `end`. */
export interface Range {
  start: Buffer;
  end: Buffer;
}

/** How to find the candidates of a filter. Every candidate is still held against the whole filter. */
export type Plan =
  | { kind: 'collection' }
  | { kind: 'index'; index: Index; ranges: Range[]; reverse: boolean; sorted: boolean }
  | { kind: 'union'; plans: Plan[] };

type IndexPlan = Extract<Plan, { kind: 'index' }>;

/** More ranges than this are not made from `$in`s over several fields; the later fields are left open instead. */
const MOST_RANGES = 1000;

/** Counts the entries in the ranges, up to a limit; used only to choose between equally promising indexes. */
export type CountEntries = (ranges: Range[], limit: number) => number;

/**
 * Chooses the index: equality fields first, then a range, then whether it brings the wanted order; a tie goes to the
 * one with fewer entries. With a `hint` (an index's name) that index is used. Throws code 2 for an unknown hint.
 */
export function choosePlan(
  collection: Collection,
  filter: Filter,
  sort: SortKey[],
  hint: string | undefined,
  count: CountEntries,
): Plan {
  if (hint !== undefined) return hinted(collection, filter, sort, hint);
  const fields = fieldBounds(filter);
  const candidates = collection.indexes
    .map((index) => planFor(index, filter, fields, sort))
    .filter((candidate) => candidate !== undefined && candidate.score > 0) as Candidate[];
  const best = Math.max(...candidates.map(({ score }) => score));
  const finalists = candidates.filter(({ score }) => score === best).map(({ plan }) => plan);
  const [first] = finalists;
  const union = best < SEVERAL ? unionPlan(collection, filter, count) : undefined;
  if (union !== undefined || first === undefined) return union ?? { kind: 'collection' };
  if (finalists.length === 1) return first;
  return finalists
    .map((plan) => ({ plan, entries: count(plan.ranges, 500) }))
    .reduce((a, b) => (b.entries < a.entries ? b : a)).plan;
}

function hinted(collection: Collection, filter: Filter, sort: SortKey[], hint: string): Plan {
  const index = collection.indexes.find(({ name }) => name === hint);
  const plan = index && planFor(index, filter, fieldBounds(filter), sort)?.plan;
  if (plan === undefined)
    throw new CommandError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return plan;
}

/** An `$or` whose every branch has an index of its own. */
function unionPlan(collection: Collection, filter: Filter, count: CountEntries): Plan | undefined {
  for (const part of conjuncts(filter)) {
    if (part.kind !== 'or') continue;
    const plans = part.parts.map((branch) => choosePlan(collection, branch, [], undefined, count));
    if (plans.every(({ kind }) => kind !== 'collection')) return { kind: 'union', plans };
  }
  return undefined;
}

interface Candidate {
  plan: IndexPlan;
  score: number;
}

const EQUALITY = 100;
const SEVERAL = 60;
const RANGE = 30;
const ORDER = 20;

/** The plan on this index with its worth; undefined when the index may lack matching documents. */
function planFor(
  index: Index,
  filter: Filter,
  fields: FieldBounds[],
  sort: SortKey[],
): Candidate | undefined {
  if (index.partial !== undefined && !implies(filter, index.partial.filter)) return undefined;
  const used: Bounds[] = [];
  let score = 0;
  for (const { path } of index.fields) {
    const bounds = boundsFor(index, path.join('.'), fields);
    if (bounds === undefined) break;
    used.push(bounds);
    score += !bounds.points ? RANGE : bounds.intervals.length === 1 ? EQUALITY : SEVERAL;
    if (!bounds.points) break;
  }
  // A sparse index holds a document only if it has one of the fields.
  if (index.sparse && !used.some((bounds) => !bounds.acceptsMissing)) return undefined;
  const fixed = used.findIndex((bounds) => !(bounds.points && bounds.intervals.length <= 1));
  const order = ordering(index, fixed === -1 ? used.length : fixed, sort);
  if (order !== undefined) score += ORDER;
  return {
    plan: {
      kind: 'index',
      index,
      ranges: rangesOf(index, used),
      reverse: order === 'backward',
      sorted: order !== undefined,
    },
    score,
  };
}

/** All bounds on the path together; on a multikey index only one of them, since each may be met by another element. */
function boundsFor(index: Index, path: string, fields: FieldBounds[]): Bounds | undefined {
  const all = fields.filter((field) => field.path === path).map(({ bounds }) => bounds);
  if (all.length < 2) return all[0];
  if (!index.multikey) return all.reduce(intersect);
  return all.find(({ points }) => points) ?? all[0];
}

/** Whether the index brings the order, read forward or backward, when its first `fixed` fields have one value each. */
function ordering(index: Index, fixed: number, sort: SortKey[]): 'forward' | 'backward' | undefined {
  if (sort.length === 0 || index.multikey || index.lossy) return undefined;
  const pinned = index.fields.slice(0, fixed).map(({ path }) => path.join('.'));
  const wanted = sort.filter(({ path }) => !pinned.includes(path.join('.')));
  const open = index.fields.slice(fixed);
  if (wanted.length > open.length) return undefined;
  const turns = wanted.map((key, at) => {
    const field = open[at];
    return field?.path.join('.') === key.path.join('.') ? field.descending !== key.descending : undefined;
  });
  if (turns.every((turned) => turned === false)) return 'forward';
  return turns.every((turned) => turned === true) ? 'backward' : undefined;
}

/** The stretches of the index that the bounds on its leading fields leave, in the order of the index. */
function rangesOf(index: Index, used: Bounds[]): Range[] {
  let starts: Interval[] = [{ low: Buffer.alloc(0), high: Buffer.alloc(0) }];
  for (const [at, bounds] of used.entries()) {
    if (starts.length * bounds.intervals.length > MOST_RANGES && at > 0) break;
    const intervals =
      index.fields[at]?.descending === true
        ? bounds.intervals.map(({ low, high }) => ({ low: inverted(high), high: inverted(low) })).reverse()
        : bounds.intervals;
    starts = starts.flatMap((start) =>
      intervals.map(({ low, high }) => ({
        low: Buffer.concat([start.low, low]),
        high: Buffer.concat([start.high, high]),
      })),
    );
  }
  const table = prefix(index.id);
  return starts.map(({ low, high }) => ({
    start: Buffer.concat([table, low.subarray(0, LONGEST_KEY)]),
    end: successor(Buffer.concat([table, high.subarray(0, LONGEST_KEY)])),
  }));
}
