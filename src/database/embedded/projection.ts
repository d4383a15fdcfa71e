import { isDoc, type Doc, type Value } from './bson-codec';
import { typeName } from './compare';
import { CommandError, notImplemented } from './errors';
import { isTruthy } from './filter';
import { expressionPath } from './paths';

/** Fields to keep or to leave out; a leaf is `true`, or the path whose value a `$project` puts there. */
interface Tree {
  [field: string]: true | string[] | Tree;
}

/** A parsed projection, to be applied to documents. */
export type Project = (document: Doc) => Doc;

/**
 * Parses a projection: `{a: 1, 'b.c': 1, _id: 0}` or `{a: 0}`.
 * @param renames whether `{a: '$path'}` is allowed, as in `$project`.
 * @returns undefined for an empty projection, which leaves documents as they are.
 * @throws code 31253 or 31254 for a mixture, 31249 for a collision, 238 for an expression.
 * @see https://www.mongodb.com/docs/manual/tutorial/project-fields-from-query-results/
 */
export function parseProjection(projection: Doc | undefined, renames = false): Project | undefined {
  if (projection === undefined || Object.keys(projection).length === 0) return undefined;
  const tree: Tree = {};
  let including: boolean | undefined;
  let idKept: boolean | undefined;
  for (const [name, value] of leaves(projection)) {
    const leaf = parseLeaf(name, value, renames);
    if (name === '_id') {
      idKept = leaf !== false;
      if (Array.isArray(leaf)) including = true;
      if (Array.isArray(leaf)) plant(tree, name, leaf);
      continue;
    }
    const keep = leaf !== false;
    if (including !== undefined && including !== keep)
      throw keep
        ? new CommandError(31253, `Cannot do inclusion on field ${name} in exclusion projection`)
        : new CommandError(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
    including = keep;
    plant(tree, name, leaf === false ? true : leaf);
  }
  including ??= idKept === true;
  if (including) {
    if (idKept !== false && tree._id === undefined) tree._id = true;
    return (document) => include(document, tree, document);
  }
  if (idKept === false) tree._id = true;
  return (document) => exclude(document, tree);
}

/** Every leaf with its dotted path; `{a: {b: 1}}` is `{'a.b': 1}`. */
function leaves(projection: Doc, above = ''): [string, Value][] {
  return Object.entries(projection).flatMap(([name, value]): [string, Value][] => {
    if (name.startsWith('$')) throw notImplemented(`${name} in a projection`);
    if (!isDoc(value)) return [[above + name, value]];
    if (Object.keys(value).length === 0)
      throw new CommandError(2, 'An empty sub-projection is not a valid value. Found empty object at path');
    return leaves(value, `${above}${name}.`);
  });
}

function parseLeaf(name: string, value: Value, renames: boolean): boolean | string[] {
  if (name.split('.').some((part) => part.startsWith('$') || part === ''))
    throw notImplemented(`projection of ${name}`);
  if (
    typeof value === 'boolean' ||
    typeName(value) === 'int' ||
    typeName(value) === 'double' ||
    typeName(value) === 'long'
  )
    return isTruthy(value);
  if (renames && typeof value === 'string' && /^\$[^$]/.test(value)) return value.slice(1).split('.');
  throw notImplemented(`${typeName(value)} as the projection of ${name}`);
}

function plant(tree: Tree, name: string, leaf: true | string[]): void {
  const parts = name.split('.');
  let at = tree;
  for (const part of parts.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined;
    if (next === true || Array.isArray(next)) throw new CommandError(31249, `Path collision at ${name}`);
    at = next ?? (at[part] = {});
  }
  const last = parts.at(-1) ?? name;
  if (Object.hasOwn(at, last)) throw new CommandError(31249, `Path collision at ${name}`);
  at[last] = leaf;
}

function include(document: Doc, tree: Tree, root: Doc): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const kept = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (kept === true) result[name] = value;
    else if (kept !== undefined && !Array.isArray(kept)) {
      const inner = includeBelow(value, kept, root);
      if (inner !== undefined) result[name] = inner;
    }
  }
  for (const [name, leaf] of Object.entries(tree)) {
    if (Array.isArray(leaf)) {
      const value = expressionPath(root, leaf);
      if (value !== undefined) result[name] = value;
    } else if (leaf !== true && result[name] === undefined && computes(leaf))
      result[name] = include({}, leaf, root);
  }
  return result;
}

const computes = (tree: Tree): boolean =>
  Object.values(tree).some((leaf) => leaf !== true && (Array.isArray(leaf) || computes(leaf)));

/** Inside an array every embedded document is projected and everything else is left out. */
function includeBelow(value: Value, tree: Tree, root: Doc): Value | undefined {
  if (Array.isArray(value))
    return value.map((item) => includeBelow(item, tree, root)).filter((item) => item !== undefined);
  return isDoc(value) ? include(value, tree, root) : undefined;
}

function exclude(document: Doc, tree: Tree): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const gone = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (gone === undefined) result[name] = value;
    else if (gone !== true) result[name] = excludeBelow(value, gone as Tree);
  }
  return result;
}

function excludeBelow(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map((item) => excludeBelow(item, tree));
  return isDoc(value) ? exclude(value, tree) : value;
}
