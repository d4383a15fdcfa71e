/** The journal → figures. Definitions are in measures.ts and docs/statistics.md, nowhere else. */
export {
  areas,
  series,
  shown,
  SMALLEST_SHOWN,
  type PeriodFigures,
  type SeriesQuery,
  type Shown,
} from './read';
export { networks } from './cuts';
export { Rollup, type RollupParts } from './rollup';
export { periodAt, periodsBetween, type Period, type PeriodKind } from './periods';
export { COUNTS, type CountName } from './measures';
