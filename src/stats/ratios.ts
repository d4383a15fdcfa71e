/** What is worked out of counts: shares of one in another, and where people leave a lesson. Pure. */
import type { CountName } from './measures';
import type { Shown } from './read';

/** A share: the counts whose sum stands above the line, and the one below it. */
export const RATIOS = {
  openedRate: { of: ['opened'], in: 'offered' },
  completionRate: { of: ['completed'], in: 'offered' },
  rightRate: { of: ['right'], in: 'opened' },
  reflectedRate: { of: ['reflected'], in: 'opened' },
  promiseRate: { of: ['actionPromised'], in: 'completed' },
  checkinRate: { of: ['checkinAnswered'], in: 'checkinAsked' },
  triedRate: { of: ['actionDone', 'actionTried'], in: 'checkinAnswered' },
  comingRate: { of: ['meetingComing'], in: 'meetingTold' },
  attendedRate: { of: ['attended'], in: 'meetingTold' },
  deliveredRate: { of: ['delivered'], in: 'sent' },
  readRate: { of: ['read'], in: 'delivered' },
} as const satisfies Record<string, { of: readonly CountName[]; in: CountName }>;
export type RatioName = keyof typeof RATIOS;

/**
 * @param count as it may be shown in the cut
 * @returns between 0 and 1 (an answer may fall into a later period than its question: then 1); undefined where one of
 * the counts is hidden, or there is nothing to have a share in
 */
export function ratio(count: (name: CountName) => Shown, name: RatioName): number | undefined {
  const { of, in: whole } = RATIOS[name];
  const below = count(whole);
  const above = of.map((one) => count(one));
  if (below === undefined || below === 0 || above.includes(undefined)) return undefined;
  return Math.min(1, above.reduce<number>((sum, one = 0) => sum + one, 0) / below);
}

/** The steps of a lesson at which somebody can leave it. */
export const DROP_OFFS = ['offered', 'opened', 'reflected'] as const;
export type DropOff = (typeof DROP_OFFS)[number];

/**
 * How many came to a step of a lesson and no further: they were offered it and did not answer, answered and did not
 * come past the reflection (given or left out), came past that and did not answer the action.
 * @param steps a lesson of `PeriodFigures.lessons`; undefined where a count that is needed is hidden
 */
export function dropOff(steps: Record<string, Shown>): Record<DropOff, Shown> {
  const count = (name: string): Shown => (name in steps ? steps[name] : 0);
  const less = (from: Shown, ...rest: Shown[]): Shown =>
    from === undefined || rest.includes(undefined)
      ? undefined
      : Math.max(0, from - rest.reduce<number>((sum, one = 0) => sum + one, 0));
  const reflected = [count('reflected'), count('skipped')];
  const past = reflected.includes(undefined)
    ? undefined
    : reflected.reduce<number>((sum, one = 0) => sum + one, 0);
  return {
    offered: less(count('offered'), count('opened')),
    opened: less(count('opened'), ...reflected),
    reflected: less(past, count('completed')),
  };
}

/** What the SMS cost, in rupees without tax. @param perSegment the price of one charged part */
export function smsRupees(segments: Shown, perSegment: number | undefined): number | undefined {
  return segments === undefined || perSegment === undefined
    ? undefined
    : Math.round(segments * perSegment * 100) / 100;
}
