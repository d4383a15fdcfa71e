import { decode, encode, type Doc } from './bson-codec';
import { CommandError } from './errors';

/** Numbers of MongoDB's wire protocol (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/). */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const HEADER = 16;

/** The longest message taken: 48,000,000 bytes, as `hello` announces. */
export const LONGEST_MESSAGE = 48_000_000;

/** One request as it came in. Documents of kind-1 sections stay raw: `sequences` holds their bytes by field name. */
export interface Request {
  id: number;
  /** Old-style requests (only the first `hello` of a connection) are answered old-style. */
  legacy: boolean;
  database: string;
  body: Doc;
  sequences: Map<string, Buffer[]>;
  /** False for a write with `{w: 0}`: nobody waits for the answer. */
  answers: boolean;
}

/** Reads one whole message. Throws an Error for one that cannot be understood: the connection is then closed. */
export function parseMessage(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return parseMsg(message, id);
  if (opCode === OP_QUERY) return parseQuery(message, id);
  throw new Error(`The embedded server does not understand wire operation ${opCode}.`);
}

function parseMsg(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(HEADER);
  const end = message.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  const sequences = new Map<string, Buffer[]>();
  let body: Doc | undefined;
  for (let at = HEADER + 4; at < end;) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end) throw new Error('A section of the message is cut short.');
    if (kind === 0) body = decode(message.subarray(at + 1, at + 1 + size));
    else if (kind === 1) {
      const name = message.toString('utf8', at + 5, message.indexOf(0, at + 5));
      sequences.set(name, documents(message.subarray(at + 6 + Buffer.byteLength(name), at + 1 + size)));
    } else throw new Error(`The message has a section of unknown kind ${kind ?? 'none'}.`);
    at += 1 + size;
  }
  if (body === undefined) throw new Error('The message has no body.');
  return {
    id,
    legacy: false,
    database: databaseOf(body),
    body,
    sequences,
    answers: (flags & MORE_TO_COME) === 0,
  };
}

function documents(bytes: Buffer): Buffer[] {
  const result: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > bytes.length) throw new Error('A document of the message is cut short.');
    result.push(bytes.subarray(at, at + size));
    at += size;
  }
  return result;
}

function parseQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  const namespace = message.toString('utf8', HEADER + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new Error('Old-style queries are not understood, only commands.');
  const body = decode(message, nameEnd + 9);
  return { id, legacy: true, database: namespace.slice(0, -5), body, sequences: new Map(), answers: true };
}

function databaseOf(body: Doc): string {
  const database = body.$db;
  return typeof database === 'string' ? database : '';
}

let lastId = 0;

/** The answer to a request as a message; `body` is a document or its bytes. */
export function replyMessage(request: Request, body: Doc | Buffer): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : encode(body);
  const extra = request.legacy ? 20 : 5;
  const message = Buffer.allocUnsafe(HEADER + extra + bytes.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE((lastId = (lastId + 1) | 0), 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  message.fill(0, HEADER, HEADER + extra);
  if (request.legacy) {
    message.writeInt32LE(8, HEADER); // AwaitCapable
    message.writeInt32LE(1, HEADER + 16); // one document
  }
  bytes.copy(message, HEADER + extra);
  return message;
}

/** The answer that carries documents: `{cursor: {<batch>: [...], id, ns}, ok: 1}`, its documents copied as they are. */
export function cursorReply(
  namespace: string,
  cursorId: number,
  batch: 'firstBatch' | 'nextBatch',
  rows: Buffer[],
): Buffer {
  const names = rows.map((_, index) => Buffer.from(`\x03${index}\0`, 'latin1'));
  const array = 5 + rows.reduce((sum, row, index) => sum + row.length + (names[index]?.length ?? 0), 0);
  const space = Buffer.from(namespace);
  const cursor = 4 + 1 + batch.length + 1 + array + (1 + 3 + 8) + (1 + 3 + 4 + space.length + 1) + 1;
  const bytes = Buffer.allocUnsafe(4 + 8 + cursor + 12 + 1);
  let at = bytes.writeInt32LE(bytes.length, 0);
  at += bytes.write('\x03cursor\0', at, 'latin1');
  at = bytes.writeInt32LE(cursor, at);
  at += bytes.write(`\x04${batch}\0`, at, 'latin1');
  at = bytes.writeInt32LE(array, at);
  for (const [index, row] of rows.entries()) {
    at += (names[index] as Buffer).copy(bytes, at);
    at += row.copy(bytes, at);
  }
  bytes[at++] = 0;
  at += bytes.write('\x12id\0', at, 'latin1');
  at = bytes.writeBigInt64LE(BigInt(cursorId), at);
  at += bytes.write('\x02ns\0', at, 'latin1');
  at = bytes.writeInt32LE(space.length + 1, at);
  at += space.copy(bytes, at);
  bytes[at++] = 0;
  bytes[at++] = 0;
  at += bytes.write('\x01ok\0', at, 'latin1');
  at = bytes.writeDoubleLE(1, at);
  bytes[at] = 0;
  return bytes;
}

/** The answer for a failure. What is no CommandError is reported as an internal error, by its message only. */
export function errorReply(error: unknown): Doc {
  const known =
    error instanceof CommandError
      ? error
      : new CommandError(1, error instanceof Error ? error.message : String(error));
  return {
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...(known.detail as Doc),
  };
}
