/** A meeting's sheet as parts: the same words for the message to the mentor and for the page that is printed. Pure. */
import type { Content } from '../content/model';
import type { Part } from './effect';
import type { Language } from './participant';
import type { GroupAnswers } from './view';
import { sayWhen } from './when/say';

export interface MeetingToPrint {
  /** The group's name. */
  group: string;
  at: Date;
  /** IANA name of the zone in which the moment is told. */
  zone: string;
  place: string;
  members: { number: number; name: string }[];
  /** Of the lesson that the group has come to; 0 before the first. */
  week: number;
  answers: GroupAnswers[];
}

export interface SheetParts {
  heading: Part;
  when: Part;
  place: string;
  theme: Part;
  questions: { title: Part; lines: Part[] };
  answers: { title: Part; asked: { question: Part; lines: Part[] }[] };
  roster: { title: Part; rows: { number: number; name: string }[] };
}

/** What stands on the sheet. The month's theme is that of the lesson which most of them have come to. */
export function sheetParts(content: Content, meeting: MeetingToPrint): SheetParts {
  const { group, at, zone, place, members, week, answers } = meeting;
  const theme = content.lessons[Math.max(0, week - 1)]?.theme ?? '';
  const isDiscussed = content.discussed.includes(theme);
  return {
    heading: { key: 'sheet.heading', params: { group } },
    when: sayWhen(at, zone),
    place,
    theme: { key: `theme.${theme}` },
    questions: {
      title: { key: 'sheet.questions' },
      lines: isDiscussed ? [0, 1, 2].map((index) => ({ key: `discussion.${theme}.${index}` })) : [],
    },
    answers: {
      title: { key: 'sheet.answers' },
      asked: answers.map(({ week: of, counts }) => ({
        question: { key: `lesson.${of}.question.ask` },
        lines: counts.flatMap((number, option) =>
          number === 0 ? [] : [saidPart(of, option, number, counts)],
        ),
      })),
    },
    roster: {
      title: { key: 'sheet.roster' },
      rows: members.toSorted((one, other) => one.number - other.number),
    },
  };
}

function saidPart(week: number, option: number, number: number, counts: number[]): Part {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    key: 'sheet.said',
    params: { number, total },
    texts: { answer: `lesson.${week}.question.option.${option}` },
  };
}

/** The sheet as a message, for phones that open no files. What was said comes last: a long one is cut there. */
export function sheetMessage({
  heading,
  when,
  place,
  theme,
  questions,
  answers,
  roster,
}: SheetParts): Part[] {
  const below = (parts: Part[]) => parts.map((part): Part => ({ ...part, continues: true }));
  const line = (number: number, text: string): Part => ({ key: 'sheet.row', params: { number, text } });
  return [
    heading,
    ...below([when, ...(place === '' ? [] : [{ key: 'meeting.place', params: { place } }])]),
    theme,
    ...(questions.lines.length > 0 ? [questions.title, ...below(questions.lines)] : []),
    roster.title,
    ...below(roster.rows.map(({ number, name }) => line(number, name))),
    ...(answers.asked.length > 0
      ? [answers.title, ...answers.asked.flatMap(({ question, lines }) => [question, ...below(lines)])]
      : []),
  ];
}

/** The language of most of them, the mentor's where no one language is. */
export function groupLanguage(languages: readonly Language[], mentors: Language): Language {
  const counts = new Map<Language, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, one], [, other]) => other - one);
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : mentors;
}
