import { CommandError } from './errors';
import { cursorReply } from './wire';

/** At most this many documents in a first batch where the client names no number. */
const FIRST_BATCH = 101;
/** A batch ends once it is this long: no reply may pass 48 MB. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** How long one search may keep the others waiting, in milliseconds. */
const TURN = 10;
/** A cursor nobody asks for is forgotten after ten minutes, as MongoDB does. */
const IDLE = 600_000;

/** A result being read: rows come in chunks, possibly empty ones. */
interface Cursor {
  namespace: string;
  chunks: Iterator<Buffer[]>;
  /** The chunk being sent, and how much of it was. */
  pending: Buffer[];
  at: number;
  done: boolean;
  guard: Guard;
  usedAt: number;
}

/** What ends a search early; both throw. */
export interface Guard {
  /** Throws when the command's time is over. */
  inTime: () => void;
  /** Throws when what is being read was dropped meanwhile. */
  stillThere: () => void;
}

/** How much of a result to send: 0 documents is an empty first batch. */
export interface BatchWish {
  batchSize: number | undefined;
  singleBatch: boolean;
  guard: Guard;
}

/** The open cursors of one server. */
export class Cursors {
  private readonly open = new Map<number, Cursor>();
  private lastId = 0;

  /** Answers with the first rows; keeps a cursor for the rest, if there is one. */
  async first(namespace: string, chunks: Iterator<Buffer[]>, wish: BatchWish): Promise<Buffer> {
    const cursor: Cursor = {
      namespace,
      chunks,
      pending: [],
      at: 0,
      done: false,
      guard: wish.guard,
      usedAt: Date.now(),
    };
    const rows = await fill(cursor, wish.batchSize ?? FIRST_BATCH, wish.guard.inTime);
    if (cursor.done || wish.singleBatch) return cursorReply(namespace, 0, 'firstBatch', rows);
    const id = ++this.lastId;
    this.open.set(id, cursor);
    return cursorReply(namespace, id, 'firstBatch', rows);
  }

  /** Answers with further rows. Throws code 43 for a cursor that is not (any longer) open. */
  async next(id: number, batchSize: number): Promise<Buffer> {
    const cursor = this.open.get(id);
    if (cursor === undefined) throw new CommandError(43, `cursor id ${id} not found`);
    cursor.usedAt = Date.now();
    this.open.delete(id);
    cursor.guard.stillThere();
    const rows = await fill(cursor, batchSize === 0 ? Infinity : batchSize, () => undefined);
    if (!cursor.done) this.open.set(id, cursor);
    return cursorReply(cursor.namespace, cursor.done ? 0 : id, 'nextBatch', rows);
  }

  /** Forgets a cursor; false when it is not open. */
  kill(id: number): boolean {
    return this.open.delete(id);
  }

  /** Forgets those that have not been used for a long time. */
  sweep(): void {
    for (const [id, cursor] of this.open) if (Date.now() - cursor.usedAt > IDLE) this.open.delete(id);
  }
}

/** Takes up to `count` rows, giving way to other work now and then. */
async function fill(cursor: Cursor, count: number, inTime: () => void): Promise<Buffer[]> {
  const rows: Buffer[] = [];
  let bytes = 0;
  let began = performance.now();
  for (;;) {
    for (const next of cursor.pending.slice(cursor.at, cursor.at + count - rows.length)) {
      if (rows.length > 0 && bytes + next.length > BATCH_BYTES) return rows;
      bytes += next.length;
      rows.push(next);
      cursor.at++;
    }
    const full = rows.length >= count;
    if (full && cursor.at < cursor.pending.length) return rows;
    const step = cursor.chunks.next();
    if (step.done === true) {
      cursor.done = true;
      return rows;
    }
    cursor.pending = step.value;
    cursor.at = 0;
    if (full && count > 0) return rows;
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setImmediate(resolve));
    inTime();
    cursor.guard.stillThere();
    began = performance.now();
  }
}

/** Runs through the chunks giving way like a cursor does, and calls `take` with each row. */
export async function drain<T>(chunks: Iterable<T[]>, guard: Guard, take: (row: T) => void): Promise<void> {
  let began = performance.now();
  for (const chunk of chunks) {
    for (const row of chunk) take(row);
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setImmediate(resolve));
    guard.inTime();
    guard.stillThere();
    began = performance.now();
  }
}
