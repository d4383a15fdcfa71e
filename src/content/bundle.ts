/** Reads every file under content/ and checks each against its shape. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Finding } from './finding';
import { disclosureFile, type DisclosureFile } from './disclosure-schema';
import { findingsOf } from './issues';
import { LATIN } from './latin';
import type { Language, ScriptLanguage } from './model';
import * as schema from './schema';
import type { Source } from './place';
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
  when?: Sourced<WhenFile>;
  meetings?: Sourced<schema.MeetingsFile>;
  /** May be missing: then nothing is approved or registered. */
  templates?: Sourced<TemplatesFile>;
  /** Every file that was read, faulty ones too. */
  sources: Source[];
}

const LESSON_FILE = /^(\d\d)-[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;

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

  const bundle: Bundle = { lessons: [], faultyWeeks: [], locales: {}, disclosure: {}, sources };
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
  Object.assign(bundle, {
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
  const templates = join(dir, 'templates.yaml');
  const registry = existsSync(templates) ? read(templates, templatesFile) : undefined;
  if (registry) bundle.templates = registry;
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
