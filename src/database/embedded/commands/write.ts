import { decode, encode, isDoc, type Doc, type Value } from '../bson-codec';
import type { Collection } from '../catalog';
import { collectionName, docField, hintOf, statements, type Context, type Handler } from '../context';
import { CommandError } from '../errors';
import { isTruthy, parseFilter } from '../filter';
import { checkOptions } from '../operators';
import type { Found, Selection } from '../scan';
import { show } from '../show';
import { parseSort } from '../sort';
import { parseUpdate, upserted, withId, type Update } from '../update';
import { parseProjection } from '../projection';
import type { Request } from '../wire';

/** What the statements of one write command did. */
interface Outcome {
  n: number;
  writeErrors: Doc[];
}

/** Runs the statements in order; after an error only when `ordered` is false. One statement is all or nothing. */
function runAll<T>(
  request: Request,
  list: T[],
  outcome: Outcome,
  run: (statement: T, index: number) => void,
): void {
  const ordered = request.body.ordered !== false;
  for (const [index, statement] of list.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      outcome.writeErrors.push({ index, code: error.code, errmsg: error.message, ...(error.detail as Doc) });
      if (ordered) return;
    }
  }
}

const withErrors = ({ writeErrors }: Outcome): Doc =>
  writeErrors.length === 0 ? { ok: 1 } : { writeErrors, ok: 1 };

/** @see https://www.mongodb.com/docs/manual/reference/command/insert/ */
export const insert: Handler = (context, request) => {
  const list = statements(request, 'documents', decode).map(({ document, bytes }) => {
    const isReady = bytes !== undefined && Object.keys(document)[0] === '_id';
    return { document, bytes: isReady ? bytes : undefined };
  });
  return context.store.write(() => {
    const collection = context.catalog.ensure(request.database, collectionName(request));
    const outcome: Outcome = { n: 0, writeErrors: [] };
    runAll(request, list, outcome, ({ document, bytes }) => {
      const complete = withId(document);
      context.records.insert(collection, complete, bytes ?? encode(complete));
      outcome.n++;
    });
    return { n: outcome.n, ...withErrors(outcome) };
  });
};

/** One update as the command or findAndModify asks for it. */
interface Change {
  query: Doc;
  update: Update;
  selection: Selection;
  upsert: boolean;
}

/** Puts the new version in its place; false when nothing was different. */
function store(context: Context, collection: Collection, found: Found, after: Doc): boolean {
  const bytes = encode(after);
  if (bytes.equals(found.bytes)) return false;
  context.records.replace(collection, found.record, found.document, after, bytes);
  return true;
}

function selectionOf(statement: Doc, collection: Collection | undefined, limit: number): Selection {
  return {
    filter: parseFilter(docField(statement, 'q')),
    sort: [],
    skip: 0,
    limit,
    hint: hintOf(collection, statement.hint),
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/update/ */
export const update: Handler = (context, request) => {
  const list = statements(request, 'updates', decode).map(({ document }) => document);
  return context.store.write(() => {
    const outcome = { n: 0, nModified: 0, upserted: [] as Doc[], writeErrors: [] as Doc[] };
    runAll(request, list, outcome, (statement, index) => {
      checkOptions('update', statement, ['q', 'u', 'multi', 'upsert', 'hint']);
      const parsed = parseUpdate(statement.u);
      const multi = isTruthy(statement.multi);
      if (multi && parsed.replaces)
        throw new CommandError(9, 'multi update is not supported for replacement-style update');
      const known = context.catalog.find(request.database, collectionName(request));
      const change: Change = {
        query: docField(statement, 'q'),
        update: parsed,
        selection: selectionOf(statement, known, multi ? 0 : 1),
        upsert: isTruthy(statement.upsert),
      };
      const found = known === undefined ? [] : all(context, known, change.selection);
      for (const one of found) {
        if (known !== undefined && store(context, known, one, parsed.apply(one.document, false)))
          outcome.nModified++;
        outcome.n++;
      }
      if (found.length > 0 || !change.upsert) return;
      const fresh = insertUpserted(context, request, change);
      outcome.n++;
      outcome.upserted.push({ index, _id: fresh._id as Value });
    });
    const { n, nModified } = outcome;
    return {
      n,
      nModified,
      ...(outcome.upserted.length === 0 ? {} : { upserted: outcome.upserted }),
      ...withErrors(outcome),
    };
  });
};

const all = (context: Context, collection: Collection, selection: Selection): Found[] =>
  [...context.scanner.select(collection, selection)].flat();

function insertUpserted(context: Context, request: Request, change: Change): Doc {
  const fresh = upserted(change.query, change.update);
  context.records.insert(
    context.catalog.ensure(request.database, collectionName(request)),
    fresh,
    encode(fresh),
  );
  return fresh;
}

/** @see https://www.mongodb.com/docs/manual/reference/command/delete/ */
export const remove: Handler = (context, request) => {
  const list = statements(request, 'deletes', decode).map(({ document }) => document);
  return context.store.write(() => {
    const outcome: Outcome = { n: 0, writeErrors: [] };
    runAll(request, list, outcome, (statement) => {
      checkOptions('delete', statement, ['q', 'limit', 'hint']);
      const limit = Number(statement.limit);
      if (limit !== 0 && limit !== 1)
        throw new CommandError(
          9,
          `The limit field in delete objects must be 0 or 1. Got ${show(statement.limit ?? null)}`,
        );
      const collection = context.catalog.find(request.database, collectionName(request));
      const selection = selectionOf(statement, collection, limit);
      if (collection === undefined) return;
      for (const { record, document } of all(context, collection, selection)) {
        context.records.remove(collection, record, document);
        outcome.n++;
      }
    });
    return { n: outcome.n, ...withErrors(outcome) };
  });
};

/** @see https://www.mongodb.com/docs/manual/reference/command/findAndModify/ */
export const findAndModify: Handler = (context, request) => {
  const { body } = request;
  const removes = isTruthy(body.remove);
  const project = parseProjection(docField(body, 'fields'));
  const shown = (document: Doc | undefined): Value =>
    document === undefined ? null : (project?.(document) ?? document);
  if (removes === (body.update !== undefined))
    throw new CommandError(9, `Either an update or remove=true must be specified, and not both`);
  if (removes && (isTruthy(body.upsert) || isTruthy(body.new)))
    throw new CommandError(9, `Cannot specify upsert=true or new=true with remove=true`);
  const parsed = removes ? undefined : parseUpdate(body.update);
  const query = docField(body, 'query');
  const filter = parseFilter(query);
  const sort = parseSort(isDoc(body.sort) ? body.sort : undefined);
  return context.store.write(() => {
    const collection = context.catalog.find(request.database, collectionName(request));
    const selection: Selection = { filter, sort, skip: 0, limit: 1, hint: hintOf(collection, body.hint) };
    const found = collection === undefined ? undefined : all(context, collection, selection)[0];
    if (parsed === undefined) {
      if (collection !== undefined && found !== undefined)
        context.records.remove(collection, found.record, found.document);
      return { lastErrorObject: { n: found === undefined ? 0 : 1 }, value: shown(found?.document), ok: 1 };
    }
    if (collection !== undefined && found !== undefined) {
      const after = parsed.apply(found.document, false);
      store(context, collection, found, after);
      return {
        lastErrorObject: { n: 1, updatedExisting: true },
        value: shown(isTruthy(body.new) ? after : found.document),
        ok: 1,
      };
    }
    if (!isTruthy(body.upsert))
      return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
    const fresh = insertUpserted(context, request, { query, update: parsed, selection, upsert: true });
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: fresh._id as Value },
      value: isTruthy(body.new) ? shown(fresh) : null,
      ok: 1,
    };
  });
};
