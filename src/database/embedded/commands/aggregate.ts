import { encode, type Doc } from '../bson-codec';
import type { Collection } from '../catalog';
import { collectionName, docField, hintOf, namespaceOf, wholeField, type Handler } from '../context';
import { parseFilter } from '../filter';
import { parsePipeline, runnable, whole, type StageSpec } from '../pipeline';
import type { Stream } from '../stream';
import type { Found, Selection } from '../scan';
import { parseSort } from '../sort';
import { guardOf, wholeSelection } from './read';

/**
 * The leading `$match`, `$sort`, `$skip` and `$limit` as a search, which can use indexes, and the stages that are left.
 */
export function leading(stages: StageSpec[]): { selection: Selection; rest: StageSpec[] } {
  const selection = wholeSelection();
  const rest = [...stages];
  const take = (name: string): Doc | undefined =>
    rest[0]?.name === name ? (rest.shift()?.value as Doc) : undefined;
  runnableAll(stages);
  selection.filter = parseFilter(take('$match') ?? {});
  selection.sort = parseSort(take('$sort'));
  if (rest[0]?.name === '$skip') selection.skip = whole('$skip', rest.shift()?.value ?? 0, 0);
  if (rest[0]?.name === '$limit') selection.limit = whole('$limit', rest.shift()?.value ?? 0, 1);
  return { selection, rest };
}

/** Checks every stage before anything runs. */
function runnableAll(stages: StageSpec[]): void {
  for (const stage of stages) runnable(stage);
}

/** The search with which the aggregate command begins. */
export function leadingSelection(body: Doc, collection: Collection | undefined): Selection {
  return { ...leading(parsePipeline(body.pipeline)).selection, hint: hintOf(collection, body.hint) };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/aggregate/ */
export const aggregate: Handler = (context, request) => {
  const { body } = request;
  const collection = context.catalog.find(request.database, collectionName(request));
  const { rest } = leading(parsePipeline(body.pipeline));
  const selection = leadingSelection(body, collection);
  const found = collection === undefined ? [] : context.scanner.select(collection, selection);
  const stream = rest.map(runnable).reduce<Stream>((input, stage) => stage(input), documents(found));
  return context.cursors.first(namespaceOf(request), encoded(stream), {
    batchSize: wholeField(docField(body, 'cursor'), 'batchSize'),
    singleBatch: false,
    guard: guardOf(context, request, collection),
  });
};

function* documents(chunks: Iterable<Found[]>): Generator<Doc[]> {
  for (const chunk of chunks) yield chunk.map(({ document }) => document);
}

function* encoded(stream: Stream): Generator<Buffer[]> {
  for (const chunk of stream) yield chunk.map(encode);
}
