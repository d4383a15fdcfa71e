/** The journal → figures. Definitions are in measures.ts, ratios.ts and docs/statistics.md, nowhere else. */
export {
  areas,
  AREA_SORTS,
  series,
  shown,
  SMALLEST_SHOWN,
  type AreaSort,
  type PeriodFigures,
  type SeriesQuery,
  type Shown,
} from './read';
export { networks } from './cuts';
export { Rollup, type RollupParts } from './rollup';
export { periodAt, periodsBetween, type Period, type PeriodKind } from './periods';
export { COUNTS, LESSON_STEPS, type CountName } from './measures';
export { dropOff, DROP_OFFS, ratio, RATIOS, smsRupees, type DropOff, type RatioName } from './ratios';
export { activeWeeks, day, figureOrders } from './telling';
export { retention, type Cohort } from './retention';
