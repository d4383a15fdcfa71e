/** What was understood of a typed day and hour. */

export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

/** Why a day or an hour cannot be used, though one was named. Each has its own words: `when.problem.<problem>`. */
export type Problem =
  'no-such-day' | 'no-such-hour' | 'odd-hour' | 'past' | 'far' | 'two-days' | 'two-hours' | 'weekday-differs';

export interface Reading {
  /** `2026-06-14` in his zone; absent when no day was read. */
  day?: string;
  /** `17:00`; absent when no hour was read. */
  hour?: string;
  /** A part of the day that was named without an hour. */
  part?: PartOfDay;
  /** The half of the day was not said: the likelier one was taken, and the preview must show it. */
  assumed?: true;
  problem?: Problem;
  /** What is left of the text, as typed: a place, mostly. */
  rest: string;
}
