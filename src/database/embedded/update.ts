import { ObjectId } from 'bson';
import { copy, isDoc, type Doc, type Value } from './bson-codec';
import { same } from './compare';
import { CommandError, notImplemented } from './errors';
import { conjuncts, parseFilter } from './filter';
import { isOneOf, UPDATE_OPERATORS } from './operators';
import { isPosition } from './paths';
import { checkId } from './records';
import { show } from './show';
import { CHANGES, type Change } from './update-operators';
import { placeOf, updatePath } from './update-path';

/** A parsed update: applied to a document it gives a new one, and leaves the old as it was. */
export interface Update {
  /** Whether it is a whole new document instead of operators. */
  replaces: boolean;
  apply: (document: Doc, inserting: boolean) => Doc;
}

/**
 * Parses an update document: operators or a replacement.
 * @throws code 9 for a mixture, 40 for paths in conflict, 238 for a pipeline or an operator outside the closed list.
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export function parseUpdate(update: Value | undefined): Update {
  if (Array.isArray(update)) throw notImplemented('an update by an aggregation pipeline');
  if (!isDoc(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  const first = Object.keys(update)[0];
  return first?.startsWith('$') === true ? parseOperators(update) : parseReplacement(update);
}

function parseReplacement(replacement: Doc): Update {
  for (const name of Object.keys(replacement))
    if (name.startsWith('$'))
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  return {
    replaces: true,
    apply: (document) => {
      const { _id, ...rest } = replacement;
      const kept = document._id;
      if (_id !== undefined && kept !== undefined && !same(_id, kept))
        throw new CommandError(
          66,
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(_id)}`,
        );
      const id = kept ?? _id;
      return copy(id === undefined ? rest : { _id: id, ...rest });
    },
  };
}

interface Step extends Change {
  path: string;
  parts: string[];
}

function parseOperators(update: Doc): Update {
  const steps: Step[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    if (!isOneOf(UPDATE_OPERATORS, operator)) {
      if (operator.startsWith('$')) throw notImplemented(operator);
      throw new CommandError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields))
      throw new CommandError(
        9,
        `Modifiers operate on fields but we found type ${fields === null ? 'null' : typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      );
    for (const [path, operand] of Object.entries(fields))
      steps.push({ ...CHANGES[operator](operand, path), path, parts: updatePath(path) });
  }
  checkConflicts(steps);
  // Since 5.0 fields are set in the order of their names, numbers by value.
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  return { replaces: false, apply: (document, inserting) => applySteps(steps, document, inserting) };
}

function applySteps(steps: Step[], document: Doc, inserting: boolean): Doc {
  const result = copy(document);
  for (const step of steps) {
    if (step.onInsertOnly === true && !inserting) continue;
    const place = placeOf(result, step.parts, step.creates);
    if (place !== undefined) step.apply(place, document, step.path);
    if (step.parts[0] === '_id' && document._id !== undefined && !same(document._id, result._id))
      throw new CommandError(
        66,
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      );
  }
  return result;
}

function checkConflicts(steps: Step[]): void {
  const seen = new Map<string, boolean>();
  for (const { path, parts } of steps) {
    for (let length = 1; length <= parts.length; length++) {
      const start = parts.slice(0, length).join('.');
      const isEnd = length === parts.length;
      const before = seen.get(start);
      if (before === true || (isEnd && before === false))
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${start}'`);
      seen.set(start, isEnd);
    }
  }
}

function comparePaths(a: string[], b: string[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === undefined) break;
    if (left === right) continue;
    if (isPosition(left) && isPosition(right)) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/**
 * The document an upsert inserts: the filter's equalities, then the update, and an `_id` (a new ObjectId where
 * neither gives one), which comes first.
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.update/#upsert-behavior
 */
export function upserted(query: Doc, update: Update): Doc {
  const base: Doc = {};
  for (const part of conjuncts(parseFilter(query))) {
    if (part.kind !== 'field' || part.test.kind !== 'eq') continue;
    if (update.replaces && part.path.join('.') !== '_id') continue;
    const place = placeOf(base, part.path, true);
    if (place?.get() !== undefined)
      throw new CommandError(
        54,
        `cannot infer query fields to set, path '${part.path.join('.')}' is matched twice`,
      );
    place?.set(copy(part.test.value));
  }
  return withId(update.apply(base, true));
}

/** The document with its `_id` first, a new ObjectId where it has none. Throws code 2 or 52 for an impossible `_id`. */
export function withId(document: Doc): Doc {
  const { _id, ...rest } = document;
  checkId(_id);
  return { _id: _id ?? (Object.hasOwn(document, '_id') ? null : new ObjectId()), ...rest };
}
