/**
 * The database's clock, so that several machines agree on what is due and whose lease has run out.
 * Between measurements time is told by the monotonic clock: setting this machine's clock changes nothing.
 */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../clock';

export interface DatabaseClockOptions {
  /** Asks the server for its time (`hello.localTime`). */
  ask: () => Promise<Date>;
  /** Milliseconds of a clock that only ever runs forward; the process's own by default. */
  monotonic?: () => number;
  /** How often the offset is measured anew. */
  everyMs?: number;
  /** Told when a measurement failed; the last one goes on being used. */
  onError?: (error: unknown) => void;
}

/** A round trip longer than this says too little about the server's time, unless it is the first. */
const LONGEST_ROUND_TRIP_MS = 1_000;

export class DatabaseClock implements Clock {
  readonly #ask: () => Promise<Date>;
  readonly #monotonic: () => number;
  readonly #everyMs: number;
  readonly #onError: (error: unknown) => void;
  /** Server time minus monotonic time. */
  #offset: number | undefined;
  #moved = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({
    ask,
    monotonic = () => performance.now(),
    everyMs = 60_000,
    onError = () => undefined,
  }: DatabaseClockOptions) {
    this.#ask = ask;
    this.#monotonic = monotonic;
    this.#everyMs = everyMs;
    this.#onError = onError;
  }

  /** Measures once and then every minute. Rejects when the server can't be asked the first time. */
  async start(): Promise<void> {
    await this.measure();
    this.#timer ??= setInterval(() => {
      this.measure().catch(this.#onError);
    }, this.#everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Asks the server for its time; half the round trip has passed when the answer is here. */
  async measure(): Promise<void> {
    const before = this.#monotonic();
    const server = await this.#ask();
    const roundTrip = this.#monotonic() - before;
    if (this.#offset !== undefined && roundTrip > LONGEST_ROUND_TRIP_MS) return;
    this.#offset = server.getTime() - (before + roundTrip / 2);
  }

  /** The server's present moment, plus what the clock was moved by. */
  now(): Date {
    if (this.#offset === undefined) throw new Error('The database clock was read before it was started.');
    return new Date(Math.round(this.#monotonic() + this.#offset + this.#moved));
  }

  /** Moves the shown time forward (simulator). Throws a RangeError for a negative step. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('A clock only moves forward.');
    this.#moved += milliseconds;
  }

  /** Moves forward to the given moment; an earlier moment leaves it where it is. */
  moveTo(moment: Date): void {
    this.advance(Math.max(0, moment.getTime() - this.now().getTime()));
  }
}

/** How the server is asked: any connected Mongoose connection will do. */
export function askServerTime(connection: {
  db?: { admin(): { command(command: object): Promise<unknown> } } | undefined;
}): () => Promise<Date> {
  return async () => {
    if (!connection.db) throw new Error('The database is not connected.');
    const { localTime } = (await connection.db.admin().command({ hello: 1 })) as { localTime?: unknown };
    if (!(localTime instanceof Date))
      throw new Error('The database did not say what time it is (hello.localTime).');
    return localTime;
  };
}
