/** content/ → one typed, frozen value. */
import { LANGUAGES, SCRIPT_LANGUAGES, readBundle, type Bundle, type SourcedLesson } from './bundle';
import { ContentError } from './finding';
import { inEveryLanguage, LATIN } from './latin';
import type { Content, Language, Lesson, ScriptLanguage, Series } from './model';
import { checkStructure, versionOf } from './structure';
import { NO_TEMPLATES } from './templates-schema';
import { collectTexts, type Text } from './texts';
import { checkUnwritten } from './unwritten';

export interface LoadOptions {
  /** Let texts pass that are still to be written: for an author's eyes only. */
  drafts?: boolean;
}

/**
 * Loads everything under `dir` (the `content/` folder). Reads the disk once, synchronously.
 * Out: deeply frozen; lessons ordered by week, consecutive from 1; texts in NFC.
 * Throws ContentError, whose message lists every fault with file, line and way out; the exit code is the caller's.
 */
export function loadContent(dir: string, { drafts = false }: LoadOptions = {}): Content {
  const { bundle, findings } = readBundle(dir);
  const unwritten = drafts ? [] : checkUnwritten(collectTexts(bundle));
  const faults = [...findings, ...checkStructure(bundle), ...unwritten];
  const { pledges, activities, calendar, helplines, hubs, geography, words, when, meetings } = bundle;
  const { disclosure, concepts } = bundle;
  if (bundle.lessons.length === 0 && faults.length === 0) {
    faults.push({
      severity: 'error',
      file: dir,
      line: 1,
      thing: 'lessons',
      message: 'there is no lesson. Write at least one; docs/adding-a-lesson.md shows how.',
    });
  }
  if (
    faults.length > 0 ||
    !pledges ||
    !activities ||
    !calendar ||
    !helplines ||
    !hubs ||
    !geography ||
    !words ||
    !when ||
    !meetings ||
    !concepts ||
    !isWhole(disclosure)
  )
    throw new ContentError(faults);

  const content: Content = {
    lessons: bundle.lessons.map(toLesson),
    states: geography.value.states.map((state) => ({
      ...state,
      name: inEveryLanguage(state.name, 'en'),
      districts: state.districts.map((district) => ({
        ...district,
        name: inEveryLanguage(district.name, 'en'),
      })),
    })),
    pledges: pledges.value.pledges.map((pledge) => ({
      ...pledge,
      title: inEveryLanguage(pledge.title),
      text: inEveryLanguage(pledge.text),
      steps: pledge.steps.map((step) => ({ ...step, text: inEveryLanguage(step.text) })),
    })),
    activities: activities.value.activities.map((activity) => ({
      ...activity,
      title: inEveryLanguage(activity.title),
    })),
    campaignDays: calendar.value.days.map((day) => ({
      ...day,
      name: inEveryLanguage(day.name),
      greeting: inEveryLanguage(day.greeting),
    })),
    helplines: helplines.value.helplines.map((line) => ({ ...line, name: inEveryLanguage(line.name) })),
    hubs: hubs.value.hubs.map(({ office, ...hub }) => ({
      ...hub,
      ...(office && { office: inEveryLanguage(office) }),
    })),
    responseTimes: { take: hubs.value.take, close: hubs.value.close },
    words: words.value,
    disclosure: {
      words: {
        hi: disclosure.hi.value,
        bn: disclosure.bn.value,
        or: disclosure.or.value,
        en: disclosure.en.value,
      },
      ...concepts.value,
      trained: bundle.trained,
    },
    when: when.value,
    attendance: meetings.value.attendance,
    discussed: Object.keys(meetings.value.questions),
    voices: bundle.voices,
    series: bundle.series.map(toSeries),
    templates: bundle.templates?.value ?? NO_TEMPLATES,
    ...(bundle.rates && {
      smsPrice: Math.max(...bundle.rates.value.rates.map(({ perSegment }) => perSegment)),
    }),
    resources: buildResources(collectTexts(bundle)),
    consentVersion: consentVersion(bundle),
  };
  return deepFreeze(inNfc(content));
}

/** Is there one for every language in its own script? */
function isWhole<T>(some: Partial<Record<ScriptLanguage, T>>): some is Record<ScriptLanguage, T> {
  return SCRIPT_LANGUAGES.every((language) => some[language] !== undefined);
}

function toLesson({ value, slug }: SourcedLesson): Lesson {
  const { week, theme, title, sources, hi, bn, or, en } = value;
  const text = { hi, bn, or, en, [LATIN]: value[LATIN] ?? hi };
  return { week, slug, theme, title: inEveryLanguage(title), sources, text };
}

function toSeries({ id, value }: Bundle['series'][number]): Series {
  const everywhere = (link: string) =>
    Object.fromEntries(LANGUAGES.map((language) => [language, link])) as Record<Language, string>;
  return {
    id,
    episodes: value.episodes.map(({ link }) => (typeof link === 'string' ? everywhere(link) : link)),
  };
}

function consentVersion({ locales }: Bundle): string {
  return versionOf(locales.en?.value) ?? '';
}

/** Nests texts under their keys, per language, as i18next wants them; Hindi first where Latin letters are missing. */
function buildResources(texts: readonly Text[]): Record<Language, Record<string, unknown>> {
  const resources: Record<Language, Record<string, unknown>> = {
    hi: {},
    bn: {},
    or: {},
    en: {},
    [LATIN]: {},
  };
  const standIns = texts
    .filter(({ language }) => language === 'hi')
    .map((text): Text => ({ ...text, language: LATIN }));
  for (const { key, language, text } of [...standIns, ...texts]) {
    const steps = key.split('.');
    const last = steps.pop() ?? key;
    const parent = steps.reduce(
      (node, step) => (node[step] ??= {}) as Record<string, unknown>,
      resources[language],
    );
    parent[last] = text;
  }
  return resources;
}

/** Keyboards differ in how they compose letters; from here on there is one form (ids are ASCII and unaffected). */
function inNfc<T>(value: T): T {
  if (typeof value === 'string') return value.normalize('NFC') as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => inNfc(entry)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inNfc(child as unknown)])) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((child) => deepFreeze(child as unknown));
    Object.freeze(value);
  }
  return value;
}
