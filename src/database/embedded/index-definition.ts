import { isDoc, type Doc, type Value } from './bson-codec';
import { definitionOf, type Collection, type Index } from './catalog';
import { same } from './compare';
import { CommandError, notImplemented } from './errors';
import { isTruthy, parseFilter, type Filter } from './filter';
import { checkOptions } from './operators';
import { show } from './show';

const OPTIONS = [
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
];
const cannot = (message: string): CommandError => new CommandError(67, message);

/**
 * Checks one index as `createIndexes` gets it and brings it to its stored form.
 * @throws code 67 or 2 for a wrong one, 238 for text, geo, hashed and wildcard indexes and further options.
 * @see https://www.mongodb.com/docs/manual/reference/command/createIndexes/
 */
export function indexDefinition(given: Value): Doc {
  if (!isDoc(given)) throw new CommandError(14, 'The index specification must be an object');
  checkOptions('index', given, OPTIONS);
  const key = given.key;
  if (!isDoc(key) || Object.keys(key).length === 0) throw cannot('Index keys cannot be empty.');
  for (const [path, order] of Object.entries(key)) checkKey(path, order);
  const definition: Doc = { key, name: nameOf(given, key) };
  if (isTruthy(given.unique)) definition.unique = true;
  if (isTruthy(given.sparse)) definition.sparse = true;
  const expiry = given.expireAfterSeconds;
  if (expiry !== undefined) {
    const seconds = Number(expiry);
    if (!(seconds >= 0 && seconds <= 2147483647))
      throw cannot(`TTL index 'expireAfterSeconds' option must be within 0 and 2147483647`);
    if (Object.keys(key).length > 1)
      throw cannot('TTL indexes are single-field indexes, compound indexes do not support TTL.');
    definition.expireAfterSeconds = seconds;
  }
  const partial = given.partialFilterExpression;
  if (partial !== undefined) {
    if (!isDoc(partial)) throw cannot(`The field 'partialFilterExpression' must be an object`);
    if (definition.sparse === true) throw cannot(`cannot mix "partialFilterExpression" and "sparse" options`);
    checkPartial(parseFilter(partial));
    definition.partialFilterExpression = partial;
  }
  return definition;
}

function checkKey(path: string, order: Value): void {
  if (typeof order === 'string') throw notImplemented(`${order} index`);
  if (path.includes('$**')) throw notImplemented('wildcard index');
  if (path.split('.').some((part) => part === '' || part.startsWith('$')))
    throw cannot(`Index key contains an illegal field name: '${path}'`);
  const number = Number(order);
  if (Number.isNaN(number) || number === 0 || typeof order === 'boolean')
    throw cannot(`Values in the index key pattern must be numbers other than 0; '${path}' is not`);
}

function nameOf(given: Doc, key: Doc): string {
  const name = given.name;
  if (typeof name === 'string' && name !== '') return name;
  return Object.entries(key)
    .map(([path, order]) => `${path}_${show(order)}`)
    .join('_');
}

/** @see https://www.mongodb.com/docs/manual/core/index-partial/ (equality, exists, comparisons, $and, $or, $in) */
function checkPartial(filter: Filter): void {
  if (filter.kind === 'field') {
    if (['eq', 'in', 'exists', 'gt', 'gte', 'lt', 'lte'].includes(filter.test.kind)) return;
    throw cannot('unsupported expression in partial index');
  }
  if (filter.kind === 'nor') throw cannot('unsupported expression in partial index: $nor');
  filter.parts.forEach(checkPartial);
}

/**
 * The index that already is what the definition asks for; undefined when there is none.
 * @throws code 86 when another index has the name, 85 when the same key has other options or another name.
 */
export function rival(collection: Collection, definition: Doc): Index | undefined {
  if (Object.keys(definition.key as Doc).join() === '_id') return collection.indexes[0];
  const named = collection.indexes.find(({ name }) => name === definition.name);
  if (named !== undefined) {
    const found = show(definitionOf(named));
    if (!identifies(named, definition))
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(definition)}, existing index: ${found}`,
      );
    if (!sameOptions(named, definition))
      throw new CommandError(
        85,
        `An equivalent index already exists with the same name but different options. Requested index: ${show(definition)}, existing index: ${found}`,
      );
    return named;
  }
  const twin = collection.indexes.find((index) => identifies(index, definition));
  if (twin === undefined) return undefined;
  throw new CommandError(
    85,
    sameOptions(twin, definition)
      ? `Index already exists with a different name: ${twin.name}`
      : `An equivalent index already exists with a different name and options. Requested index: ${show(definition)}, existing index: ${show(definitionOf(twin))}`,
  );
}

/** Key and partial expression tell indexes apart; the other options are properties of the one index. */
function identifies(index: Index, definition: Doc): boolean {
  return (
    same(index.key, definition.key) && same(index.partial?.expression, definition.partialFilterExpression)
  );
}

function sameOptions(index: Index, definition: Doc): boolean {
  return (
    index.unique === (definition.unique === true) &&
    index.sparse === (definition.sparse === true) &&
    index.expireAfterSeconds === definition.expireAfterSeconds
  );
}
