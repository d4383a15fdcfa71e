import { add, isNumber } from './arithmetic';
import { copy, isDoc, type Doc, type Value } from './bson-codec';
import { compare, same, toDouble, typeName } from './compare';
import { CommandError, notImplemented } from './errors';
import { parseFilter } from './filter';
import { matches, valueMatches } from './match';
import { isOneOf, PUSH_MODIFIERS, type UpdateOperator } from './operators';
import { identify } from './records';
import { parseSort, Sorter, type SortKey } from './sort';
import { show } from './show';
import type { Place } from './update-path';

/** One operator on one path, its operand checked. `document` is only for messages. */
export interface Change {
  /** Whether missing parents are made. */
  creates: boolean;
  /** Whether it is left out unless a document is being inserted. */
  onInsertOnly?: boolean;
  apply: (place: Place, document: Doc, path: string) => void;
}

const bad = (message: string): CommandError => new CommandError(2, message);

/** Reads one operator's operand for one path. Throws code 2, 9, 14 or 238 for an operand that is wrong. */
export const CHANGES: Record<UpdateOperator, (operand: Value, path: string) => Change> = {
  $set: (value) => ({ creates: true, apply: (place) => place.set(copy(value)) }),
  $setOnInsert: (value) => ({ creates: true, onInsertOnly: true, apply: (place) => place.set(copy(value)) }),
  $unset: () => ({ creates: false, apply: (place) => place.unset() }),
  $inc: (amount, path) => {
    if (!isNumber(amount))
      throw new CommandError(14, `Cannot increment with non-numeric argument: {${path}: ${show(amount)}}`);
    return {
      creates: true,
      apply: (place, document) => {
        const before = place.get();
        if (before !== undefined && !isNumber(before))
          throw new CommandError(
            14,
            `Cannot apply $inc to a value of non-numeric type. {${inner(document)}} has the field '${last(path)}' of non-numeric type ${typeName(before)}`,
          );
        place.set(before === undefined ? amount : add(before, amount, 'fail'));
      },
    };
  },
  $min: (value) => extreme(value, (order) => order < 0),
  $max: (value) => extreme(value, (order) => order > 0),
  $push: (operand) => {
    const push = pushOf(operand);
    return {
      creates: true,
      apply: (place, document, path) => {
        const before = place.get();
        if (before !== undefined && !Array.isArray(before))
          throw bad(
            `The field '${path}' must be an array but is of type ${typeName(before)} in document {${inner(document)}}`,
          );
        place.set(push(before ?? []));
      },
    };
  },
  $addToSet: (operand) => {
    const values = eachOf('$addToSet', operand, ['$each']);
    return {
      creates: true,
      apply: (place, _document, path) => {
        const before = place.get();
        if (before !== undefined && !Array.isArray(before))
          throw bad(
            `Cannot apply $addToSet to non-array field. Field named '${last(path)}' has non-array type ${typeName(before)}`,
          );
        const after = [...(before ?? [])];
        for (const value of values) if (!after.some((item) => same(item, value))) after.push(copy(value));
        place.set(after);
      },
    };
  },
  $pull: (operand) => {
    const goes = pulls(operand);
    return {
      creates: false,
      apply: (place) => {
        const before = place.get();
        if (before === undefined) return;
        if (!Array.isArray(before)) throw bad('Cannot apply $pull to a non-array value');
        place.set(before.filter((item) => !goes(item)));
      },
    };
  },
};

const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
/** `_id: 1` without the braces, as it stands inside these messages. */
const inner = (document: Doc): string => identify(document).slice(2, -2);

function extreme(value: Value, wins: (order: number) => boolean): Change {
  return {
    creates: true,
    apply: (place) => {
      const before = place.get();
      if (before === undefined || wins(compare(value, before))) place.set(copy(value));
    },
  };
}

const isModified = (operand: Value): operand is Doc =>
  isDoc(operand) && Object.keys(operand)[0]?.startsWith('$') === true;

function eachOf(operator: string, operand: Value, known: readonly string[]): Value[] {
  if (!isModified(operand)) return [operand];
  for (const name of Object.keys(operand))
    if (!known.includes(name)) throw notImplemented(`${name} in ${operator}`);
  const each = operand.$each;
  if (!Array.isArray(each))
    throw bad(`The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`);
  return each;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/push/ (inserted, then sorted, then cut) */
function pushOf(operand: Value): (before: Value[]) => Value[] {
  const values = eachOf('$push', operand, PUSH_MODIFIERS);
  const modifiers = isModified(operand) ? operand : {};
  const slice = whole('$slice', modifiers.$slice);
  const position = whole('$position', modifiers.$position);
  const sorted = sorterOf(modifiers.$sort);
  return (before) => {
    const after = [...before];
    after.splice(position ?? after.length, 0, ...values.map((value) => copy(value)));
    const ordered = sorted(after);
    if (slice === undefined) return ordered;
    return slice >= 0 ? ordered.slice(0, slice) : ordered.slice(slice);
  };
}

function whole(name: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = isNumber(value) ? toDouble(value) : NaN;
  if (!Number.isInteger(number))
    throw bad(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  return number;
}

function sorterOf(spec: Value | undefined): (items: Value[]) => Value[] {
  if (spec === undefined) return (items) => items;
  const keys: SortKey[] = isDoc(spec)
    ? parseSort(spec)
    : parseSort({ whole: spec }).map((key) => ({ ...key, path: [] }));
  return (items) => {
    const sorter = new Sorter<Value>(keys);
    for (const item of items) sorter.add(isDoc(spec) ? item : { item }, item);
    return sorter.done();
  };
}

/** A condition on elements, or a value an element has to equal. */
function pulls(operand: Value): (item: Value) => boolean {
  if (isModified(operand) && !isOneOf(['$and', '$or', '$nor'], Object.keys(operand)[0] ?? '')) {
    const filter = parseFilter({ item: operand });
    return (item) => matchesItem(filter, item);
  }
  if (isDoc(operand)) {
    const filter = parseFilter(operand);
    return (item) => isDoc(item) && matches(filter, item);
  }
  const filter = parseFilter({ item: operand });
  return (item) => matchesItem(filter, item);
}

/** The filter on `item`, asked of the value itself: an element that is an array is not opened. */
function matchesItem(filter: ReturnType<typeof parseFilter>, item: Value): boolean {
  if (filter.kind === 'field') return valueMatches(filter.test, item);
  return filter.parts.every((part) => matchesItem(part, item));
}
