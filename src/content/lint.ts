/** Everything that can be wrong with the content, found before a Saathi finds it. */
import { LANGUAGES, readBundle, type Bundle } from './bundle';
import { formatFinding, sortFindings, type Finding } from './finding';
import { LATIN } from './latin';
import { checkAnswers } from './lint/answers';
import { checkAttendance } from './lint/attendance';
import { checkMissingKeys, checkUnreachable, optionGroups, readCode } from './lint/code';
import { checkFreshness } from './lint/freshness';
import { checkGlossary } from './lint/glossary';
import { checkLengths } from './lint/lengths';
import { checkReadability, readabilityTable } from './lint/readability';
import { checkNfc, checkScripts } from './lint/scripts';
import { smsTable } from './lint/sms-cost';
import { checkTranslations } from './lint/translations';
import { checkWhen } from './lint/when';
import { checkStructure } from './structure';
import { checkRegistered } from './templates';
import { collectTexts } from './texts';
import { checkUnwritten, isUnwritten } from './unwritten';

export interface LintOptions {
  /** The present moment, against which `verifiedOn` is judged. */
  today: Date;
  /** Folders of code that ask for texts (`flows`, `src`). Without them, keys and code are not compared. */
  code?: readonly string[];
}

/**
 * Checks everything under `dir` (the `content/` folder). Never throws for bad content; a code folder that
 * cannot be read throws. Out: findings by file and line; the content may go live when none is an error.
 */
export function lintContent(dir: string, options: LintOptions): Finding[] {
  return inspect(dir, options).findings;
}

/** As lintContent, with the report that an author reads: findings, what there is, SMS per lesson and language. */
export function lintReport(dir: string, options: LintOptions): { findings: Finding[]; text: string } {
  const { bundle, findings } = inspect(dir, options);
  return {
    findings,
    text: `${[...findings.map(formatFinding), '', inventory(bundle), inLatinLetters(bundle), '', readabilityTable(collectTexts(bundle)), '', smsTable(bundle), ''].join('\n')}\n${report(findings)}`,
  };
}

/** `2 errors, 1 warning. …`: how it stands, in one line. */
export function report(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}.`;
  return errors === 0
    ? `${counts} The content can go live.`
    : `${counts} Correct the errors, then run this again.`;
}

function inspect(
  dir: string,
  { today, code: folders = [] }: LintOptions,
): { bundle: Bundle; findings: Finding[] } {
  const { bundle, findings } = readBundle(dir);
  const all = collectTexts(bundle);
  const texts = all.filter(({ text }) => !isUnwritten(text));
  const code = readCode(folders);
  const allLocales = LANGUAGES.every((language) => language === LATIN || bundle.locales[language]);
  return {
    bundle,
    findings: sortFindings([
      ...findings,
      ...checkStructure(bundle),
      ...checkUnwritten(all),
      ...checkLengths(texts),
      ...checkScripts(texts),
      ...checkNfc(bundle.sources),
      ...checkAnswers(bundle, texts, optionGroups(code)),
      ...checkWhen(bundle),
      ...checkAttendance(bundle),
      ...checkFreshness(bundle, today),
      ...checkRegistered(bundle),
      ...checkGlossary(bundle, texts),
      ...checkReadability(texts),
      // A locale that could not be read is named above; comparing with it would only say so a hundred times.
      ...(allLocales ? checkTranslations(all) : []),
      ...(allLocales && code.length > 0
        ? [...checkMissingKeys(code, all), ...checkUnreachable(code, all)]
        : []),
    ]),
  };
}

/** `1 error`, `2 errors`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function inventory({
  lessons,
  geography,
  pledges,
  activities,
  calendar,
  helplines,
  words,
  locales,
}: Bundle): string {
  const states = geography?.value.states ?? [];
  return [
    counted(lessons.length, 'lesson'),
    counted(states.length, 'state'),
    counted(states.flatMap(({ districts }) => districts).length, 'district'),
    counted(pledges?.value.pledges.length ?? 0, 'pledge'),
    `${counted(activities?.value.activities.length ?? 0, 'thing')} to report`,
    counted(calendar?.value.days.length ?? 0, 'campaign day'),
    counted(helplines?.value.helplines.length ?? 0, 'helpline'),
    counted(
      Object.values(words?.value ?? {}).flatMap((group) => Object.values(group).flat()).length,
      'phrase',
    ),
    counted(Object.keys(locales).length, 'language'),
  ].join(', ');
}

/** Hindi stands in for what is not yet written in Latin letters: how much that is. */
function inLatinLetters(bundle: Bundle): string {
  const texts = collectTexts(bundle);
  const written = new Set(texts.filter(({ language }) => language === LATIN).map(({ key }) => key));
  const missing = texts.filter(({ language, key }) => language === 'hi' && !written.has(key));
  if (missing.length === 0) return 'Every text is there in Latin letters (hi-Latn) too.';
  const some = missing.slice(0, 3).map(({ key }) => key);
  return `Not yet in Latin letters (hi-Latn): ${counted(missing.length, 'text')}, such as ${some.join(', ')}. Hindi stands in.`;
}
