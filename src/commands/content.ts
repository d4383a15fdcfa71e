/** `content …`: everything an author does with the lessons. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { nextWeek, preview, printPreview, skeleton } from '../authoring';
import { LANGUAGES, lintCommand, loadContent, type Language } from '../content';
import { createCore } from '../conversation';
import { CONTENT_DIR, PROJECT_ROOT } from '../paths';
import { exportReview, importReview } from './content-review';
import { draftAudio, languagesFor, lessonScript, writePictures } from './content-media';
import { exportLessons, importLessons } from './content-sheets';
import { CannotDo } from './failure';

type Print = (text: string) => void;

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Adds `content` and its subcommands. @param write to standard output, text as it is */
export function addContentCommands(program: Command, write: Print): void {
  const content = program.command('content').description('look after the content');
  content
    .command('lint')
    .description('check everything under content/')
    .argument('[words...]', '--fix and a folder')
    .allowUnknownOption()
    .action((words: string[]) => {
      process.chdir(PROJECT_ROOT);
      process.exitCode = lintCommand(words, {
        out: write,
        err: (text) => void process.stderr.write(text),
        today: new Date(),
      });
    });
  content
    .command('new')
    .description('begin a lesson: a file for the next free week that says what is to be written')
    .argument('<name>', 'a short English name, e.g. who-eats-last', slug)
    .option('--theme <theme>', 'a theme of content/calendar.yaml; that of the last lesson by default')
    .action((name: string, { theme }: { theme?: string }) => write(newLesson(CONTENT_DIR, name, theme)));
  content
    .command('preview')
    .description('a lesson as it will look on WhatsApp and on SMS')
    .argument('<week>', 'which week', week)
    .addOption(language())
    .option('--all', 'every step of it', false)
    .action((number: number, { lang, all }: { lang: Language; all: boolean }) =>
      write(previewLesson(CONTENT_DIR, number, lang, all)),
    );
  content
    .command('script')
    .description('what somebody reads out who records a lesson for those who would rather listen')
    .argument('<week>', 'which week', week)
    .addOption(language())
    .action((number: number, { lang }: { lang: Language }) => write(lessonScript(CONTENT_DIR, number, lang)));
  content
    .command('audio')
    .description("a machine's draft where nobody has recorded a lesson (needs espeak-ng and opus-tools)")
    .addOption(language(false))
    .option('--week <week>', 'one week alone', week)
    .action(({ lang, week: number }: { lang?: Language; week?: number }) =>
      draftAudio(
        CONTENT_DIR,
        { languages: languagesFor(lang), ...(number !== undefined && { week: number }) },
        write,
      ),
    );
  content
    .command('pictures')
    .description('all pictures to share, as PNG files in a folder')
    .argument('<folder>', 'where to')
    .addOption(language(false))
    .action((folder: string, { lang }: { lang?: Language }) =>
      writePictures(CONTENT_DIR, folder, languagesFor(lang), write),
    );
  content
    .command('export')
    .description('all lessons as a workbook for Excel: a row a text, the languages side by side')
    .argument('<file>', 'e.g. lessons.xlsx; an older file of that name is written over', workbook)
    .option('--week <week>', 'one week alone', week)
    .action(async (file: string, { week: number }: { week?: number }) =>
      write(await exportLessons(CONTENT_DIR, file, number)),
    );
  content
    .command('import')
    .description('the texts of such a workbook back into the lessons: first only what would change')
    .argument('<file>', 'e.g. lessons.xlsx', workbook)
    .option('--write', 'write it, if no cell is wrong', false)
    .action(async (file: string, options: { write: boolean }) => {
      const { text, isFine } = await importLessons(CONTENT_DIR, file, { ...options, today: new Date() });
      write(text);
      if (!isFine) process.exitCode = 1;
    });
  addReviewCommands(content, write);
}

function addReviewCommands(content: Command, write: Print): void {
  const review = content.command('review').description('a reader of one language looks the texts over');
  review
    .command('export')
    .description('a workbook with every text of a language and room for comments')
    .argument('<file>', 'e.g. odia.xlsx; an older file of that name is written over', workbook)
    .addOption(language())
    .action(async (file: string, { lang }: { lang: Language }) =>
      write(await exportReview(CONTENT_DIR, file, lang)),
    );
  review
    .command('import')
    .description('what the reader wrote, into content/reviews/ and docs/content-review.md')
    .argument('<file>', 'e.g. odia.xlsx', workbook)
    .addOption(language())
    .requiredOption('--by <name>', 'who read: initials, or a name that he agreed to have written down')
    .action(async (file: string, { lang, by }: { lang: Language; by: string }) => {
      const on = new Date().toISOString().slice(0, 10);
      const page = join(PROJECT_ROOT, 'docs/content-review.md');
      const { text, isFine } = await importReview(CONTENT_DIR, file, { language: lang, by, on, page });
      write(text);
      if (!isFine) process.exitCode = 1;
    });
}

/**
 * Writes the skeleton of the next free week.
 * @returns what to tell the author
 * @throws CannotDo for a theme that is not in the calendar, and after week 99
 */
export function newLesson(dir: string, name: string, theme?: string): string {
  const folder = join(dir, 'lessons');
  const { lessons, resources } = loadContent(dir, { drafts: true });
  const themes = Object.keys(resources.en.theme ?? {});
  const chosen = theme ?? lessons.at(-1)?.theme ?? '';
  if (!themes.includes(chosen))
    throw new CannotDo(`${chosen} is no theme of calendar.yaml. Give one of: ${themes.join(', ')}.`);
  const number = nextWeek(readdirSync(folder));
  if (number > 99) throw new CannotDo('Week 99 is taken: the names of lessons have two digits.');
  const file = `${String(number).padStart(2, '0')}-${name}.yaml`;
  writeFileSync(join(folder, file), skeleton({ week: number, theme: chosen }), { flag: 'wx' });
  return [
    `content/lessons/${file} is there, for week ${number} (theme ${chosen}).`,
    'Write each text in place of TO WRITE; docs/adding-a-lesson.md says how.',
    `See it:   npm run saathi -- content preview ${number} --lang en --all`,
    'Check it: npm run content:lint',
    '',
  ].join('\n');
}

/** @throws CannotDo when there is no such week; ContentError when the content cannot be read */
export function previewLesson(dir: string, number: number, lang: Language, all: boolean): string {
  const content = loadContent(dir, { drafts: true });
  const lesson = content.lessons.find((each) => each.week === number);
  if (!lesson)
    throw new CannotDo(`Week ${number} has no lesson. Give a week from 1 to ${content.lessons.length}.`);
  return printPreview(lesson, lang, preview(createCore(content), lesson, lang), all);
}

function language(isNeeded = true): Option {
  const option = new Option('--lang <language>', isNeeded ? 'in which language' : 'one language alone');
  return option.choices(LANGUAGES).makeOptionMandatory(isNeeded);
}

function slug(text: string): string {
  if (!SLUG.test(text))
    throw new InvalidArgumentError('Use small letters a–z, digits and hyphens, such as who-eats-last.');
  return text;
}

function week(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Write the week as a number from 1 to 99.');
  return Number(text);
}

function workbook(text: string): string {
  if (!text.toLowerCase().endsWith('.xlsx'))
    throw new InvalidArgumentError('Name an Excel workbook, such as lessons.xlsx.');
  return text;
}
