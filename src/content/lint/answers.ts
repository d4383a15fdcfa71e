/** What a Saathi types must mean one thing: one option, one command, one place. */
import { LANGUAGES, type Bundle, type Sourced, type SourcedLesson } from '../bundle';
import { fault, type Finding } from '../finding';
import { normalise } from '../normalise';
import type { GeographyFile, WordsFile } from '../schema';
import type { Path, Source } from '../place';
import type { Text } from '../texts';

export function checkAnswers(
  bundle: Bundle,
  texts: readonly Text[],
  groups: readonly (readonly string[])[],
): Finding[] {
  const { words, geography } = bundle;
  return [
    ...(words
      ? [
          ...commandTwice(words, 'commands'),
          ...commandTwice(words, 'worded'),
          ...optionIsCommand(words, bundle, texts),
        ]
      : []),
    ...twoOptionsOfALesson(bundle),
    ...(words ? groups.flatMap((group) => twoOptionsOfAQuestion(group, words, texts)) : []),
    ...(geography
      ? geography.value.states.flatMap((state, i) => placeTwice(geography, placesIn(state.districts, i)))
      : []),
    ...(geography
      ? placeTwice(
          geography,
          geography.value.states.map((state, i) => ({ ...state, at: ['states', i] })),
        )
      : []),
    ...answersByPlace(bundle),
  ];
}

function commandTwice(words: Sourced<WordsFile>, section: 'commands' | 'worded'): Finding[] {
  const first = new Map<string, string>();
  return Object.entries(words.value[section]).flatMap(([command, phrases]) =>
    phrases.flatMap((phrase, i) => {
      const at = [section, command, i];
      const said = normalise(phrase);
      if (said === '')
        return [
          fault(
            words.source,
            at,
            `"${phrase}" holds no letter or digit and can never be understood. Take it out.`,
          ),
        ];
      const other = first.get(said);
      if (other !== undefined && other !== command)
        return [fault(words.source, at, `"${phrase}" means ${other} already. Leave it under one command.`)];
      first.set(said, command);
      return [];
    }),
  );
}

/** Keys of what is offered for choosing; a menu entry may share its words with the command of the same id. */
const OPTION =
  /^(?:lesson\.\d+\.question\.option|pledge|activity|place|options)\.([^.]+)(?:\.title|\.step\.[^.]+)?$/;

function optionIsCommand(
  words: Sourced<WordsFile>,
  { geography }: Bundle,
  texts: readonly Text[],
): Finding[] {
  const commands = new Map(
    Object.entries(words.value.commands).flatMap(([command, phrases]) =>
      phrases.map((phrase) => [normalise(phrase), command] as const),
    ),
  );
  const clash = (said: string, id: string | undefined, source: Source, path: Path): Finding[] => {
    const command = commands.get(normalise(said));
    if (command === undefined || command === id) return [];
    return [
      fault(
        source,
        path,
        `"${said}" is also how people say the command ${command}. A message must mean one thing: use other words.`,
      ),
    ];
  };
  const shown = texts.filter(({ key }) => OPTION.test(key));
  const spoken = Object.entries(words.value.options);
  return [
    ...shown.flatMap(({ key, text, source, path }) => clash(text, OPTION.exec(key)?.[1], source, path)),
    ...spoken.flatMap(([id, phrases]) =>
      phrases.flatMap((phrase, i) => clash(phrase, id, words.source, ['options', id, i])),
    ),
    ...(geography
      ? placesOf(geography).flatMap(({ aliases, at }) =>
          aliases.flatMap((alias, i) => clash(alias, undefined, geography.source, [...at, 'aliases', i])),
        )
      : []),
  ];
}

/** A Saathi may answer in any of the four languages, so options are compared across all of them. */
function twoOptionsOfALesson({ lessons }: Bundle): Finding[] {
  return lessons.flatMap(({ value, source }) => {
    const first = new Map<string, number>();
    return LANGUAGES.flatMap((language) => {
      const options = value[language]?.question.options ?? [];
      return options.flatMap((option, i) => {
        const at: Path = [language, 'question', 'options', i];
        const said = normalise(option);
        if (said === '') {
          return [
            fault(source, at, `"${option}" holds no letter or digit, so nobody can type it. Use words.`),
          ];
        }
        if (/^\d$/.test(said) && Number(said) !== i + 1 && Number(said) <= options.length) {
          const message = `"${option}" is also the number of option ${said}. Use words, or put it in place ${said}.`;
          return [fault(source, at, message)];
        }
        const twin = first.get(said) ?? i;
        first.set(said, twin);
        if (twin === i) return [];
        const message = `"${option}" is understood the same as option ${twin + 1}. Make them differ in more than spelling.`;
        return [fault(source, at, message)];
      });
    });
  });
}

/** One question of the flows: labels in all languages and spoken forms, no phrase under two options. */
function twoOptionsOfAQuestion(
  group: readonly string[],
  words: Sourced<WordsFile>,
  texts: readonly Text[],
): Finding[] {
  const first = new Map<string, string>();
  return group.flatMap((id) => {
    const labels = texts
      .filter(({ key }) => key === `options.${id}`)
      .map((text) => ({ said: text.text, source: text.source, path: text.path }));
    const spoken = (words.value.options[id] ?? []).map(
      (said, i): { said: string; source: typeof words.source; path: Path } => ({
        said,
        source: words.source,
        path: ['options', id, i],
      }),
    );
    return [...labels, ...spoken].flatMap(({ said, source, path }) => {
      const other = first.get(normalise(said));
      first.set(normalise(said), id);
      return other === undefined || other === id
        ? []
        : [
            fault(
              source,
              path,
              `"${said}" means ${other} in the same question (${group.join(', ')}). Leave it under one of them.`,
            ),
          ];
    });
  });
}

interface Place {
  id: string;
  name: Record<string, string>;
  aliases: string[];
  at: Path;
}

function placesOf({ value: { states } }: Sourced<GeographyFile>): Place[] {
  return states.flatMap((state, i) => [{ ...state, at: ['states', i] }, ...placesIn(state.districts, i)]);
}

function placesIn(districts: GeographyFile['states'][number]['districts'], state: number): Place[] {
  return districts.map((district, i) => ({ ...district, at: ['states', state, 'districts', i] }));
}

function placeTwice({ source }: Sourced<GeographyFile>, places: readonly Place[]): Finding[] {
  const first = new Map<string, string>();
  return places.flatMap(({ id, name, aliases, at }) => {
    const names = [
      ...Object.entries(name).map(([language, text]) => ({ text, path: [...at, 'name', language] })),
      ...aliases.map((text, i) => ({ text, path: [...at, 'aliases', i] })),
    ];
    return names.flatMap(({ text, path }) => {
      const other = first.get(normalise(text));
      if (other !== undefined && other !== id)
        return [
          fault(
            source,
            path,
            `"${text}" is also a name of ${other}. Take it out of one of them, or make it longer.`,
          ),
        ];
      first.set(normalise(text), id);
      return [];
    });
  });
}

/** More of one place than this, or more in a row, and a Saathi who has not read guesses right. */
const MOST_IN_ONE_PLACE = 0.6;
const MOST_IN_A_ROW = 4;

function answersByPlace({ lessons }: Bundle): Finding[] {
  const answers = lessons.map(({ value }) => value.en.question.answer);
  const last = lessons.at(-1);
  if (!last || lessons.length < 3) return [];
  const warn = (at: SourcedLesson, message: string): Finding => ({
    ...fault(at.source, ['en', 'question', 'answer'], message),
    severity: 'warning',
  });
  const [first = 0] = answers;
  if (answers.every((answer) => answer === first))
    return [
      warn(
        last,
        `the right answer is option ${first + 1} in every lesson, which is soon guessed. Move it about.`,
      ),
    ];
  const runs = lessons.filter((_, index) => {
    const row = answers.slice(index - MOST_IN_A_ROW, index + 1);
    return row.length > MOST_IN_A_ROW && row.every((answer) => answer === row[0]);
  });
  const often = [...new Set(answers)].filter(
    (place) => answers.filter((answer) => answer === place).length > MOST_IN_ONE_PLACE * answers.length,
  );
  return [
    ...runs.map((lesson) =>
      warn(
        lesson,
        `the right answer is option ${lesson.value.en.question.answer + 1} for the ${MOST_IN_A_ROW + 1}th week running. Move it in one of them, in every language.`,
      ),
    ),
    ...(lessons.length > 2 * MOST_IN_A_ROW ? often : []).map((place) =>
      warn(
        last,
        `the right answer is option ${place + 1} in more than ${MOST_IN_ONE_PLACE * 100} of 100 lessons. Move it about.`,
      ),
    ),
  ];
}
