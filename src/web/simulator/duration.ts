/** Lengths of time as a person types them: `90s`, `30m`, `3h`, `7d`, `2w`. */

const SECOND = 1000;
const UNITS = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
} as const;

/** The furthest that time may be moved in one go, in milliseconds: 400 days. */
export const LONGEST_WAIT = 400 * UNITS.d;

/** Not a length of time; its message is meant for whoever typed it. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/**
 * Reads a length of time: a whole number and a unit (s, m, h, d, w), spaces and case aside.
 * @returns milliseconds, 0 … LONGEST_WAIT. @throws DurationError for anything else.
 */
export function parseDuration(text: string): number {
  const [, sign, digits, unit] = /^([-+]?)(\d{1,9})\s*([smhdw])$/.exec(text.trim().toLowerCase()) ?? [];
  if (digits === undefined || unit === undefined) {
    throw new DurationError('Write a whole number and a unit, such as 30m, 3h, 7d or 2w.');
  }
  if (sign === '-') throw new DurationError('Time only moves forward: leave out the minus sign.');
  const milliseconds = Number(digits) * UNITS[unit as keyof typeof UNITS];
  if (milliseconds > LONGEST_WAIT) throw new DurationError('At most 400 days at a time: try 400d or less.');
  return milliseconds;
}
