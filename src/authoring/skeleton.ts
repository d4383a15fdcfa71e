/** A new lesson as a file in which every text says what is to be written there. */
import { LANGUAGE_NAMES, LANGUAGES, TO_WRITE, type Language } from '../content';

export interface NewLesson {
  week: number;
  /** A theme of content/calendar.yaml. */
  theme: string;
}

/**
 * The week after the last one, by the names of the files.
 * @param names of the files in content/lessons
 */
export function nextWeek(names: readonly string[]): number {
  const weeks = names.flatMap((name) => (/^\d\d-.*\.yaml$/.test(name) ? [Number(name.slice(0, 2))] : []));
  return Math.max(0, ...weeks) + 1;
}

/** The whole file, in every variant; it has the right shape, and `content:lint` names each text that is open. */
export function skeleton({ week, theme }: NewLesson): string {
  return `week: ${week}
theme: ${theme}
title:
${LANGUAGES.map((language) => `  ${language}: ${open(language, 'the title, a few words')}`).join('\n')}
# Whatever the lesson says about law or health, with the day on which it was checked (docs/adding-a-lesson.md).
sources: []
${LANGUAGES.map(inLanguage).join('')}`;
}

function open(language: Language, what: string): string {
  return `${TO_WRITE} (${LANGUAGE_NAMES[language]}) ${what}`;
}

function inLanguage(language: Language): string {
  const write = (what: string) => open(language, what);
  return `${language}:
  lesson: |-
    ${write('one idea, told through one person he could know; at most 700 characters')}
  question:
    ask: ${write('the check question')}
    options:
      - ${write('option 1, at most 24 characters')}
      - ${write('option 2')}
      - ${write('option 3, or take it out in every language')}
    # The place of the right option, counted from 0; the same in every language.
    answer: 0
    feedback:
      - ${write('feedback on option 1, at most 300 characters')}
      - ${write('feedback on option 2')}
      - ${write('feedback on option 3, or take it out')}
  reflection: ${write('a question about his own life; at most 300 characters')}
  action:
    ask: ${write('something small to try at home this week; at most 320 characters')}
  checkin: ${write('the check-in after some days; at most 300 characters')}
  sms: >-
    ${write('stands alone on SMS; at most 3 SMS')}
  spoken: |-
    ${write('the script of the voice note, about a minute')}
`;
}
