import { decode, encode, type Doc } from './bson-codec';
import { CommandError } from './errors';
import { parseFilter, type Filter } from './filter';
import { successor } from './key';
import { show } from './show';
import type { Store, Table } from './store';

/** One index: its definition and what is known of its entries. */
export interface Index {
  readonly id: number;
  readonly name: string;
  /** The key pattern as given, `{a: 1, 'b.c': -1}`, and the same taken apart. */
  readonly key: Doc;
  readonly fields: readonly { path: readonly string[]; descending: boolean }[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: { readonly expression: Doc; readonly filter: Filter } | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Some document has an array on the way of a path: bounds on it must not be combined, nor its order be used. */
  multikey: boolean;
  /** Some key was shortened or rounded: its order must not be used. */
  lossy: boolean;
}

/** One collection. */
export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  indexes: Index[];
  count: number;
  nextRecord: number;
  dirty: boolean;
}

/** Of the data on disk. */
export const FORMAT_VERSION = 1;
/** Sorts before every namespace and cannot be one. */
const FORMAT_KEY = Buffer.from('\0format');

/** A 4-byte table prefix: the id of a collection or an index. */
export function prefix(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(id);
  return bytes;
}

/** Which collections and indexes there are, in memory and on disk. */
export class Catalog {
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;

  /** @throws Error when the folder holds data of another format version. */
  constructor(private readonly store: Store) {
    this.read();
  }

  /** The collection, or undefined where there is none. */
  find(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`);
  }

  /** All collections of the database, by name. */
  list(database: string): Collection[] {
    return this.all()
      .filter((collection) => collection.database === database)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  /** The collection, made with its `_id_` index where there is none. To be called inside a write. Throws code 73. */
  ensure(database: string, name: string): Collection {
    const known = this.find(database, name);
    if (known !== undefined) return known;
    if (name === '' || /^\.|\$|\0/.test(name) || database === '' || /[/\\. "$\0]/.test(database))
      throw new CommandError(73, `Invalid namespace specified '${database}.${name}'`);
    const collection: Collection = {
      id: this.nextId++,
      database,
      name,
      indexes: [],
      count: 0,
      nextRecord: 1,
      dirty: true,
    };
    collection.indexes.push(indexOf({ name: '_id_', key: { _id: 1 }, unique: true }, this.nextId++));
    this.collections.set(`${database}.${name}`, collection);
    return collection;
  }

  /** A new index of that definition; the caller fills it and then adds it to its collection. */
  newIndex(definition: Doc): Index {
    return indexOf(definition, this.nextId++);
  }

  /** Forgets the collection and deletes its documents and index entries. To be called inside a write. */
  drop(collection: Collection): void {
    const namespace = `${collection.database}.${collection.name}`;
    this.collections.delete(namespace);
    this.store.catalog.removeSync(Buffer.from(namespace));
    clear(this.store.documents, collection.id);
    for (const index of collection.indexes) clear(this.store.indexes, index.id);
  }

  /** Takes the index out of the collection and deletes its entries. To be called inside a write. */
  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    collection.dirty = true;
    clear(this.store.indexes, index.id);
  }

  /** Writes what changed. To be called inside a write. */
  save(): void {
    const changed = this.all().filter((collection) => collection.dirty);
    if (changed.length === 0) return;
    for (const collection of changed) {
      const indexes = collection.indexes.map((index) => ({
        ...definitionOf(index),
        id: index.id,
        multikey: index.multikey,
        lossy: index.lossy,
      }));
      const record: Doc = {
        id: collection.id,
        database: collection.database,
        name: collection.name,
        count: collection.count,
        indexes,
      };
      this.store.catalog.putSync(Buffer.from(`${collection.database}.${collection.name}`), encode(record));
      collection.dirty = false;
    }
    this.store.catalog.putSync(FORMAT_KEY, encode({ version: FORMAT_VERSION, nextId: this.nextId }));
  }

  /** Reads everything from disk anew. */
  read(): void {
    this.collections.clear();
    const format = this.store.catalog.get(FORMAT_KEY);
    if (format === undefined) return;
    const { version, nextId } = decode(format);
    if (version !== FORMAT_VERSION)
      throw new Error(
        `The data is of format version ${show(version ?? null)}, but this program reads version ${FORMAT_VERSION}. Use the program that wrote it, or another data folder.`,
      );
    this.nextId = nextId as number;
    for (const { value } of this.store.catalog.getRange({ start: Buffer.from([1]) })) {
      const record = decode(value) as {
        id: number;
        database: string;
        name: string;
        count: number;
        indexes: (Doc & { id: number })[];
      };
      const { id, database, name, count } = record;
      const indexes = record.indexes.map((stored) => indexOf(stored, stored.id));
      this.collections.set(`${database}.${name}`, {
        id,
        database,
        name,
        count,
        indexes,
        nextRecord: this.lastRecord(id) + 1,
        dirty: false,
      });
    }
  }

  private lastRecord(id: number): number {
    for (const key of this.store.documents.getKeys({
      start: prefix(id + 1),
      end: prefix(id),
      reverse: true,
      limit: 1,
    }))
      return key.readUIntBE(4, 6);
    return 0;
  }
}

function clear(table: Table, id: number): void {
  const start = prefix(id);
  for (const key of [...table.getKeys({ start, end: successor(start) })]) table.removeSync(key);
}

function indexOf(definition: Doc, id: number): Index {
  const key = definition.key as Doc;
  const expression = definition.partialFilterExpression as Doc | undefined;
  return {
    id,
    name: definition.name as string,
    key,
    fields: Object.entries(key).map(([path, order]) => ({
      path: path.split('.'),
      descending: Number(order) < 0,
    })),
    // What listIndexes shows, and what is stored, does not say it of `_id_` (as in MongoDB): it always is.
    unique: definition.unique === true || definition.name === '_id_',
    sparse: definition.sparse === true,
    partial: expression === undefined ? undefined : { expression, filter: parseFilter(expression) },
    expireAfterSeconds:
      definition.expireAfterSeconds === undefined ? undefined : Number(definition.expireAfterSeconds),
    multikey: definition.multikey === true,
    lossy: definition.lossy === true,
  };
}

/** The index's definition as `listIndexes` shows it. */
export function definitionOf(index: Index): Doc {
  const definition: Doc = { v: 2, key: index.key, name: index.name };
  if (index.unique && index.name !== '_id_') definition.unique = true;
  if (index.sparse) definition.sparse = true;
  if (index.partial !== undefined) definition.partialFilterExpression = index.partial.expression;
  if (index.expireAfterSeconds !== undefined) definition.expireAfterSeconds = index.expireAfterSeconds;
  return definition;
}
