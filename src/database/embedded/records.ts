import { isDoc, type Doc, type Value } from './bson-codec';
import { prefix, type Collection, type Index } from './catalog';
import { compare } from './compare';
import { CommandError } from './errors';
import { entriesOf, uniqueTuples, type Entries } from './index-keys';
import { successor } from './key';
import { own } from './paths';
import { show } from './show';
import type { Store } from './store';

/** An index entry's value: the key says it all. */
const ENTRY = Buffer.from([1]);

/** Where a document is kept: its collection's prefix and its 6-byte record number, in order of insertion. */
export function recordKey(collection: Collection, record: number): Buffer {
  const key = Buffer.allocUnsafe(10);
  key.writeUInt32BE(collection.id, 0);
  key.writeUIntBE(record, 4, 6);
  return key;
}

function entryKey(index: Index, key: Buffer, record: number): Buffer {
  const bytes = Buffer.allocUnsafe(10 + key.length);
  bytes.writeUInt32BE(index.id, 0);
  key.copy(bytes, 4);
  bytes.writeUIntBE(record, 4 + key.length, 6);
  return bytes;
}

/** The record number at the end of an index entry's or a document's key. */
export const recordOf = (key: Buffer): number => key.readUIntBE(key.length - 6, 6);

/**
 * Documents and their index entries. Every method is to be called inside a write, and checks everything before its
 * first change: a CommandError leaves nothing half done.
 */
export class Records {
  constructor(
    private readonly store: Store,
    /** Reads a document by its record number. */
    private readonly load: (collection: Collection, record: number) => Doc | undefined,
  ) {}

  /** Adds a document; `bytes` is its encoded form. Throws code 11000 or 171. */
  insert(collection: Collection, document: Doc, bytes: Buffer): void {
    const plan = collection.indexes.map((index) => ({ index, entries: entriesOf(index, document) }));
    for (const { index, entries } of plan) this.checkUnique(collection, index, document, entries, undefined);
    const record = collection.nextRecord++;
    this.store.documents.putSync(recordKey(collection, record), bytes);
    for (const { index, entries } of plan) this.addEntries(collection, index, entries, record, entries.keys);
    collection.count += 1;
    collection.dirty = true;
  }

  /** Puts `after`, encoded as `bytes`, in the place of `before`. Throws code 11000 or 171. */
  replace(collection: Collection, record: number, before: Doc, after: Doc, bytes: Buffer): void {
    const plan = collection.indexes.map((index) => {
      const old = entriesOf(index, before);
      const entries = entriesOf(index, after);
      const gone = old.keys.filter((key) => !entries.keys.some((other) => other.equals(key)));
      const fresh = entries.keys.filter((key) => !old.keys.some((other) => other.equals(key)));
      return { index, entries, gone, fresh };
    });
    for (const { index, entries } of plan) this.checkUnique(collection, index, after, entries, record);
    this.store.documents.putSync(recordKey(collection, record), bytes);
    for (const { index, entries, gone, fresh } of plan) {
      for (const key of gone) this.store.indexes.removeSync(entryKey(index, key, record));
      this.addEntries(collection, index, entries, record, fresh);
    }
  }

  /** Takes a document away. */
  remove(collection: Collection, record: number, document: Doc): void {
    for (const index of collection.indexes)
      for (const key of entriesOf(index, document).keys)
        this.store.indexes.removeSync(entryKey(index, key, record));
    this.store.documents.removeSync(recordKey(collection, record));
    collection.count -= 1;
    collection.dirty = true;
  }

  /** Fills a new index with a document that is already there. Throws code 11000 or 171. */
  index(collection: Collection, index: Index, record: number, document: Doc): void {
    const entries = entriesOf(index, document);
    this.checkUnique(collection, index, document, entries, record);
    this.addEntries(collection, index, entries, record, entries.keys);
  }

  private addEntries(
    collection: Collection,
    index: Index,
    entries: Entries,
    record: number,
    keys: Buffer[],
  ): void {
    for (const key of keys) this.store.indexes.putSync(entryKey(index, key, record), ENTRY);
    if (entries.multikey && !index.multikey) index.multikey = collection.dirty = true;
    if (entries.lossy && !index.lossy) index.lossy = collection.dirty = true;
  }

  private checkUnique(
    collection: Collection,
    index: Index,
    document: Doc,
    entries: Entries,
    self: number | undefined,
  ): void {
    if (!index.unique) return;
    for (const key of entries.keys) {
      const start = Buffer.concat([prefix(index.id), key]);
      for (const found of this.store.indexes.getKeys({ start, end: successor(start) })) {
        const record = recordOf(found);
        // A shortened key is the beginning of others; only entries of exactly this key are rivals.
        if (record === self || found.length !== start.length + 6) continue;
        const other = this.load(collection, record);
        const shared = other === undefined ? undefined : sharedTuple(index, document, other);
        if (shared !== undefined) throw duplicate(collection, index, shared);
      }
    }
  }
}

function sharedTuple(index: Index, a: Doc, b: Doc): Value[] | undefined {
  const others = uniqueTuples(index, b);
  return uniqueTuples(index, a).find((tuple) =>
    others.some((other) => tuple.every((value, at) => compare(value, other[at]) === 0)),
  );
}

/** @see https://www.mongodb.com/docs/manual/core/index-unique/ */
function duplicate(collection: Collection, index: Index, tuple: Value[]): CommandError {
  const keyValue: Doc = {};
  for (const [at, field] of Object.keys(index.key).entries()) keyValue[field] = tuple[at] ?? null;
  const namespace = `${collection.database}.${collection.name}`;
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${show(keyValue)}`,
    { keyPattern: index.key, keyValue },
  );
}

/** The document's `_id` wrapped for messages, as MongoDB shows which document it means. */
export const identify = (document: Doc): string => show({ _id: own(document, '_id') ?? null });

/** Whether the value can be an `_id`: anything but an array or a regular expression. */
export function checkId(value: Value | undefined): void {
  if (Array.isArray(value)) throw new CommandError(2, `The '_id' value cannot be of type array`);
  if (isDoc(value) && Object.keys(value).some((key) => key.startsWith('$')))
    throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${show(value)}`);
}
