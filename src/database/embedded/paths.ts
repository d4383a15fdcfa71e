import { isDoc, type Value } from './bson-codec';

const INDEX = /^(0|[1-9]\d*)$/;

/** Whether a path's part can name a place in an array. */
export const isPosition = (part: string): boolean => INDEX.test(part);

/** The field's own value; undefined when there is none (never something inherited). */
export const own = (holder: Value | undefined, field: string): Value | undefined =>
  isDoc(holder) && Object.hasOwn(holder, field) ? holder[field] : undefined;

/** One thing a path leads to. `whole` marks an array offered as itself after its elements. */
export type Visit = (value: Value | undefined, whole: boolean) => boolean;

/**
 * Walks a dotted path as a query condition does: an array met on the way stands for each of its embedded
 * documents, a number also for that place in the array, and an array at the end for its elements and then itself.
 * `visit` is called with undefined where the path leads nowhere; once it returns true the walk ends and is true.
 * @param leaf whether the array at the end is unfolded ($size and $elemMatch look at it unopened).
 * @see https://www.mongodb.com/docs/manual/tutorial/query-array-of-documents/
 */
export function walk(
  holder: Value | undefined,
  path: readonly string[],
  visit: Visit,
  leaf = true,
  at = 0,
): boolean {
  let value: Value | undefined = holder;
  while (at < path.length && !Array.isArray(value)) {
    value = own(value, path[at] ?? '');
    at++;
  }
  if (!Array.isArray(value)) return visit(value, false);
  if (at === path.length) {
    if (leaf) for (const item of value) if (visit(item, false)) return true;
    return visit(value, true);
  }
  const part = path[at] ?? '';
  const position = isPosition(part) ? Number(part) : -1;
  for (const [index, item] of value.entries()) {
    if (isDoc(item) && walk(item, path, visit, leaf, at)) return true;
    if (index !== position) continue;
    if (at + 1 === path.length) {
      if (visit(item, false)) return true;
    } else if (typeof item === 'object' && item !== null && walk(item, path, visit, leaf, at + 1))
      return true;
  }
  return false;
}

/** Whether walking the path meets an array in this document: such a document makes an index on it multikey. */
export function meetsArray(holder: Value | undefined, path: readonly string[]): string | undefined {
  let value = holder;
  for (const [at, part] of path.entries()) {
    value = own(value, part);
    if (Array.isArray(value)) return path.slice(0, at + 1).join('.');
  }
  return undefined;
}

/**
 * The value of a field path in an aggregation expression: arrays on the way are mapped over, positions mean nothing.
 * @see https://www.mongodb.com/docs/manual/core/field-paths/
 */
export function expressionPath(
  holder: Value | undefined,
  path: readonly string[],
  at = 0,
): Value | undefined {
  if (at === path.length) return holder;
  if (Array.isArray(holder))
    return holder.map((item) => expressionPath(item, path, at)).filter((item) => item !== undefined);
  return isDoc(holder) ? expressionPath(own(holder, path[at] ?? ''), path, at + 1) : undefined;
}
