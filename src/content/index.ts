/** The content of the campaign, loaded once, validated and typed. */
export { ContentError, formatFinding, type Finding } from './finding';
export { loadContent } from './load';
export { normalise } from './normalise';
export type * from './model';
