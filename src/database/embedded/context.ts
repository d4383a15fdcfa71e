import type { Catalog, Collection } from './catalog';
import type { Cursors } from './cursors';
import { isDoc, type Doc, type Value } from './bson-codec';
import { CommandError } from './errors';
import { toDouble } from './compare';
import { isNumber } from './arithmetic';
import type { Records } from './records';
import type { Scanner } from './scan';
import type { Store } from './store';
import type { Request } from './wire';

/** What commands work with. */
export interface Context {
  store: Store;
  catalog: Catalog;
  records: Records;
  scanner: Scanner;
  cursors: Cursors;
}

/** Carries out one command; the answer is a document, or the bytes of one. */
export type Handler = (context: Context, request: Request) => Doc | Buffer | Promise<Doc | Buffer>;

/** The command's own argument as a collection name. Throws code 73 when it is none. */
export function collectionName(request: Request): string {
  const name = Object.values(request.body)[0];
  if (typeof name !== 'string' || name === '')
    throw new CommandError(73, `Collection names must be non-empty strings`);
  return name;
}

/** `database.collection` of the command. */
export const namespaceOf = (request: Request): string => `${request.database}.${collectionName(request)}`;

/** A field that has to be a document; an empty one where it is missing. Throws code 14. */
export function docField(body: Doc, field: string): Doc {
  const value = body[field];
  if (value === undefined || value === null) return {};
  if (!isDoc(value))
    throw new CommandError(14, `BSON field '${field}' is the wrong type, expected type 'object'`);
  return value;
}

/** A field that has to be a whole number of at least 0; undefined where it is missing. Throws code 2 or 14. */
export function wholeField(body: Doc, field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  const number = isNumber(value) ? toDouble(value) : NaN;
  if (!Number.isInteger(number))
    throw new CommandError(14, `BSON field '${field}' is the wrong type, expected a whole number`);
  if (number < 0)
    throw new CommandError(2, `BSON field '${field}' value must be >= 0, actual value '${number}'`);
  return number;
}

/** The documents a write command carries, each with its raw bytes where it came in a sequence. */
export function statements(
  request: Request,
  field: string,
  decodeRaw: (bytes: Buffer) => Doc,
): { document: Doc; bytes: Buffer | undefined }[] {
  const raw = request.sequences.get(field);
  if (raw !== undefined) return raw.map((bytes) => ({ document: decodeRaw(bytes), bytes }));
  const value = request.body[field];
  if (!Array.isArray(value) || !value.every(isDoc))
    throw new CommandError(14, `BSON field '${field}' must be an array of objects`);
  return value.map((document) => ({ document, bytes: undefined }));
}

/** The hint as an index's name. Throws code 2 where no index has that key. */
export function hintOf(collection: Collection | undefined, hint: Value | undefined): string | undefined {
  if (hint === undefined || collection === undefined) return undefined;
  if (typeof hint === 'string') return hint;
  const wanted = isDoc(hint)
    ? JSON.stringify(Object.entries(hint).map(([path, order]) => [path, Number(order)]))
    : '';
  const index = collection.indexes.find(
    ({ key }) => JSON.stringify(Object.entries(key).map(([path, order]) => [path, Number(order)])) === wanted,
  );
  if (index === undefined)
    throw new CommandError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return index.name;
}
