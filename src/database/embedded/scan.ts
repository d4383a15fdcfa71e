import { decode, decodeFields, type Doc } from './bson-codec';
import { prefix, type Collection } from './catalog';
import { CommandError } from './errors';
import { fieldsOf, type Filter } from './filter';
import { successor } from './key';
import { matches } from './match';
import { choosePlan, type Plan, type Range } from './planner';
import { recordKey, recordOf } from './records';
import { Sorter, type SortKey } from './sort';
import type { Store, Table } from './store';

/** A document that was found: where it is kept, its bytes and, read when asked for, what they say. */
export class Found {
  private read: Doc | undefined;

  constructor(
    readonly record: number,
    readonly bytes: Buffer,
  ) {}

  get document(): Doc {
    return (this.read ??= decode(this.bytes));
  }
}

/** What is looked for. */
export interface Selection {
  filter: Filter;
  sort: SortKey[];
  skip: number;
  /** 0 means no limit. */
  limit: number;
  /** An index's name. */
  hint: string | undefined;
}

/** What a search had to look at. */
export interface Effort {
  keys: number;
  documents: number;
}

/** The first reach into a table is short (often one document is wanted), later ones longer. */
const FIRST_CHUNK = 8;
const LONGEST_CHUNK = 512;

/** Finds documents. Nothing stays open between two chunks, so that a slow reader holds up nobody. */
export class Scanner {
  constructor(private readonly store: Store) {}

  /** The document kept under the record number. */
  load(collection: Collection, record: number): Doc | undefined {
    const bytes = this.store.documents.getBinaryFast(recordKey(collection, record));
    return bytes === undefined ? undefined : decode(bytes);
  }

  /** The plan for this selection. Throws code 2 for an unknown hint. */
  plan(collection: Collection, { filter, sort, hint }: Selection): Plan {
    return choosePlan(collection, filter, sort, hint, (ranges, limit) => this.count(ranges, limit));
  }

  /**
   * The documents selected, in order, in chunks; a chunk may be empty, to let the caller give way to others.
   * @param effort is counted up while searching.
   */
  *select(
    collection: Collection,
    selection: Selection,
    effort: Effort = { keys: 0, documents: 0 },
  ): Generator<Found[]> {
    const { filter, sort, skip } = selection;
    const limit = selection.limit === 0 ? Infinity : selection.limit;
    const plan = this.plan(collection, selection);
    const found = this.matching(collection, plan, filter, effort);
    yield* cut(isSorted(plan, sort) ? found : this.sorted(found, sort, skip + limit), skip, limit);
  }

  private *sorted(chunks: Generator<Found[]>, sort: SortKey[], limit: number): Generator<Found[]> {
    const sorter = new Sorter<Found>(sort, limit);
    for (const chunk of chunks) {
      for (const found of chunk) sorter.add(found.document, found);
      yield [];
    }
    yield sorter.done();
  }

  private *matching(collection: Collection, plan: Plan, filter: Filter, effort: Effort): Generator<Found[]> {
    const seen =
      plan.kind === 'union' || (plan.kind === 'index' && (plan.index.multikey || plan.ranges.length > 1))
        ? new Set<number>()
        : undefined;
    const fields = fieldsOf(filter);
    for (const chunk of this.candidates(collection, plan, effort)) {
      const found: Found[] = [];
      for (const { record, bytes } of chunk) {
        if (seen?.has(record) === true) continue;
        seen?.add(record);
        effort.documents++;
        if (matches(filter, decodeFields(bytes, fields))) found.push(new Found(record, bytes));
      }
      yield found;
    }
  }

  private *candidates(
    collection: Collection,
    plan: Plan,
    effort: Effort,
  ): Generator<{ record: number; bytes: Buffer }[]> {
    if (plan.kind === 'union') {
      for (const branch of plan.plans) yield* this.candidates(collection, branch, effort);
      return;
    }
    if (plan.kind === 'collection') {
      const start = prefix(collection.id);
      for (const keys of chunks(this.store.documents, { start, end: successor(start) }, false))
        yield this.fetch(collection, keys);
      return;
    }
    for (const range of plan.reverse ? [...plan.ranges].reverse() : plan.ranges)
      for (const keys of chunks(this.store.indexes, range, plan.reverse)) {
        effort.keys += keys.length;
        yield this.fetch(collection, keys);
      }
  }

  private fetch(collection: Collection, keys: Buffer[]): { record: number; bytes: Buffer }[] {
    return keys.flatMap((key) => {
      const record = recordOf(key);
      const bytes = this.store.documents.getBinary(recordKey(collection, record));
      return bytes === undefined ? [] : [{ record, bytes }];
    });
  }

  private count(ranges: Range[], limit: number): number {
    let total = 0;
    for (const { start, end } of ranges) {
      if (total >= limit) break;
      total += this.store.indexes.getKeysCount({ start, end, limit: limit - total });
    }
    return total;
  }
}

/** Whether the plan already brings the order. */
export const isSorted = (plan: Plan, sort: SortKey[]): boolean =>
  sort.length === 0 || (plan.kind === 'index' && plan.sorted);

function* cut(chunksOfFound: Generator<Found[]>, skip: number, limit: number): Generator<Found[]> {
  let passed = 0;
  for (const chunk of chunksOfFound) {
    const from = Math.max(0, skip - passed);
    const kept = chunk.slice(from, Math.max(from, skip + limit - passed));
    passed += chunk.length;
    yield kept;
    if (passed >= skip + limit) return;
  }
}

/** The keys of a stretch, a chunk at a time, each reached anew after the last one seen. */
function* chunks(table: Table, { start, end }: Range, reverse: boolean): Generator<Buffer[]> {
  let last: Buffer | undefined;
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 4, LONGEST_CHUNK)) {
    // Read backwards the bounds change places, and the one already seen comes first again.
    const options = reverse
      ? { start: last ?? end, end: start, reverse: true }
      : { start: last === undefined ? start : Buffer.concat([last, Buffer.from([0])]), end };
    const keys = [...table.getKeys({ ...options, limit: size + 1 })];
    const fresh = last !== undefined && keys[0]?.equals(last) === true ? keys.slice(1) : keys;
    if (fresh.length > 0) yield fresh;
    if (keys.length <= size) return;
    last = fresh.at(-1);
  }
}

/** Throws code 50 once the time limit (milliseconds, 0 for none) is over. */
export function deadline(maxTimeMs: number): () => void {
  const end = maxTimeMs > 0 ? Date.now() + maxTimeMs : Infinity;
  return () => {
    if (Date.now() > end) throw new CommandError(50, 'operation exceeded time limit');
  };
}
