import { Binary, BSONRegExp, Decimal128, Double, Long, ObjectId } from 'bson';
import { isDoc, type Value } from './bson-codec';
import { typeName } from './compare';

/** A value as MongoDB's messages print it: `{ a: "x", b: ObjectId('…') }`. */
export function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Double) return value.value.toFixed(1);
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Binary)
    return `BinData(${value.sub_type}, ${Buffer.from(value.value()).toString('hex').toUpperCase()})`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([name, item]) => `${name}: ${show(item)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (value === null || typeof value !== 'object') return String(value);
  return value instanceof Long || value instanceof Decimal128 ? value.toString() : typeName(value);
}
