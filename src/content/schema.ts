/** The shapes of the files under content/, as their authors write them. Unknown keys are faults. */
import { z } from 'zod';
import { CARE_TOPICS } from './model';

/** Block scalars end in a line break that nobody means. */
const text = z.string().trim().min(1);
/** Where authors may forget the quotes: numbers count as what they look like. */
const word = z
  .union([z.string(), z.number()], { error: 'must be a word or a number.' })
  .transform(String)
  .pipe(text);
const id = z.string().regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, {
  error: 'an id has only letters a–z, digits and hyphens. Rename it.',
});
/** Hindi in Latin letters may still be missing: what stands in for it says src/content/latin.ts. */
const localised = z.strictObject({ hi: text, bn: text, or: text, en: text, 'hi-Latn': text.exactOptional() });
export const date = z
  .string()
  .refine((value) => isDate(value), { error: 'must be a date that exists, written like 2026-11-24.' });

function isDate(value: string): boolean {
  const parsed = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  return parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

const COUNT = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];
const count = (n: number, thing: string) => `${COUNT[n] ?? n} ${thing}${n === 1 ? '' : 's'}`;

const lessonText = z.strictObject({
  lesson: text,
  question: z
    .strictObject({
      ask: text,
      options: z.array(word).min(2).max(3),
      answer: z.int(),
      feedback: z.array(text),
    })
    .superRefine(({ options, answer, feedback }, context) => {
      if (options.length !== feedback.length) {
        const message = `${count(options.length, 'option')} but ${count(feedback.length, 'feedback')}. Write one feedback per option.`;
        context.addIssue({ code: 'custom', path: ['options'], message });
      }
      if (answer < 0 || answer >= options.length) {
        const message = `${answer} is no option. Write the place of the right one, counted from 0: 0 to ${options.length - 1}.`;
        context.addIssue({ code: 'custom', path: ['answer'], message });
      }
    }),
  reflection: text,
  action: z.strictObject({ ask: text }),
  checkin: text,
  sms: text,
  spoken: text,
});

/** content/lessons/NN-slug.yaml */
export const lessonFile = z
  .strictObject({
    week: z.int().min(1),
    theme: id,
    title: localised,
    sources: z.array(
      z.strictObject({
        title: text,
        url: z.url({ error: 'must be a web address, beginning with https://.' }).exactOptional(),
        verifiedOn: date,
      }),
    ),
    hi: lessonText,
    bn: lessonText,
    or: lessonText,
    en: lessonText,
    'hi-Latn': lessonText.exactOptional(),
  })
  .superRefine((lesson, context) => {
    for (const language of ['hi', 'bn', 'or', 'hi-Latn'] as const) {
      const question = lesson[language]?.question;
      if (!question) continue;
      const { answer, options } = question;
      if (answer !== lesson.en.question.answer) {
        const message = `${answer}, but ${lesson.en.question.answer} in English. Put the options in the same order in every language.`;
        context.addIssue({ code: 'custom', path: [language, 'question', 'answer'], message });
      }
      if (options.length !== lesson.en.question.options.length) {
        const message = `${count(options.length, 'option')}, but ${lesson.en.question.options.length} in English. Write the same options in every language.`;
        context.addIssue({ code: 'custom', path: [language, 'question', 'options'], message });
      }
    }
  });

/** content/pledges.yaml */
export const pledgesFile = z.strictObject({
  pledges: z
    .array(
      z.strictObject({
        id,
        version: word,
        title: localised,
        text: localised,
        steps: z.array(z.strictObject({ id, text: localised })).min(1),
      }),
    )
    .min(1),
});

/** content/activities.yaml */
export const activitiesFile = z.strictObject({
  activities: z
    .array(
      z.strictObject({
        id,
        where: z.enum(['home', 'community'], { error: 'must be home or community.' }),
        title: localised,
      }),
    )
    .min(1),
});

const link = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' });

/** content/series/<id>.yaml: something to listen to beside the lessons, in episodes. */
export const seriesFile = z.strictObject({
  title: localised,
  about: localised,
  episodes: z.array(
    z.strictObject({
      title: localised,
      /** One for all languages, or each its own; whoever has none in his language is not offered the episode. */
      link: z.union([link, z.partialRecord(z.enum(['hi', 'bn', 'or', 'en', 'hi-Latn']), link)]),
    }),
  ),
});

const fixedDay = z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) });
const movingDay = z.strictObject({ dates: z.array(date).min(1) });

/** content/calendar.yaml */
export const calendarFile = z.strictObject({
  themes: z.record(id, localised),
  days: z.array(
    z.strictObject({
      id,
      on: z.union([fixedDay, movingDay], {
        error: 'must be { month: 3, day: 8 } or { dates: ["2027-08-17"] }.',
      }),
      name: localised,
      greeting: localised,
      pledge: z.boolean(),
    }),
  ),
});

/** content/meetings.yaml */
const phrases = z.array(word).min(1);
export const meetingsFile = z.strictObject({
  attendance: z.strictObject({
    all: phrases,
    none: phrases,
    but: phrases,
    to: phrases,
    guests: phrases,
    fillers: phrases,
  }),
  questions: z.record(id, z.array(localised).length(3, { error: 'needs three questions. Write three.' })),
});

/** content/helplines.yaml */
export const helplinesFile = z.strictObject({
  /** Days after which a number must be rung again. */
  checkedEvery: z.int().min(1).max(365),
  helplines: z
    .array(
      z.strictObject({
        id,
        number: word,
        name: localised,
        states: z.array(id),
        hours: word,
        for: z.array(z.enum(CARE_TOPICS)),
        verifiedOn: date,
        source: text,
      }),
    )
    .min(1),
});

/** content/gender-hubs.yaml */
const hours = z
  .int()
  .min(1)
  .max(24 * 60);
const byUrgency = z.strictObject({ now: hours, week: hours, later: hours });
export const hubsFile = z.strictObject({
  /** So many districts have one; while fewer are listed, content:lint says so. */
  expected: z.int().min(0),
  take: z.strictObject({ community: byUrgency, district: byUrgency, state: byUrgency }),
  close: byUrgency,
  hubs: z.array(z.strictObject({ district: id, office: localised.exactOptional(), confirmedOn: date })),
});

/** content/geography.yaml */
export const geographyFile = z.strictObject({
  states: z
    .array(
      z.strictObject({
        id,
        name: localised,
        aliases: z.array(text),
        network: z.enum(['FEM', 'MASVAW', 'MAE'], { error: 'must be FEM, MASVAW or MAE.' }),
        districts: z.array(z.strictObject({ id, name: localised, aliases: z.array(text) })).min(1),
      }),
    )
    .min(1),
});

/** content/words.yaml */
export const wordsFile = z.strictObject({
  commands: z.record(id, z.array(word).min(1)),
  worded: z.record(id, z.array(word).min(1)).default({}),
  options: z.record(z.string(), z.array(word).min(1)),
});

/** A text in every language, as it stands in a file. */
export type LocalisedFile = z.infer<typeof localised>;

export interface LocaleTree {
  [key: string]: string | LocaleTree;
}

/** content/locales/<language>.yaml: nested texts, nothing else. */
export const localeFile = z.custom<LocaleTree>().superRefine((tree, context) => {
  for (const { path, message } of localeFaults(tree, [])) context.addIssue({ code: 'custom', path, message });
});

function localeFaults(value: unknown, path: string[]): { path: string[]; message: string }[] {
  if (typeof value === 'string')
    return value.trim() === '' ? [{ path, message: 'is empty. Write the text.' }] : [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path, message: 'must be a text (in quotes where it looks like a number) or nested texts.' }];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    key.includes('.')
      ? [{ path: [...path, key], message: 'a key may not hold a full stop. Nest it instead.' }]
      : localeFaults(child, [...path, key]),
  );
}

export type LessonFile = z.infer<typeof lessonFile>;
export type PledgesFile = z.infer<typeof pledgesFile>;
export type ActivitiesFile = z.infer<typeof activitiesFile>;
export type SeriesFile = z.infer<typeof seriesFile>;
export type CalendarFile = z.infer<typeof calendarFile>;
export type MeetingsFile = z.infer<typeof meetingsFile>;
export type HelplinesFile = z.infer<typeof helplinesFile>;
export type HubsFile = z.infer<typeof hubsFile>;
export type GeographyFile = z.infer<typeof geographyFile>;
export type WordsFile = z.infer<typeof wordsFile>;
