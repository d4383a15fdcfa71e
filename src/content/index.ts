/** The content of the campaign, loaded once, validated and typed. */
export { voiceFile } from './audio';
export { ContentError, formatFinding, type Finding } from './finding';
export { LANGUAGES } from './bundle';
export { LANGUAGE_NAMES } from './names';
export { loadContent, type LoadOptions } from './load';
export { lintContent, lintReport, report, type LintOptions } from './lint';
export { lintCommand, type CommandWorld } from './lint-command';
export { isUnwritten, TO_WRITE } from './unwritten';
export { keyPattern } from './key-pattern';
export type * from './model';
