/** `content script|audio|pictures`: what is read out, a machine's draft of it, and the pictures to share, as files. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftVoice, scriptOf } from '../authoring';
import { LANGUAGES, loadContent, type Content, type Language, type Lesson } from '../content';
import { createTranslate } from '../conversation/translate';
import { lessonCard, pledgeCard, renderCard } from '../pictures';
import { CannotDo } from './failure';

type Print = (text: string) => void;

/** The words to record. @throws CannotDo for a week without a lesson */
export function lessonScript(dir: string, week: number, language: Language): string {
  return `${scriptOf(lessonOf(loadContent(dir), week), language)}\n`;
}

export interface AudioOrder {
  languages: readonly Language[];
  /** All weeks where it is missing. */
  week?: number;
}

/**
 * Makes drafts where nobody has recorded a lesson, as content/audio/<language>/NN.draft.ogg; a recorded NN.ogg beside it
 * always goes first. Hindi in Latin letters is heard in Hindi and has none of its own.
 * @throws NoSynthesiser, CannotDo
 */
export async function draftAudio(dir: string, { languages, week }: AudioOrder, print: Print): Promise<void> {
  const content = loadContent(dir);
  const lessons = week === undefined ? content.lessons : [lessonOf(content, week)];
  for (const language of languages) {
    if (language === 'hi-Latn') continue;
    let made = 0;
    for (const lesson of lessons) {
      const name = join(dir, 'audio', language, String(lesson.week).padStart(2, '0'));
      if (existsSync(`${name}.ogg`)) continue;
      await draftVoice(scriptOf(lesson, language), language, `${name}.draft.ogg`);
      made += 1;
    }
    print(`${language}: ${made} drafts. Somebody has to listen to them: a machine reads without feeling.\n`);
  }
}

/** All pictures to share, as PNG files in a folder. */
export async function writePictures(dir: string, out: string, languages: readonly Language[], print: Print) {
  const content = loadContent(dir);
  const translate = createTranslate(content);
  mkdirSync(out, { recursive: true });
  for (const language of languages) {
    for (const { week } of content.lessons) {
      const name = `lesson-${String(week).padStart(2, '0')}-${language}.png`;
      writeFileSync(join(out, name), await renderCard(lessonCard(translate, week, language)));
    }
    for (const { id } of content.pledges)
      writeFileSync(
        join(out, `pledge-${id}-${language}.png`),
        await renderCard(pledgeCard(translate, id, language)),
      );
  }
  const count = languages.length * (content.lessons.length + content.pledges.length);
  print(`Written: ${count} pictures to ${out}.\n`);
}

/** The languages that were asked for; all where none was. */
export function languagesFor(asked: Language | undefined): readonly Language[] {
  return asked === undefined ? LANGUAGES : [asked];
}

function lessonOf({ lessons }: Content, week: number): Lesson {
  const lesson = lessons.find((one) => one.week === week);
  if (!lesson)
    throw new CannotDo(`There is no lesson for week ${week}: the last one is week ${lessons.length}.`);
  return lesson;
}
