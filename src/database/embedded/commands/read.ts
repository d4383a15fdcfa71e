import { encode, type Doc, type Value } from '../bson-codec';
import type { Collection } from '../catalog';
import {
  collectionName,
  docField,
  hintOf,
  namespaceOf,
  wholeField,
  type Context,
  type Handler,
} from '../context';
import { compare, toDouble } from '../compare';
import { drain, type Guard } from '../cursors';
import { CommandError } from '../errors';
import { isTruthy, parseFilter } from '../filter';
import { walk } from '../paths';
import { parseProjection, type Project } from '../projection';
import { deadline, type Found, type Selection } from '../scan';
import { parseSort } from '../sort';
import type { Request } from '../wire';

/** Every document, in the order of insertion. */
export const wholeSelection = (): Selection => ({
  filter: parseFilter({}),
  sort: [],
  skip: 0,
  limit: 0,
  hint: undefined,
});

/** What a `find` looks for. A negative limit is a limit with a single batch. */
export function findSelection(body: Doc, collection: Collection | undefined): Selection {
  return {
    filter: parseFilter(docField(body, 'filter')),
    sort: parseSort(docField(body, 'sort')),
    skip: wholeField(body, 'skip') ?? 0,
    limit: wholeField(body, 'limit') ?? 0,
    hint: hintOf(collection, body.hint),
  };
}

/** What ends this request's search early: its time limit, or that what it reads has been dropped since. */
export function guardOf(context: Context, request: Request, collection: Collection | undefined): Guard {
  const indexes = new Set(collection?.indexes.map(({ id }) => id));
  return {
    inTime: deadline(wholeField(request.body, 'maxTimeMS') ?? 0),
    stillThere: () => {
      if (collection === undefined) return;
      const now = context.catalog.find(collection.database, collection.name);
      const left = now?.id === collection.id ? now.indexes.filter(({ id }) => indexes.has(id)).length : -1;
      if (left < indexes.size)
        throw new CommandError(
          175,
          'The collection or one of its indexes was dropped while it was being read.',
        );
    },
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/find/ */
export const find: Handler = (context, request) => {
  const { body } = request;
  const collection = context.catalog.find(request.database, collectionName(request));
  const selection = findSelection(body, collection);
  const project = parseProjection(docField(body, 'projection'));
  const chunks = collection === undefined ? [] : context.scanner.select(collection, selection);
  return context.cursors.first(namespaceOf(request), rows(chunks, project), {
    batchSize: wholeField(body, 'batchSize'),
    singleBatch: isTruthy(body.singleBatch),
    guard: guardOf(context, request, collection),
  });
};

function* rows(chunks: Iterable<Found[]>, project: Project | undefined): Generator<Buffer[]> {
  for (const chunk of chunks)
    yield chunk.map(({ bytes, document }) => (project === undefined ? bytes : encode(project(document))));
}

/** @see https://www.mongodb.com/docs/manual/reference/command/getMore/ */
export const getMore: Handler = (context, request) =>
  context.cursors.next(cursorId(request.body.getMore), wholeField(request.body, 'batchSize') ?? 0);

const cursorId = (value: Value | undefined): number => (value === undefined ? 0 : toDouble(value));

/** @see https://www.mongodb.com/docs/manual/reference/command/killCursors/ */
export const killCursors: Handler = (context, request) => {
  const ids = request.body.cursors;
  if (!Array.isArray(ids)) throw new CommandError(14, `BSON field 'cursors' must be an array`);
  const killed = ids.filter((id) => context.cursors.kill(cursorId(id)));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/command/count/ */
export const count: Handler = async (context, request) => {
  const { body } = request;
  const collection = context.catalog.find(request.database, collectionName(request));
  if (collection === undefined) return { n: 0, ok: 1 };
  const query = docField(body, 'query');
  const skip = wholeField(body, 'skip') ?? 0;
  const limit = wholeField(body, 'limit') ?? 0;
  if (Object.keys(query).length === 0) {
    const left = Math.max(0, collection.count - skip);
    return { n: limit === 0 ? left : Math.min(limit, left), ok: 1 };
  }
  let n = 0;
  const selection: Selection = {
    filter: parseFilter(query),
    sort: [],
    skip,
    limit,
    hint: hintOf(collection, body.hint),
  };
  await drain(
    context.scanner.select(collection, selection),
    guardOf(context, request, collection),
    () => n++,
  );
  return { n, ok: 1 };
};

/** @see https://www.mongodb.com/docs/manual/reference/command/distinct/ */
export const distinct: Handler = async (context, request) => {
  const { body } = request;
  const collection = context.catalog.find(request.database, collectionName(request));
  const key = body.key;
  if (typeof key !== 'string')
    throw new CommandError(14, `BSON field 'distinct.key' is the wrong type, expected type 'string'`);
  const values: Value[] = [];
  if (collection !== undefined) {
    const selection: Selection = {
      ...wholeSelection(),
      filter: parseFilter(docField(body, 'query')),
      hint: hintOf(collection, body.hint),
    };
    await drain(
      context.scanner.select(collection, selection),
      guardOf(context, request, collection),
      ({ document }) => {
        walk(document, key.split('.'), (value, whole) => {
          if (value !== undefined && !whole) values.push(value);
          return false;
        });
      },
    );
  }
  values.sort(compare);
  return { values: values.filter((value, at) => at === 0 || compare(value, values[at - 1]) !== 0), ok: 1 };
};
