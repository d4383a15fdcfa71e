/** How people of a demo take what is sent to them. Invented, and meant to look like what such programmes report. */

export interface Temperament {
  /** Of a hundred people, so many are like this. */
  share: number;
  /** How likely he answers something that came by itself … */
  answers: number;
  /** … after so many hours (half of the times). */
  hours: number;
  /** How likely he goes on to the next question while he is at it. */
  goesOn: number;
  /** How likely he knows the right answer of an easy lesson. */
  knows: number;
  reflects: number;
  byVoice: number;
  promises: number;
  /** How likely a promise was kept. */
  keeps: number;
  pledges: number;
  /** Weeks after which he answers half as often as in the beginning; never, where it is left out. */
  tires?: number;
}

export const TEMPERAMENTS = {
  eager: {
    share: 22,
    answers: 0.95,
    hours: 2,
    goesOn: 0.99,
    knows: 0.95,
    reflects: 0.75,
    byVoice: 0.35,
    promises: 0.92,
    keeps: 0.7,
    pledges: 0.75,
  },
  steady: {
    share: 36,
    answers: 0.8,
    hours: 7,
    goesOn: 0.96,
    knows: 0.88,
    reflects: 0.5,
    byVoice: 0.2,
    promises: 0.8,
    keeps: 0.5,
    pledges: 0.45,
    tires: 60,
  },
  fading: {
    share: 24,
    answers: 0.85,
    hours: 9,
    goesOn: 0.92,
    knows: 0.84,
    reflects: 0.35,
    byVoice: 0.15,
    promises: 0.65,
    keeps: 0.4,
    pledges: 0.25,
    tires: 7,
  },
  silent: {
    share: 12,
    answers: 0.12,
    hours: 20,
    goesOn: 0.85,
    knows: 0.8,
    reflects: 0.15,
    byVoice: 0.1,
    promises: 0.4,
    keeps: 0.3,
    pledges: 0.05,
  },
  stopped: {
    share: 6,
    answers: 0.5,
    hours: 14,
    goesOn: 0.9,
    knows: 0.8,
    reflects: 0.2,
    byVoice: 0.1,
    promises: 0.5,
    keeps: 0.3,
    pledges: 0.1,
    tires: 12,
  },
} satisfies Record<string, Temperament>;
export type TemperamentName = keyof typeof TEMPERAMENTS;

/** How likely he answers, so many weeks after he joined. */
export function willingness({ answers, tires }: Temperament, weeks: number): number {
  return tires === undefined ? answers : answers * 0.5 ** (weeks / tires);
}
