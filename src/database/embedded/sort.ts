import type { Doc, Value } from './bson-codec';
import { compare, Rank, rankOf } from './compare';
import { CommandError, notImplemented } from './errors';
import { walk } from './paths';

/** One field of a sort. */
export interface SortKey {
  path: readonly string[];
  descending: boolean;
}

/** Parses `{a: 1, 'b.c': -1}`. Throws code 2 for another direction, 238 for `$meta` and `$natural`. */
export function parseSort(sort: Doc | undefined): SortKey[] {
  return Object.entries(sort ?? {}).map(([field, direction]) => {
    if (field.startsWith('$')) throw notImplemented(`sort by ${field}`);
    if (typeof direction === 'object') {
      const number = Number(direction?.valueOf());
      if (number === 1 || number === -1) return { path: field.split('.'), descending: number < 0 };
      throw notImplemented('$sort by an expression');
    }
    if (direction !== 1 && direction !== -1)
      throw new CommandError(2, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path: field.split('.'), descending: direction === -1 };
  });
}

/** An empty array sorts before null. */
const EMPTY = Symbol('empty array');
type SortValue = Value | typeof EMPTY;

/** The value a document sorts by: of an array its smallest element, or its largest when descending. */
function sortValue(document: Value, { path, descending }: SortKey): SortValue {
  let best: SortValue | undefined;
  walk(document, path, (value, whole) => {
    if (whole) best ??= Array.isArray(value) && value.length === 0 ? EMPTY : (value ?? null);
    else if (best === undefined || descending === compareSortValues(best, value ?? null) < 0)
      best = value ?? null;
    return false;
  });
  return best ?? null;
}

function compareSortValues(a: SortValue, b: SortValue): number {
  if (a === EMPTY) return b === EMPTY ? 0 : Rank.Empty - rankOf(b);
  return b === EMPTY ? rankOf(a) - Rank.Empty : compare(a, b);
}

/**
 * Sorts, keeping only the first `limit` when given; equal ones keep the order in which they were added.
 * @see https://www.mongodb.com/docs/manual/reference/method/cursor.sort/
 */
export class Sorter<T> {
  private rows: { values: SortValue[]; row: T }[] = [];

  constructor(
    private readonly keys: SortKey[],
    private readonly limit = Infinity,
  ) {}

  add(document: Value, row: T): void {
    this.rows.push({ values: this.keys.map((key) => sortValue(document, key)), row });
    if (this.rows.length > 1000 && this.rows.length > this.limit * 4) this.cut();
  }

  done(): T[] {
    this.cut();
    return this.rows.map(({ row }) => row);
  }

  private cut(): void {
    this.rows.sort((a, b) => this.order(a.values, b.values));
    if (this.rows.length > this.limit) this.rows.length = this.limit;
  }

  private order(a: SortValue[], b: SortValue[]): number {
    for (const [at, { descending }] of this.keys.entries()) {
      const order = compareSortValues(a[at] as SortValue, b[at] as SortValue);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  }
}
