import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { CommandError, notImplemented } from './errors';

/**
 * A BSON value in memory. `number` is an int32 when it is a whole number that fits one and a double otherwise; a
 * double with such a whole value stays wrapped as `Double`, so that every type survives reading and writing.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Date
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

/** A document in memory; field order is kept. */
export interface Doc {
  [field: string]: Value;
}

const MIN_KEY = new MinKey();
const MAX_KEY = new MaxKey();

/** Whether the number is written as an int32 (bson's serializer makes the same choice). */
const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  /** @param wanted the fields to read at this level; all where it is not given. */
  document(asArray: boolean, wanted?: ReadonlySet<string>): Doc | Value[] {
    const size = this.bytes.readInt32LE(this.at);
    const end = this.at + size - 1;
    if (size < 5 || end >= this.bytes.length) throw new CommandError(2, 'The BSON document is cut short.');
    this.at += 4;
    const fields: Doc = {};
    const items: Value[] = [];
    while (this.at < end) {
      const type = this.bytes[this.at++];
      const name = this.cString();
      if (wanted?.has(name) === false) {
        this.skip(type, name);
        continue;
      }
      const value = this.value(type, name);
      if (asArray) items.push(value);
      else if (name === '__proto__')
        Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
      else fields[name] = value;
    }
    this.at = end + 1;
    return asArray ? items : fields;
  }

  private value(type: number | undefined, name: string): Value {
    const { bytes, at } = this;
    switch (type) {
      case 0x01: {
        this.at += 8;
        const value = bytes.readDoubleLE(at);
        return isInt32(value) ? new Double(value) : value;
      }
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(false);
      case 0x04:
        return this.document(true);
      case 0x05: {
        const length = bytes.readInt32LE(at);
        this.at += 5 + length;
        // The old subtype 2 carries its length a second time.
        return new Binary(
          Buffer.from(bytes.subarray(at + (bytes[at + 4] === 2 ? 9 : 5), at + 5 + length)),
          bytes[at + 4],
        );
      }
      case 0x07:
        this.at += 12;
        return new ObjectId(Buffer.from(bytes.subarray(at, at + 12)));
      case 0x08:
        this.at += 1;
        return bytes[at] === 1;
      case 0x09:
        this.at += 8;
        return new Date(bytes.readInt32LE(at + 4) * 4294967296 + bytes.readUInt32LE(at));
      case 0x0a:
        return null;
      case 0x0b:
        return new BSONRegExp(this.cString(), this.cString());
      case 0x10:
        this.at += 4;
        return bytes.readInt32LE(at);
      case 0x11:
        this.at += 8;
        return new Timestamp({ t: bytes.readUInt32LE(at + 4), i: bytes.readUInt32LE(at) });
      case 0x12:
        this.at += 8;
        return new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4));
      case 0x13:
        this.at += 16;
        return new Decimal128(Buffer.from(bytes.subarray(at, at + 16)));
      case 0xff:
        return MIN_KEY;
      case 0x7f:
        return MAX_KEY;
      default:
        throw notImplemented(`BSON type ${type ?? 'missing'} of field ${name}`);
    }
  }

  private skip(type: number | undefined, name: string): void {
    if (type === 0x03 || type === 0x04) this.at += this.bytes.readInt32LE(this.at);
    else if (type === 0x02) this.at += 4 + this.bytes.readInt32LE(this.at);
    else this.value(type, name);
  }

  private string(): string {
    const length = this.bytes.readInt32LE(this.at);
    const start = this.at + 4;
    this.at = start + length;
    return this.text(start, start + length - 1);
  }

  private cString(): string {
    const start = this.at;
    let end = start;
    while (this.bytes[end] !== 0) {
      if (end >= this.bytes.length) throw new CommandError(2, 'The BSON document is cut short.');
      end++;
    }
    this.at = end + 1;
    return this.text(start, end);
  }

  /** Short ASCII is put together here, which is much quicker than a call into the runtime. */
  private text(start: number, end: number): string {
    if (end - start < 16) {
      let text = '';
      for (let at = start; at < end; at++) {
        const byte = this.bytes[at] ?? 0x80;
        if (byte >= 0x80) return this.bytes.toString('utf8', start, end);
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return this.bytes.toString('utf8', start, end);
  }
}

/** Reads one BSON document that begins at the offset. Nothing in the result points into `bytes`. Throws code 2 or 238. */
export const decode = (bytes: Buffer, offset = 0): Doc => new Reader(bytes, offset).document(false) as Doc;

/** Reads only the named fields of a document. */
export const decodeFields = (bytes: Buffer, wanted: ReadonlySet<string>): Doc =>
  new Reader(bytes, 0).document(false, wanted) as Doc;

/** Writes a document as BSON; throws code 10334 past 16 MiB (https://www.mongodb.com/docs/manual/reference/limits/). */
export function encode(document: Doc): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true });
  if (bytes.length > 16 * 1024 * 1024)
    throw new CommandError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16777216`,
    );
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Whether the value is an embedded document (not an array, not one of BSON's own types). */
export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A copy whose containers are new and whose leaves are shared; leaves are never changed in place. */
export function copy<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => copy(item)) as T;
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const key of Object.keys(value))
    Object.defineProperty(result, key, {
      value: copy(value[key] as Value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return result as T;
}
