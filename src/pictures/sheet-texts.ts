/** What stands on a meeting's sheet, word for word, in the group's language. */
import type { Content, Language } from '../content/model';
import type { Part } from '../conversation/effect';
import { sheetParts, type MeetingToPrint } from '../conversation/meeting-sheet';
import type { Translate } from '../conversation/translate';

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

/** @throws Error when content has no text for one of its lessons */
export function sheetTexts(
  content: Content,
  translate: Translate,
  meeting: MeetingToPrint,
  language: Language,
): MeetingSheet {
  const { heading, when, place, theme, questions, answers, roster } = sheetParts(content, meeting);
  const say = (part: Part) => translate(part, language);
  return {
    heading: say(heading),
    when: say(when),
    place,
    theme: say(theme),
    questions: { title: say(questions.title), lines: questions.lines.map(say) },
    answers: {
      title: say(answers.title),
      asked: answers.asked.map(({ question, lines }) => ({ question: say(question), lines: lines.map(say) })),
    },
    roster: {
      title: say(roster.title),
      tick: say({ key: 'sheet.tick' }),
      rows: roster.rows.map(({ number, name }) => ({ number: String(number), name })),
    },
  };
}
