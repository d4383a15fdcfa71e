import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { Decimal128, Long } from 'bson';
import type { Doc, Value } from './bson-codec';
import { Rank, rankOf, toDouble } from './compare';

/**
 * Order-preserving bytes for BSON values: for any two values, `compare(a, b) < 0` implies that a's bytes are not
 * above b's. The bytes of different values may be equal (a Long or a Decimal128 is rounded to a double), so an
 * index answers "perhaps" and the document itself decides; `lossy` says whether that happened.
 * No value's bytes are a beginning of another's, so that fields can be strung together and inverted.
 */
export class KeyWriter {
  private bytes = Buffer.allocUnsafe(256);
  private length = 0;
  /** Whether a number was rounded: such an index must not be trusted for its order. */
  lossy = false;

  /** Appends a value; missing counts as null. With `descending` its bytes are inverted. */
  add(value: Value | undefined, descending = false): this {
    const start = this.length;
    const rank = rankOf(value);
    this.byte(rank);
    this.payload(rank, value);
    if (descending) for (let i = start; i < this.length; i++) this.bytes[i] = ~(this.bytes[i] ?? 0) & 0xff;
    return this;
  }

  /** The bytes so far, as a new buffer. */
  done(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  private payload(rank: Rank, value: Value | undefined): void {
    switch (rank) {
      case Rank.Number: {
        this.number(value as Value);
        return;
      }
      case Rank.String: {
        this.text(value as string);
        return;
      }
      case Rank.Object:
        for (const [name, item] of Object.entries(value as Doc)) {
          this.byte(rankOf(item));
          this.text(name);
          this.payload(rankOf(item), item);
        }
        {
          this.byte(0);
          return;
        }
      case Rank.Array:
        for (const item of value as Value[]) this.add(item);
        {
          this.byte(0);
          return;
        }
      case Rank.Binary: {
        const binary = value as Binary;
        this.uint32(binary.length());
        this.byte(binary.sub_type);
        this.raw(binary.value());
        return;
      }
      case Rank.ObjectId: {
        this.raw((value as ObjectId).id);
        return;
      }
      case Rank.Boolean: {
        this.byte(value === true ? 1 : 0);
        return;
      }
      case Rank.Date: {
        this.room(8);
        this.bytes.writeBigInt64BE(BigInt((value as Date).getTime()), this.length);
        this.bytes[this.length] = (this.bytes[this.length] ?? 0) ^ 0x80;
        this.length += 8;
        return;
      }
      case Rank.Timestamp:
        this.uint32((value as Timestamp).t);
        {
          this.uint32((value as Timestamp).i);
          return;
        }
      case Rank.RegExp:
        this.text((value as BSONRegExp).pattern);
        {
          this.text((value as BSONRegExp).options);
          return;
        }
      default:
    }
  }

  private number(value: Value): void {
    const double = toDouble(value);
    if (value instanceof Decimal128 || (value instanceof Long && !Number.isSafeInteger(double)))
      this.lossy = true;
    this.room(8);
    if (Number.isNaN(double)) this.bytes.fill(0, this.length, this.length + 8);
    else {
      this.bytes.writeDoubleBE(double === 0 ? 0 : double, this.length);
      const negative = double < 0;
      for (let i = this.length; i < this.length + 8; i++)
        this.bytes[i] = (this.bytes[i] ?? 0) ^ (negative ? 0xff : i === this.length ? 0x80 : 0);
    }
    this.length += 8;
  }

  /** UTF-8 ended by 0; a 0 or 1 inside becomes 1 1 or 1 2. */
  private text(text: string): void {
    this.room(text.length * 6 + 1);
    const written = this.bytes.write(text, this.length, 'utf8');
    const slice = this.bytes.subarray(this.length, this.length + written);
    if (slice.includes(0) || slice.includes(1)) {
      for (const byte of Buffer.from(slice)) {
        if (byte <= 1) this.bytes[this.length++] = 1;
        this.bytes[this.length++] = byte <= 1 ? byte + 1 : byte;
      }
    } else this.length += written;
    this.bytes[this.length++] = 0;
  }

  private raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  private uint32(value: number): void {
    this.room(4);
    this.bytes.writeUInt32BE(value >>> 0, this.length);
    this.length += 4;
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe((this.length + more) * 2);
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

/** The smallest bytes above everything that begins with `prefix`, which has to begin with a table's id (never all 0xff). */
export function successor(prefix: Buffer): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  const result = Buffer.from(prefix.subarray(0, end));
  result[end - 1] = (result[end - 1] ?? 0) + 1;
  return result;
}

/** Every bit turned over: what an ascending field's bytes are in a descending one. */
export const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte & 0xff));
