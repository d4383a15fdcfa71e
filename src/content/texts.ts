/** Every text that people read, under the i18next key by which it is asked for. */
import { LANGUAGES, type Bundle } from './bundle';
import type { Language } from './model';
import type { LocaleTree, LocalisedFile } from './schema';
import type { Path, Source } from './place';

export interface Text {
  /** `lesson.3.question.ask` */
  key: string;
  language: Language;
  text: string;
  source: Source;
  path: Path;
}

/** One entry per key and language, from the locales first, then from all other files. */
export function collectTexts(bundle: Bundle): Text[] {
  return [
    ...localeTexts(bundle),
    ...lessonTexts(bundle),
    ...pledgeTexts(bundle),
    ...activityTexts(bundle),
    ...calendarTexts(bundle),
    ...meetingTexts(bundle),
    ...placeTexts(bundle),
    ...helplineTexts(bundle),
    ...seriesTexts(bundle),
    ...hubTexts(bundle),
  ];
}

function localised(key: string, values: LocalisedFile, source: Source, path: Path): Text[] {
  return LANGUAGES.flatMap((language) => {
    const text = values[language];
    return text === undefined ? [] : [{ key, language, text, source, path: [...path, language] }];
  });
}

/** A place's name is one name in Latin letters. */
function placeName(key: string, values: LocalisedFile, source: Source, path: Path): Text[] {
  return localised(key, { 'hi-Latn': values.en, ...values }, source, path);
}

function localeTexts({ locales }: Bundle): Text[] {
  return LANGUAGES.flatMap((language) => {
    const locale = locales[language];
    return locale
      ? leaves(locale.value, []).map(({ path, text }) => ({
          key: path.join('.'),
          language,
          text,
          source: locale.source,
          path,
        }))
      : [];
  });
}

function leaves(tree: LocaleTree, path: string[]): { path: string[]; text: string }[] {
  return Object.entries(tree).flatMap(([key, child]) => {
    const here = [...path, key];
    return typeof child === 'string' ? [{ path: here, text: child.trim() }] : leaves(child, here);
  });
}

function lessonTexts({ lessons }: Bundle): Text[] {
  return lessons.flatMap(({ value, source }) => {
    const root = `lesson.${value.week}`;
    const perLanguage = LANGUAGES.flatMap((language) => {
      const words = value[language];
      if (!words) return [];
      const { lesson, question, reflection, action, checkin, sms, spoken } = words;
      const at = (key: string, text: string, ...path: (string | number)[]): Text => ({
        key: `${root}.${key}`,
        language,
        text,
        source,
        path: [language, ...path],
      });
      return [
        at('lesson', lesson, 'lesson'),
        at('question.ask', question.ask, 'question', 'ask'),
        ...question.options.map((option, i) => at(`question.option.${i}`, option, 'question', 'options', i)),
        ...question.feedback.map((feedback, i) =>
          at(`question.feedback.${i}`, feedback, 'question', 'feedback', i),
        ),
        at('reflection', reflection, 'reflection'),
        at('action', action.ask, 'action', 'ask'),
        at('checkin', checkin, 'checkin'),
        at('sms', sms, 'sms'),
        at('spoken', spoken, 'spoken'),
      ];
    });
    return [...localised(`${root}.title`, value.title, source, ['title']), ...perLanguage];
  });
}

function pledgeTexts({ pledges }: Bundle): Text[] {
  if (!pledges) return [];
  return pledges.value.pledges.flatMap(({ id, title, text, steps }, i) => [
    ...localised(`pledge.${id}.title`, title, pledges.source, ['pledges', i, 'title']),
    ...localised(`pledge.${id}.text`, text, pledges.source, ['pledges', i, 'text']),
    ...steps.flatMap((step, j) =>
      localised(`pledge.${id}.step.${step.id}`, step.text, pledges.source, [
        'pledges',
        i,
        'steps',
        j,
        'text',
      ]),
    ),
  ]);
}

function activityTexts({ activities }: Bundle): Text[] {
  if (!activities) return [];
  return activities.value.activities.flatMap(({ id, title }, i) =>
    localised(`activity.${id}`, title, activities.source, ['activities', i, 'title']),
  );
}

function calendarTexts({ calendar }: Bundle): Text[] {
  if (!calendar) return [];
  return [
    ...Object.entries(calendar.value.themes).flatMap(([id, name]) =>
      localised(`theme.${id}`, name, calendar.source, ['themes', id]),
    ),
    ...calendar.value.days.flatMap(({ id, name, greeting }, i) => [
      ...localised(`day.${id}.name`, name, calendar.source, ['days', i, 'name']),
      ...localised(`day.${id}.greeting`, greeting, calendar.source, ['days', i, 'greeting']),
    ]),
  ];
}

function meetingTexts({ meetings }: Bundle): Text[] {
  if (!meetings) return [];
  return Object.entries(meetings.value.questions).flatMap(([theme, questions]) =>
    questions.flatMap((question, i) =>
      localised(`discussion.${theme}.${i}`, question, meetings.source, ['questions', theme, i]),
    ),
  );
}

function placeTexts({ geography }: Bundle): Text[] {
  if (!geography) return [];
  return geography.value.states.flatMap(({ id, name, districts }, i) => [
    ...placeName(`place.${id}`, name, geography.source, ['states', i, 'name']),
    ...districts.flatMap((district, j) =>
      placeName(`place.${district.id}`, district.name, geography.source, [
        'states',
        i,
        'districts',
        j,
        'name',
      ]),
    ),
  ]);
}

function helplineTexts({ helplines }: Bundle): Text[] {
  if (!helplines) return [];
  return helplines.value.helplines.flatMap(({ id, name }, i) =>
    localised(`helpline.${id}.name`, name, helplines.source, ['helplines', i, 'name']),
  );
}

function seriesTexts({ series }: Bundle): Text[] {
  return series.flatMap(({ id, value, source }) => [
    ...localised(`series.${id}.title`, value.title, source, ['title']),
    ...localised(`series.${id}.about`, value.about, source, ['about']),
    ...value.episodes.flatMap((episode, i) =>
      localised(`series.${id}.episode.${i}`, episode.title, source, ['episodes', i, 'title']),
    ),
  ]);
}

function hubTexts({ hubs }: Bundle): Text[] {
  if (!hubs) return [];
  return hubs.value.hubs.flatMap(({ district, office }, i) =>
    office ? localised(`hub.${district}.office`, office, hubs.source, ['hubs', i, 'office']) : [],
  );
}
