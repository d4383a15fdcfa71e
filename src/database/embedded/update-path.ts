import { isDoc, type Doc, type Value } from './bson-codec';
import { CommandError, notImplemented } from './errors';
import { isPosition, own } from './paths';
import { show } from './show';

/** More nulls than this are not put before an element that is set far beyond an array's end. */
const MOST_PADDING = 1_500_000;

/** Takes a path apart. Throws code 56 for an empty part, 238 for the positional operators, 52 for another `$`. */
export function updatePath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  for (const part of parts) {
    if (part === '$' || part.startsWith('$[')) throw notImplemented(`positional operator ${part}`);
    if (part.startsWith('$'))
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`,
      );
  }
  return parts;
}

/** A place in a document: a field of an embedded document or an element of an array. */
export interface Place {
  get(): Value | undefined;
  set(value: Value): void;
  unset(): void;
}

/**
 * The place a path leads to. With `create`, embedded documents are made on the way.
 * @returns undefined where the path leads nowhere and `create` is false.
 * @throws code 28 where a field would have to be created inside something that is no document.
 */
export function placeOf(document: Doc, parts: readonly string[], create: boolean): Place | undefined {
  let holder: Value = document;
  let name = '';
  for (const [at, part] of parts.entries()) {
    const place = child(holder, part);
    if (place === undefined) {
      if (!create) return undefined;
      throw new CommandError(28, `Cannot create field '${part}' in element {${name}: ${show(holder)}}`);
    }
    if (at === parts.length - 1) return place;
    let next = place.get();
    if (next === undefined) {
      if (!create) return undefined;
      next = {};
      place.set(next);
    }
    holder = next;
    name = part;
  }
  return undefined;
}

function child(holder: Value, part: string): Place | undefined {
  if (Array.isArray(holder)) return isPosition(part) ? element(holder, Number(part)) : undefined;
  if (!isDoc(holder)) return undefined;
  return {
    get: () => own(holder, part),
    set: (value) =>
      Object.defineProperty(holder, part, { value, enumerable: true, configurable: true, writable: true }),
    unset: () => Reflect.deleteProperty(holder, part),
  };
}

function element(array: Value[], index: number): Place {
  return {
    get: () => array[index],
    set: (value) => {
      if (index - array.length > MOST_PADDING)
        throw new CommandError(2, `Cannot backfill more than ${MOST_PADDING} elements`);
      while (array.length < index) array.push(null);
      array[index] = value;
    },
    // Taking an element out of an array leaves a null, so that the others keep their places.
    unset: () => {
      if (index < array.length) array[index] = null;
    },
  };
}
