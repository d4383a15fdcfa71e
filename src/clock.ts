/** Where the time comes from. Everything that asks for the time is handed a Clock; nothing calls `Date.now`. */
export interface Clock {
  /** The present moment. */
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/**
 * A clock that can be moved forward: the simulator's, the terminal chat's and the tests'.
 * It either stands still between moves (`ticking: false`) or runs on from where it was put.
 */
export class MovableClock implements Clock {
  #offset: number;
  readonly #frozenAt: number | undefined;

  /** @param start the moment it shows first. @param ticking whether real time goes on passing (default: stands still). */
  constructor(
    start: Date,
    { ticking = false, base = systemClock }: { ticking?: boolean; base?: Clock } = {},
  ) {
    this.base = base;
    this.#frozenAt = ticking ? undefined : start.getTime();
    this.#offset = ticking ? start.getTime() - base.now().getTime() : 0;
  }

  private readonly base: Clock;

  now(): Date {
    return new Date((this.#frozenAt ?? this.base.now().getTime()) + this.#offset);
  }

  /** Moves the clock forward. Throws a RangeError for a negative step: time never runs backwards. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('A clock only moves forward.');
    this.#offset += milliseconds;
  }

  /** Moves the clock forward to the given moment; an earlier moment leaves it where it is. */
  moveTo(moment: Date): void {
    this.advance(Math.max(0, moment.getTime() - this.now().getTime()));
  }
}
