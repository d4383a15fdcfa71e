import { encode, isDoc, type Doc } from '../bson-codec';
import { definitionOf, type Collection } from '../catalog';
import { collectionName, docField, namespaceOf, type Context, type Handler } from '../context';
import { CommandError } from '../errors';
import { parseFilter } from '../filter';
import { same } from '../compare';
import { indexDefinition, rival } from '../index-definition';
import { matches } from '../match';
import { show } from '../show';
import { cursorReply, type Request } from '../wire';
import { wholeSelection } from './read';

/** @see https://www.mongodb.com/docs/manual/reference/command/create/ */
export const create: Handler = (context, request) =>
  context.store.write(() => {
    const name = collectionName(request);
    if (context.catalog.find(request.database, name) !== undefined)
      throw new CommandError(48, `Collection ${request.database}.${name} already exists.`);
    context.catalog.ensure(request.database, name);
    return { ok: 1 };
  });

/** @see https://www.mongodb.com/docs/manual/reference/command/createIndexes/ */
export const createIndexes: Handler = (context, request) => {
  const wanted = request.body.indexes;
  if (!Array.isArray(wanted) || wanted.length === 0)
    throw new CommandError(2, 'Must specify at least one index to create');
  const definitions = wanted.map(indexDefinition);
  return context.store.write(() => {
    const isNew = context.catalog.find(request.database, collectionName(request)) === undefined;
    const collection = context.catalog.ensure(request.database, collectionName(request));
    const before = collection.indexes.length;
    const fresh = definitions.filter((definition) => rival(collection, definition) === undefined);
    context.store.nested(() => {
      for (const definition of fresh)
        if (rival(collection, definition) === undefined) build(context, collection, definition);
    });
    return {
      numIndexesBefore: before,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: isNew,
      ...(collection.indexes.length === before ? { note: 'all indexes already exist' } : {}),
      ok: 1,
    };
  });
};

function build(context: Context, collection: Collection, definition: Doc): void {
  const index = context.catalog.newIndex(definition);
  for (const chunk of context.scanner.select(collection, wholeSelection()))
    for (const { record, document } of chunk) context.records.index(collection, index, record, document);
  collection.indexes = [...collection.indexes, index];
  collection.dirty = true;
}

/** @see https://www.mongodb.com/docs/manual/reference/command/listIndexes/ */
export const listIndexes: Handler = (context, request) => {
  const collection = existing(context, request);
  return cursorReply(
    namespaceOf(request),
    0,
    'firstBatch',
    collection.indexes.map((index) => encode(definitionOf(index))),
  );
};

function existing(context: Context, request: Request): Collection {
  const collection = context.catalog.find(request.database, collectionName(request));
  if (collection === undefined) throw new CommandError(26, `ns does not exist: ${namespaceOf(request)}`);
  return collection;
}

/** @see https://www.mongodb.com/docs/manual/reference/command/listCollections/ */
export const listCollections: Handler = (context, request) => {
  const filter = parseFilter(docField(request.body, 'filter'));
  const rows = context.catalog
    .list(request.database)
    .map(({ name }): Doc => ({
      name,
      type: 'collection',
      options: {},
      info: { readOnly: false },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }))
    .filter((row) => matches(filter, row));
  return cursorReply(`${request.database}.$cmd.listCollections`, 0, 'firstBatch', rows.map(encode));
};

/** @see https://www.mongodb.com/docs/manual/reference/command/listDatabases/ */
export const listDatabases: Handler = (context, request) => {
  const filter = parseFilter(docField(request.body, 'filter'));
  const names = [...new Set(context.catalog.all().map(({ database }) => database))].sort();
  const databases = names
    .map((name): Doc => ({ name, sizeOnDisk: 0, empty: false }))
    .filter((row) => matches(filter, row));
  return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
};

/** @see https://www.mongodb.com/docs/manual/reference/command/drop/ (a missing collection is no error since 7.0) */
export const drop: Handler = (context, request) =>
  context.store.write(() => {
    const collection = context.catalog.find(request.database, collectionName(request));
    if (collection === undefined) return { ok: 1 };
    context.catalog.drop(collection);
    return { nIndexesWas: collection.indexes.length, ns: namespaceOf(request), ok: 1 };
  });

/** @see https://www.mongodb.com/docs/manual/reference/command/dropDatabase/ */
export const dropDatabase: Handler = (context, request) =>
  context.store.write(() => {
    for (const collection of context.catalog.list(request.database)) context.catalog.drop(collection);
    return { dropped: request.database, ok: 1 };
  });

/** @see https://www.mongodb.com/docs/manual/reference/command/dropIndexes/ */
export const dropIndexes: Handler = (context, request) =>
  context.store.write(() => {
    const collection = existing(context, request);
    const wanted = request.body.index;
    const before = collection.indexes.length;
    const chosen = collection.indexes.filter(({ name, key }) =>
      wanted === '*'
        ? name !== '_id_'
        : Array.isArray(wanted)
          ? wanted.includes(name)
          : isDoc(wanted)
            ? same(key, wanted)
            : name === wanted,
    );
    if (chosen.some(({ name }) => name === '_id_')) throw new CommandError(72, 'cannot drop _id index');
    const expected = Array.isArray(wanted) ? wanted.length : 1;
    if (wanted !== '*' && chosen.length < expected)
      throw new CommandError(27, `index not found with name [${show(wanted ?? null)}]`);
    for (const index of chosen) context.catalog.dropIndex(collection, index);
    return { nIndexesWas: before, ok: 1 };
  });
