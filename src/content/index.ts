/** The content of the campaign, loaded once, validated and typed. */
export { ContentError, formatFinding, type Finding } from './finding';
export { loadContent } from './load';
export { lintContent, lintReport, report, type LintOptions } from './lint';
export { lintCommand, type CommandWorld } from './lint-command';
export { keyPattern } from './templates';
export type * from './model';
