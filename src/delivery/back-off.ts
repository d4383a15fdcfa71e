/** Waiting times between tries. */

/** A number in [0, 1), injected so that tests are repeatable. */
export type Random = () => number;

/**
 * Exponential back-off with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): a random
 * wait up to `base · 2^attempt`, never more than `cap`, so that what failed together does not return together.
 * @param attempt 0 for the first retry. @returns milliseconds, at least 1.
 */
export function backOff(attempt: number, random: Random, { base = 2_000, cap = 900_000 } = {}): number {
  return 1 + Math.floor(random() * Math.min(cap, base * 2 ** attempt));
}

/** A fixed wait made up to a quarter longer, for waits of hours that need no more than being spread. */
export function spread(milliseconds: number, random: Random): number {
  return Math.round(milliseconds * (1 + random() / 4));
}
