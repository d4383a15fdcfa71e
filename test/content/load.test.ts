import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentError, loadContent } from '../../src/content';
import { contentWith, GOOD, lineOf, removeMade, type Edit } from './support';

const ONE = 'lessons/01-why-men.yaml';
const TWO = 'lessons/02-housework.yaml';

afterAll(removeMade);

/** Lines of the error with the temporary folder taken off. */
function faultsOf(dir: string): string[] {
  try {
    loadContent(dir);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return error.message.split('\n').map((line) => line.replace(`${dir}/`, ''));
  }
  throw new Error('The content was loaded.');
}

const faults = (...edits: Edit[]) => faultsOf(contentWith(...edits));

describe('loadContent', () => {
  const content = loadContent(GOOD);

  it('hands out lessons by week, with all four languages', () => {
    expect(content.lessons.map(({ week, slug }) => [week, slug])).toEqual([
      [1, '01-why-men'],
      [2, '02-housework'],
    ]);
    expect(content.lessons[1]?.text.en.question).toEqual({
      ask: 'What did Ramesh change?',
      options: ['The field', 'Housework', 'Nothing'],
      answer: 1,
      feedback: [
        'The field stayed the same. The housework changed.',
        'Yes! Sharing work gives time.',
        'One thing changed: the housework.',
      ],
    });
    expect(content.lessons[1]?.sources).toEqual([
      { title: 'Time Use Survey 2024', url: 'https://www.mospi.gov.in/', verifiedOn: '2026-11-01' },
    ]);
  });

  it('puts every text under its key', () => {
    expect(content.resources.en).toMatchObject({
      menu: { ask: 'What would you like?' },
      week: { left_one: '{{count}} week left' },
      lesson: {
        1: {
          title: 'Why men',
          question: { option: { 0: 'Housework' }, feedback: { 2: 'One thing changed: the housework.' } },
        },
      },
      pledge: { 'share-housework': { title: 'Share the housework', step: { cook: 'Cook one meal' } } },
      day: { 'womens-day': { name: "Women's Day", greeting: "Happy Women's Day!" } },
      theme: { home: 'Home' },
      place: { UP: 'Uttar Pradesh', 'UP-sitapur': 'Sitapur' },
      helpline: { women: { name: "Women's helpline" } },
      hub: { 'UP-sitapur': { office: 'Block office' } },
    });
    const keys = Object.keys((content.resources.or.lesson as Record<string, object>)['1'] ?? {});
    expect(keys).toEqual(['title', 'lesson', 'question', 'reflection', 'action', 'checkin', 'sms', 'spoken']);
    expect(content.consentVersion).toBe('1');
  });

  it('freezes all of it', () => {
    const lesson = content.lessons[0]!;
    expect(() => lesson.text.or.question.options.push('x')).toThrow(TypeError);
    expect(() => ((content.resources.en.menu as Record<string, string>).ask = 'x')).toThrow(TypeError);
    expect(() => (content.words.commands.stop = [])).toThrow(TypeError);
  });

  it('gives texts in NFC, however they were typed', () => {
    const typed = '\u0993\u09dc'; // ড় as many keyboards write it
    const dir = contentWith({
      file: ONE,
      find: '  reflection: "আপনার',
      replace: `  reflection: "${typed} আপনার`,
    });
    expect(loadContent(dir).lessons[0]?.text.bn.reflection).toContain('\u0993\u09a1\u09bc আপনার');
  });

  it('accepts numbers where quotes were forgotten', () => {
    const dir = contentWith({ file: 'helplines.yaml', find: 'number: "181"', replace: 'number: 181' });
    expect(loadContent(dir).helplines[0]?.number).toBe('181');
  });
});

describe('loadContent names every fault by file and line', () => {
  it('a feedback missing', () => {
    const line = lineOf(ONE, '    options:');
    expect(faults({ file: ONE, find: '      - "एक बात बदली: घर का काम।"\n', replace: '' })).toEqual([
      `${ONE}:${line}: hi.question.options: three options but two feedbacks. Write one feedback per option.`,
    ]);
  });

  it('several faults in several files at once, in order', () => {
    expect(
      faults(
        { file: 'pledges.yaml', find: 'version: "1"', replace: 'versoin: "1"' },
        { file: 'calendar.yaml', find: 'pledge: true', replace: 'pledge: maybe' },
      ),
    ).toEqual([
      'calendar.yaml:8: days.0.pledge: must be true or false, but is a text. Write it as the other files do.',
      'pledges.yaml:2: pledges.0.version: is missing. Add it.',
      'pledges.yaml:3: pledges.0.versoin: this key has no meaning here. Correct its spelling or take it out.',
    ]);
  });

  it.each<[string, Edit, string]>([
    [
      'a language missing from a title',
      { file: ONE, find: '  bn: পুরুষ কেন\n', replace: '' },
      `${ONE}:3: title.bn: Bengali is missing. Write it in Bengali too, under the key \`bn\`.`,
    ],
    [
      'an empty text',
      { file: ONE, find: '"Did you do that chore?"', replace: '" "' },
      `${ONE}:${lineOf(ONE, '"Did you do')}: en.checkin: is empty. Write the text.`,
    ],
    [
      'a number where a text belongs',
      { file: ONE, find: '"Did you do that chore?"', replace: '7' },
      `${ONE}:${lineOf(ONE, '"Did you do')}: en.checkin: must be a text, but is the number 7. Put it in quotes.`,
    ],
    [
      'a key that does not exist',
      { file: ONE, find: 'week: 1', replace: 'week: 1\nauthor: me' },
      `${ONE}:2: author: this key has no meaning here. Correct its spelling or take it out.`,
    ],
    [
      'an answer out of range',
      { file: ONE, find: 'answer: 0', replace: 'answer: 3' },
      `${ONE}:${lineOf(ONE, 'answer: 0')}: hi.question.answer: 3 is no option. Write the place of the right one, counted from 0: 0 to 2.`,
    ],
    [
      'an answer that differs between languages',
      { file: ONE, find: 'answer: 0', replace: 'answer: 2' },
      `${ONE}:${lineOf(ONE, 'answer: 0')}: hi.question.answer: 2, but 0 in English. Put the options in the same order in every language.`,
    ],
    [
      'a week that the file name denies',
      { file: ONE, find: 'week: 1', replace: 'week: 2' },
      `${ONE}:1: week: week 1 has no lesson before this one. Lessons run from week 1 without a gap: add it, or renumber.`,
    ],
    [
      'a week used twice',
      { file: TWO, find: 'week: 2', replace: 'week: 1' },
      `${TWO}:1: week: week 1 has another lesson already. Give each lesson its own week.`,
    ],
    [
      'an unknown theme',
      { file: ONE, find: 'theme: home', replace: 'theme: nowhere' },
      `${ONE}:2: theme: nowhere is no theme of calendar.yaml. Use one of home, or add it there.`,
    ],
    [
      'a date that does not exist',
      { file: TWO, find: '2026-11-01', replace: '2026-02-30' },
      `${TWO}:11: sources.0.verifiedOn: must be a date that exists, written like 2026-11-24.`,
    ],
    [
      'a source without its date',
      { file: TWO, find: '    verifiedOn: 2026-11-01\n', replace: '' },
      `${TWO}:9: sources.0.verifiedOn: is missing. Add it.`,
    ],
    [
      'a helpline without its date',
      { file: 'helplines.yaml', find: '    verifiedOn: 2026-11-01\n', replace: '' },
      'helplines.yaml:2: helplines.0.verifiedOn: is missing. Add it.',
    ],
    [
      'a Gender Hub in an unknown district',
      { file: 'gender-hubs.yaml', find: 'UP-sitapur', replace: 'UP-nowhere' },
      'gender-hubs.yaml:8: hubs.0.district: UP-nowhere is no district of geography.yaml. Write its id as it stands there, such as UP-sitapur.',
    ],
    [
      'a helpline for an unknown state',
      { file: 'helplines.yaml', find: 'states: []', replace: 'states: [XX]' },
      'helplines.yaml:5: helplines.0.states.0: XX is no state of geography.yaml. Use one of UP.',
    ],
    [
      'an id used twice: step',
      { file: 'pledges.yaml', find: 'id: water', replace: 'id: cook' },
      `pledges.yaml:${lineOf('pledges.yaml', 'id: water')}: pledges.0.steps.1.id: the id cook is used twice, first on line ${lineOf('pledges.yaml', 'id: cook')}. Give one of them another id.`,
    ],
    [
      'an id used twice: day',
      { file: 'calendar.yaml', find: 'id: raksha-bandhan', replace: 'id: womens-day' },
      'calendar.yaml:9: days.1.id: the id womens-day is used twice, first on line 4. Give one of them another id.',
    ],
    [
      'an id used twice: district',
      { file: 'geography.yaml', find: 'id: UP-prayagraj', replace: 'id: UP-sitapur' },
      'geography.yaml:10: states.0.districts.1.id: the id UP-sitapur is used twice, first on line 7. Give one of them another id.',
    ],
    [
      'an id with odd letters',
      { file: 'pledges.yaml', find: 'id: water', replace: 'id: पानी' },
      `pledges.yaml:${lineOf('pledges.yaml', 'id: water')}: pledges.0.steps.1.id: an id has only letters a–z, digits and hyphens. Rename it.`,
    ],
    [
      'a network that is none',
      { file: 'geography.yaml', find: 'MASVAW', replace: 'MASV' },
      'geography.yaml:5: states.0.network: must be FEM, MASVAW or MAE.',
    ],
    [
      'a day that is neither fixed nor moving',
      { file: 'calendar.yaml', find: '{ month: 3, day: 8 }', replace: '8 March' },
      'calendar.yaml:5: days.0.on: must be { month: 3, day: 8 } or { dates: ["2027-08-17"] }.',
    ],
    [
      'a list in a locale',
      { file: 'locales/bn.yaml', find: 'lesson: পাঠ', replace: 'lesson: [পাঠ]' },
      'locales/bn.yaml:6: menu.lesson: must be a text (in quotes where it looks like a number) or nested texts.',
    ],
    [
      'a full stop in a locale key',
      { file: 'locales/bn.yaml', find: '  lesson: পাঠ', replace: '  les.son: পাঠ' },
      'locales/bn.yaml:6: menu.les.son: a key may not hold a full stop. Nest it instead.',
    ],
    [
      'a consent version of its own',
      { file: 'locales/bn.yaml', find: 'version: "1"', replace: 'version: "2"' },
      'locales/bn.yaml:2: consent.version: 2, but 1 in English. Translate the same wording, then give it the same version.',
    ],
    [
      'no consent version',
      { file: 'locales/or.yaml', find: '  version: "1"\n', replace: '' },
      'locales/or.yaml:1: consent.version: is missing. Write the version of the consent notice, the same in every language.',
    ],
    [
      'a locale key that a lesson makes',
      { file: 'locales/en.yaml', find: 'menu:', replace: 'lesson: { "1": { title: x } }\nmenu:' },
      `${ONE}:7: title.en: makes the key lesson.1.title, which clashes with one in locales/en.yaml. Rename one of them.`,
    ],
    [
      'a command without phrases',
      { file: 'words.yaml', find: 'stop: [stop, बंद, বন্ধ, ବନ୍ଦ]', replace: 'stop: []' },
      'words.yaml:2: commands.stop: has too few entries: at least 1. Add what is missing.',
    ],
  ])('%s', (_, edit, expected) => {
    const lines = faults(edit).map((line) => line.replace(/in \/\S*\/(locales\/)/, 'in $1'));
    expect(lines).toContain(expected);
  });

  it('broken YAML, at its line', () => {
    const [first] = faults({ file: ONE, find: 'theme: home', replace: 'theme: home: sweet' });
    expect(first).toMatch(
      new RegExp(`^${ONE}:2: this is not valid YAML: .+ Check indentation, quotes and colons`),
    );
  });

  it('the same key twice', () => {
    expect(faults({ file: ONE, find: 'theme: home', replace: 'theme: home\ntheme: home' })[0]).toMatch(
      new RegExp(`^${ONE}:3: this is not valid YAML: .*unique`),
    );
  });

  it('a file that is missing, one that is no UTF-8, one with another name', () => {
    const dir = contentWith();
    rmSync(join(dir, 'words.yaml'));
    writeFileSync(join(dir, 'pledges.yaml'), Buffer.from([0x70, 0xff, 0xfe]));
    cpSync(join(dir, ONE), join(dir, 'lessons/3.yml'));
    expect(faultsOf(dir)).toEqual([
      "lessons/3.yml:1: a lesson's file is named like 03-child-care.yaml: two digits of the week, small letters, hyphens. Rename it or move it elsewhere.",
      'pledges.yaml:1: the file is not in UTF-8. Save it again with the encoding UTF-8.',
      'words.yaml:1: the file is missing. Put it back or write it; docs/adding-a-lesson.md shows what stands where.',
    ]);
  });

  it('a gap in the weeks', () => {
    const dir = contentWith();
    const text = readFileSync(join(dir, TWO), 'utf8').replace('week: 2', 'week: 4');
    rmSync(join(dir, TWO));
    writeFileSync(join(dir, 'lessons/04-housework.yaml'), text);
    expect(faultsOf(dir)).toEqual([
      'lessons/04-housework.yaml:1: week: week 2 has no lesson before this one. Lessons run from week 1 without a gap: add it, or renumber.',
    ]);
  });

  it('no lessons, and no folder at all', () => {
    const dir = contentWith();
    rmSync(join(dir, ONE));
    rmSync(join(dir, TWO));
    expect(faultsOf(dir)).toEqual([expect.stringContaining('there is no lesson. Write at least one')]);
    rmSync(dir, { recursive: true });
    expect(faultsOf(dir)).toContain(
      'lessons:1: the folder of lessons cannot be read. Put it back, or name the right content folder.',
    );
  });
});
