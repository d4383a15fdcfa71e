import { isDoc, type Doc, type Value } from './bson-codec';
import type { Index } from './catalog';
import { CommandError } from './errors';
import { KeyWriter } from './key';
import { matches } from './match';
import { meetsArray, walk } from './paths';

/** Longer keys are cut to this many bytes; the documents themselves are compared wherever it matters. */
export const LONGEST_KEY = 900;

/** What one document contributes to one index. */
export interface Entries {
  keys: Buffer[];
  multikey: boolean;
  lossy: boolean;
}

const NONE: Entries = { keys: [], multikey: false, lossy: false };

/** Whether the index holds the document at all (sparse and partial indexes leave some out). */
function covers(index: Index, document: Doc): boolean {
  if (index.partial !== undefined && !matches(index.partial.filter, document)) return false;
  return (
    !index.sparse || index.fields.some(({ path }) => walk(document, path, (value) => value !== undefined))
  );
}

/**
 * The document's keys in the index: for every field all that a query condition on it could look at, the unfolded
 * array itself included, and null where there is nothing.
 * @throws code 171 when two fields lead into different arrays.
 */
export function entriesOf(index: Index, document: Doc): Entries {
  if (!covers(index, document)) return NONE;
  const arrays = new Set<string>();
  const perField = index.fields.map(({ path }) => {
    const array = meetsArray(document, path);
    if (array === undefined) return [single(document, path)];
    arrays.add(array);
    return valuesAt(document, path, true);
  });
  if (arrays.size > 1)
    throw new CommandError(171, `cannot index parallel arrays [${[...arrays].join('] [')}]`);
  const keys = new Map<string, Buffer>();
  let lossy = false;
  for (const tuple of product(perField)) {
    const writer = new KeyWriter();
    for (const [at, value] of tuple.entries()) writer.add(value, index.fields[at]?.descending);
    const bytes = writer.done();
    lossy ||= writer.lossy || bytes.length > LONGEST_KEY;
    const key = bytes.length > LONGEST_KEY ? bytes.subarray(0, LONGEST_KEY) : bytes;
    if (arrays.size === 0) return { keys: [key], multikey: false, lossy };
    keys.set(key.toString('latin1'), key);
  }
  return { keys: [...keys.values()], multikey: true, lossy };
}

/**
 * The combinations of values that a unique index allows only once. An array counts by its elements (by itself only
 * when empty); two fields below the same array are taken element by element.
 */
export function uniqueTuples(index: Index, document: Doc): Value[][] {
  if (!covers(index, document)) return [];
  const perField = index.fields.map(({ path }) => valuesAt(document, path, false));
  const arrays = index.fields.filter(({ path }) => meetsArray(document, path) !== undefined);
  if (arrays.length < 2) return product(perField);
  const elements = elementsOf(document, arrays[0]?.path ?? []);
  return elements.flatMap((element) =>
    product(
      index.fields.map(({ path }, at) =>
        meetsArray(document, path) === undefined ? (perField[at] ?? []) : valuesAt(element, path, false),
      ),
    ),
  );
}

/** The document once for each element of the first array on the path, with that element in the array's place. */
function elementsOf(document: Value, path: readonly string[]): Value[] {
  if (Array.isArray(document)) return document.length === 0 ? [null] : document;
  const [part, ...rest] = path;
  if (part === undefined || !isDoc(document)) return [document];
  return elementsOf(document[part] ?? null, rest).map((element) => ({ ...document, [part]: element }));
}

function single(document: Doc, path: readonly string[]): Value {
  let found: Value = null;
  walk(document, path, (value) => {
    found = value ?? null;
    return true;
  });
  return found;
}

function valuesAt(document: Value, path: readonly string[], withWhole: boolean): Value[] {
  const values: Value[] = [];
  walk(document, path, (value, whole) => {
    if (!whole || withWhole || (Array.isArray(value) && value.length === 0)) values.push(value ?? null);
    return false;
  });
  if (values.length === 0) values.push(null);
  return values;
}

function product(lists: Value[][]): Value[][] {
  return lists.reduce<Value[][]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((value) => [...tuple, value])),
    [[]],
  );
}
