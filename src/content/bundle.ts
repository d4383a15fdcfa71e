/** Reads every file under content/ and checks each against its shape. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { readVoices, type Voices } from './audio';
import type { Finding } from './finding';
import { conceptsFile, disclosureFile, type ConceptsFile, type DisclosureFile } from './disclosure-schema';
import { glossaryFile, type GlossaryFile } from './glossary-schema';
import { findingsOf } from './issues';
import { LATIN } from './latin';
import type { Language, ScriptLanguage } from './model';
import * as schema from './schema';
import type { Source } from './place';
import { ratesFile, type RatesFile } from './rates-schema';
import { readSource, shown } from './source';
import { whenFile, type WhenFile } from './when-schema';
import { templatesFile, type TemplatesFile } from './templates-schema';

/** Each in its own script. */
export const SCRIPT_LANGUAGES = ['hi', 'bn', 'or', 'en'] as const satisfies readonly ScriptLanguage[];
export const LANGUAGES = [...SCRIPT_LANGUAGES, LATIN] as const satisfies readonly Language[];

/** A file that has the right shape, with its line positions. */
export interface Sourced<T> {
  source: Source;
  value: T;
}

export type SourcedLesson = Sourced<schema.LessonFile> & { slug: string };

/** All that could be read; a file at fault is absent here and named in the findings. */
export interface Bundle {
  lessons: SourcedLesson[];
  /** Weeks (by file name) of lessons at fault: they are no gap. */
  faultyWeeks: number[];
  locales: Partial<Record<Language, Sourced<schema.LocaleTree>>>;
  pledges?: Sourced<schema.PledgesFile>;
  activities?: Sourced<schema.ActivitiesFile>;
  calendar?: Sourced<schema.CalendarFile>;
  helplines?: Sourced<schema.HelplinesFile>;
  hubs?: Sourced<schema.HubsFile>;
  geography?: Sourced<schema.GeographyFile>;
  words?: Sourced<schema.WordsFile>;
  /** By which words a disclosure is noticed, a file a language. */
  disclosure: Partial<Record<ScriptLanguage, Sourced<DisclosureFile>>>;
  /** The concepts that those words stand for. */
  concepts?: Sourced<ConceptsFile>;
  /** What was learned from labelled messages; empty until `saathi care train` has run. */
  trained: string;
  when?: Sourced<WhenFile>;
  meetings?: Sourced<schema.MeetingsFile>;
  /** By their file's name. There may be none. */
  series: (Sourced<schema.SeriesFile> & { id: string })[];
  /** Weeks of which there is a voice note. */
  voices: Voices;
  /** May be missing: then nothing is approved or registered. */
  templates?: Sourced<TemplatesFile>;
  /** May be missing: then no word is avoided. */
  glossary?: Sourced<GlossaryFile>;
  /** May be missing: then no price is told. */
  rates?: Sourced<RatesFile>;
  /** Every file that was read, faulty ones too. */
  sources: Source[];
}

const LESSON_FILE = /^(\d\d)-[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;

const SERIES_FILE = /^[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;

/** Reads `dir`. Never throws: what is wrong comes back as findings beside whatever could be read. */
export function readBundle(dir: string): { bundle: Bundle; findings: Finding[] } {
  const findings: Finding[] = [];
  const sources: Source[] = [];

  function read<T>(path: string, shape: z.ZodType<T>): Sourced<T> | undefined {
    const { source, findings: faults } = readSource(path);
    sources.push(source);
    findings.push(...faults);
    if (faults.length > 0) return undefined;
    const result = shape.safeParse(source.value);
    if (result.success) return { source, value: result.data };
    findings.push(...findingsOf(result.error.issues, source));
    return undefined;
  }

  const { voices, findings: misplaced } = readVoices(dir, LANGUAGES);
  findings.push(...misplaced);
  const bundle: Bundle = {
    lessons: [],
    faultyWeeks: [],
    locales: {},
    disclosure: {},
    trained: '',
    series: [],
    voices,
    sources,
  };
  const folder = join(dir, 'lessons');
  for (const name of list(folder, findings)) {
    const lesson = LESSON_FILE.test(name) ? read(join(folder, name), schema.lessonFile) : undefined;
    if (lesson) bundle.lessons.push({ ...lesson, slug: name.replace(/\.yaml$/, '') });
    else if (LESSON_FILE.test(name)) bundle.faultyWeeks.push(Number(name.slice(0, 2)));
    else findings.push(misnamed(shown(join(folder, name))));
  }
  bundle.lessons.sort((a, b) => a.value.week - b.value.week);

  for (const language of LANGUAGES) {
    const path = join(dir, 'locales', `${language}.yaml`);
    const locale = language === LATIN && !existsSync(path) ? undefined : read(path, schema.localeFile);
    if (locale) bundle.locales[language] = locale;
  }
  for (const language of SCRIPT_LANGUAGES) {
    const disclosure = read(join(dir, 'care', `${language}.yaml`), disclosureFile);
    if (disclosure) bundle.disclosure[language] = disclosure;
  }
  const trained = join(dir, 'care', 'trained.tsv');
  if (existsSync(trained)) bundle.trained = readFileSync(trained, 'utf8');
  Object.assign(bundle, {
    concepts: read(join(dir, 'care', 'concepts.yaml'), conceptsFile),
    pledges: read(join(dir, 'pledges.yaml'), schema.pledgesFile),
    activities: read(join(dir, 'activities.yaml'), schema.activitiesFile),
    calendar: read(join(dir, 'calendar.yaml'), schema.calendarFile),
    helplines: read(join(dir, 'helplines.yaml'), schema.helplinesFile),
    hubs: read(join(dir, 'gender-hubs.yaml'), schema.hubsFile),
    geography: read(join(dir, 'geography.yaml'), schema.geographyFile),
    words: read(join(dir, 'words.yaml'), schema.wordsFile),
    when: read(join(dir, 'when.yaml'), whenFile),
    meetings: read(join(dir, 'meetings.yaml'), schema.meetingsFile),
  });
  const shelf = join(dir, 'series');
  for (const name of existsSync(shelf) ? list(shelf, findings) : []) {
    const one = SERIES_FILE.test(name) ? read(join(shelf, name), schema.seriesFile) : undefined;
    if (one) bundle.series.push({ ...one, id: name.replace(/\.yaml$/, '') });
    else if (!SERIES_FILE.test(name)) findings.push(misnamedSeries(shown(join(shelf, name))));
  }
  const optional = <T>(name: string, shape: z.ZodType<T>) =>
    existsSync(join(dir, name)) ? read(join(dir, name), shape) : undefined;
  const templates = optional('templates.yaml', templatesFile);
  if (templates) bundle.templates = templates;
  const glossary = optional('glossary.yaml', glossaryFile);
  if (glossary) bundle.glossary = glossary;
  const rates = optional('sms-rates.yaml', ratesFile);
  if (rates) bundle.rates = rates;
  return { bundle, findings };
}

function list(folder: string, findings: Finding[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch {
    findings.push({
      severity: 'error',
      file: shown(folder),
      line: 1,
      thing: '',
      message: 'the folder of lessons cannot be read. Put it back, or name the right content folder.',
    });
    return [];
  }
}

function misnamed(file: string): Finding {
  return {
    severity: 'error',
    file,
    line: 1,
    thing: '',
    message:
      "a lesson's file is named like 03-child-care.yaml: two digits of the week, small letters, hyphens. Rename it or move it elsewhere.",
  };
}

function misnamedSeries(file: string): Finding {
  return {
    severity: 'error',
    file,
    line: 1,
    thing: '',
    message:
      "a series' file is named like naye-daur.yaml: small letters, digits, hyphens. Rename it or move it elsewhere.",
  };
}
