/** What stands on a meeting's sheet, in the mentor's language. */
import type { Content, Language } from '../content/model';
import type { Part } from '../conversation/effect';
import type { Translate } from '../conversation/translate';
import { sayWhen } from '../conversation/when/say';

/** How a question was answered in the group. Counts only: nobody's answer, nobody's words. */
export interface GroupAnswers {
  question: Part;
  options: { label: Part; count: number }[];
}

export interface MeetingToPrint {
  group: string;
  at: Date;
  /** IANA name of the zone in which the moment is told. */
  zone: string;
  place: string;
  /** A theme of content/calendar.yaml. */
  theme: string;
  members: { number: number; name: string }[];
  answers: GroupAnswers[];
}

/** The sheet, word for word. */
export interface MeetingSheet {
  heading: string;
  when: string;
  place: string;
  theme: string;
  questions: { title: string; lines: string[] };
  answers: { title: string; asked: { question: string; lines: string[] }[] };
  roster: { title: string; tick: string; rows: { number: string; name: string }[] };
}

/** Fewer answers than this are not shown: one could tell who gave which (design.md, invariant 4). */
const FEWEST_ANSWERS = 5;

/** @throws Error when content has no such theme */
export function sheetTexts(
  content: Content,
  translate: Translate,
  meeting: MeetingToPrint,
  language: Language,
): MeetingSheet {
  const { group, at, zone, place, theme, members, answers } = meeting;
  const say = (part: Part) => translate(part, language);
  const isDiscussed = content.discussed.includes(theme);
  return {
    heading: say({ key: 'sheet.heading', params: { group } }),
    when: say(sayWhen(at, zone)),
    place,
    theme: say({ key: `theme.${theme}` }),
    questions: {
      title: say({ key: 'sheet.questions' }),
      lines: isDiscussed ? [0, 1, 2].map((index) => say({ key: `discussion.${theme}.${index}` })) : [],
    },
    answers: {
      title: say({ key: 'sheet.answers' }),
      asked: answers.flatMap(({ question, options }) => {
        const total = options.reduce((sum, { count }) => sum + count, 0);
        if (total < FEWEST_ANSWERS) return [];
        const lines = options
          .filter(({ count }) => count > 0)
          .map(({ label, count }) =>
            say({ key: 'sheet.said', params: { number: count, total, answer: say(label) } }),
          );
        return [{ question: say(question), lines }];
      }),
    },
    roster: {
      title: say({ key: 'sheet.roster' }),
      tick: say({ key: 'sheet.tick' }),
      rows: members
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, name }) => ({ number: String(number), name })),
    },
  };
}

/** The sheet as a message, for phones that open no files. */
export function sheetAsText(sheet: MeetingSheet): string {
  const { heading, when, place, theme, questions, answers, roster } = sheet;
  const head = [heading, when, place, theme].filter((line) => line !== '').join('\n');
  const asked = questions.lines.map((line, index) => `${index + 1}. ${line}`);
  const said = answers.asked.flatMap(({ question, lines }) => [
    question,
    ...lines.map((line) => `• ${line}`),
  ]);
  const rows = roster.rows.map(({ number, name }) => `${number} ${name}`);
  return [
    head,
    asked.length > 0 ? [questions.title, ...asked].join('\n') : '',
    said.length > 0 ? [answers.title, ...said].join('\n') : '',
    [roster.title, ...rows].join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}
