/** A new lesson from its skeleton, and how a lesson will look. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextWeek, preview, printPreview } from '../../src/authoring';
import { newLesson, previewLesson } from '../../src/commands/content';
import { formatFinding, LANGUAGES, lintContent, loadContent } from '../../src/content';
import { createCore } from '../../src/conversation';
import { TODAY } from '../content/support';
import { copyOfContent, REAL, removeCopies } from './support';

afterAll(removeCopies);

describe('content new', () => {
  const dir = copyOfContent(2);
  const said = newLesson(dir, 'who-eats-last');
  const file = join(dir, 'lessons/03-who-eats-last.yaml');

  it('takes the next free week and the theme of the last lesson', () => {
    expect(said).toContain('content/lessons/03-who-eats-last.yaml is there, for week 3 (theme self).');
    expect(readFileSync(file, 'utf8')).toContain('week: 3\ntheme: self\n');
  });

  it('has the check name each text that is not written, in every variant, and nothing else', () => {
    const findings = lintContent(dir, { today: TODAY }).filter(({ severity }) => severity === 'error');
    const lines = findings.map(formatFinding);
    for (const language of LANGUAGES) {
      const open = findings.filter(({ thing }) => thing.split('.').includes(language));
      // A title, the lesson, the question, three options, three feedbacks, reflection, action, check-in, SMS, voice.
      expect(open).toHaveLength(14);
    }
    expect(findings).toHaveLength(14 * LANGUAGES.length);
    expect(lines[0]).toMatch(
      /03-who-eats-last\.yaml:4: title\.hi: is not written yet\. Write it in Hindi in place of TO WRITE and what follows\.$/,
    );
  });

  it('never reaches a Saathi, but can be looked at while it is being written', () => {
    expect(() => loadContent(dir)).toThrow('is not written yet');
    expect(previewLesson(dir, 3, 'or', false)).toContain('TO WRITE (Odia) one idea');
  });

  it('counts on from what stands in the folder, faulty lessons too', () => {
    expect(nextWeek(['01-a.yaml', '07-b.yaml', 'README.md'])).toBe(8);
    expect(nextWeek([])).toBe(1);
  });

  it('refuses a theme that the calendar does not know', () => {
    expect(() => newLesson(copyOfContent(2), 'x', 'cooking')).toThrow(
      'cooking is no theme of calendar.yaml. Give one of: self, housework, ',
    );
  });
});

describe('content preview', () => {
  const content = loadContent(REAL);
  const core = createCore(content);

  it.each(LANGUAGES)('shows every step of every week in %s', (language) => {
    for (const lesson of content.lessons) {
      const { question, reflection, action, checkin, sms } = lesson.text[language];
      const shown = preview(core, lesson, language);
      expect(shown.lesson.whatsapp.text).toContain(question.ask);
      expect(shown.alone.text).toBe(sms);
      expect(shown.rest).toHaveLength(question.options.length + 3);
      question.feedback.forEach((feedback, index) => {
        expect(shown.rest[index]?.whatsapp.text).toContain(feedback);
        expect(shown.rest[index]?.whatsapp.text).toContain(reflection);
      });
      const [toDo, , asked] = shown.rest.slice(-3);
      expect(toDo?.whatsapp.text).toContain(action.ask);
      expect(asked?.whatsapp.text).toContain(checkin);
    }
  });

  it('shows options to tap on WhatsApp, by number on SMS, and what the SMS costs', () => {
    const lesson = content.lessons[0]!;
    const printed = printPreview(lesson, 'en', preview(core, lesson, 'en'), true);
    expect(printed).toContain('\n  ( Women are weak )\n');
    expect(printed).toContain('\n  │ 1. Women are weak\n');
    expect(printed).toMatch(/SMS where he cannot answer: 2 SMS \(\d+ characters, GSM-7\)/);
    expect(printed).toContain(`  │ ${lesson.text.en.spoken.split('\n')[0]}`);
    expect(printPreview(lesson, 'en', preview(core, lesson, 'en'), false)).not.toContain('He chooses');
  });
});
