import { isDoc, type Doc } from '../bson-codec';
import type { Collection } from '../catalog';
import { docField, hintOf, wholeField, type Handler } from '../context';
import { CommandError, notImplemented } from '../errors';
import { isTruthy, parseFilter } from '../filter';
import type { Plan } from '../planner';
import { isSorted, type Effort, type Selection } from '../scan';
import { leadingSelection } from './aggregate';
import { findSelection, wholeSelection } from './read';

/** @see https://www.mongodb.com/docs/manual/reference/command/explain/ */
export const explain: Handler = (context, request) => {
  const inner = request.body.explain;
  if (!isDoc(inner)) throw new CommandError(14, `BSON field 'explain' must be an object`);
  const [kind = '', name] = Object.entries(inner)[0] ?? [];
  if (typeof name !== 'string') throw new CommandError(73, 'Collection names must be non-empty strings');
  const collection = context.catalog.find(request.database, name);
  const selection = explained(kind, inner, collection);
  const plan =
    collection === undefined ? { kind: 'collection' as const } : context.scanner.plan(collection, selection);
  const answer: Doc = {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${request.database}.${name}`,
      winningPlan: describe(plan, selection, kind),
      rejectedPlans: [],
    },
    command: inner,
    ok: 1,
  };
  if (collection === undefined || request.body.verbosity === 'queryPlanner') return answer;
  const effort: Effort = { keys: 0, documents: 0 };
  let returned = 0;
  for (const chunk of context.scanner.select(collection, selection, effort)) returned += chunk.length;
  return {
    ...answer,
    executionStats: {
      executionSuccess: true,
      nReturned: returned,
      totalKeysExamined: effort.keys,
      totalDocsExamined: effort.documents,
    },
  };
};

/** The search inside the command that is explained. */
function explained(kind: string, inner: Doc, collection: Collection | undefined): Selection {
  if (kind === 'find') return findSelection(inner, collection);
  if (kind === 'aggregate') return leadingSelection(inner, collection);
  const list = inner[kind === 'update' ? 'updates' : 'deletes'];
  if (kind === 'update' || kind === 'delete') {
    const statement = Array.isArray(list) && isDoc(list[0]) ? list[0] : {};
    const limit =
      kind === 'update' ? (isTruthy(statement.multi) ? 0 : 1) : (wholeField(statement, 'limit') ?? 0);
    return {
      ...wholeSelection(),
      filter: parseFilter(docField(statement, 'q')),
      limit,
      hint: hintOf(collection, statement.hint),
    };
  }
  throw notImplemented(`explain of ${kind}`);
}

const FRAMES: Record<string, string> = { update: 'UPDATE', delete: 'DELETE' };

/** The plan as MongoDB's stages: COLLSCAN, IXSCAN below FETCH, OR above several, SORT when the order is made in memory. */
function describe(plan: Plan, selection: Selection, kind: string): Doc {
  let stage = describePlan(plan);
  if (!isSorted(plan, selection.sort)) {
    const pattern = selection.sort.map(({ path, descending }) => [path.join('.'), descending ? -1 : 1]);
    stage = { stage: 'SORT', sortPattern: Object.fromEntries(pattern) as Doc, inputStage: stage };
  }
  const frame = FRAMES[kind];
  return frame === undefined ? stage : { stage: frame, inputStage: stage };
}

function describePlan(plan: Plan): Doc {
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: 'forward' };
  if (plan.kind === 'union')
    return { stage: 'SUBPLAN', inputStage: { stage: 'OR', inputStages: plan.plans.map(describePlan) } };
  const { index, reverse, ranges } = plan;
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      keyPattern: index.key,
      indexName: index.name,
      isMultiKey: index.multikey,
      isUnique: index.unique,
      isSparse: index.sparse,
      isPartial: index.partial !== undefined,
      direction: reverse ? 'backward' : 'forward',
      ranges: ranges.length,
    },
  };
}
