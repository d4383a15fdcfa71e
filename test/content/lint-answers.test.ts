import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWith, found, lineOf, lint, removeMade } from './support';

const ONE = 'lessons/01-why-men.yaml';
const TWO = 'lessons/02-housework.yaml';

afterAll(removeMade);

describe('one answer, one meaning', () => {
  it('an option that is a command in any language', () => {
    expect(found({ file: ONE, find: '- Nothing', replace: '- बंद!' })).toContain(
      `${ONE}:${lineOf(ONE, '- Nothing')}: en.question.options.2: "बंद!" is also how people say the command stop. A message must mean one thing: use other words.`,
    );
    expect(found({ file: 'words.yaml', find: 'nahi', replace: 'Stop.' })).toEqual([
      'words.yaml:6: options.no.1: "Stop." is also how people say the command stop. A message must mean one thing: use other words.',
    ]);
    expect(found({ file: 'pledges.yaml', find: 'Share the housework', replace: 'MENU' })).toEqual([
      expect.stringContaining('pledges.0.title.en: "MENU" is also how people say the command menu'),
    ]);
    expect(found({ file: 'geography.yaml', find: 'Allahabad', replace: 'stop' })).toEqual([
      'geography.yaml:12: states.0.districts.1.aliases.0: "stop" is also how people say the command stop. A message must mean one thing: use other words.',
    ]);
  });

  it('but a menu entry may share its words with its own command', () => {
    expect(
      found({ file: 'words.yaml', find: '  yes: [yes', replace: '  menu: [menu]\n  yes: [yes' }),
    ).toEqual([]);
  });

  it('a phrase under two commands', () => {
    expect(found({ file: 'words.yaml', find: 'menu: [menu', replace: 'menu: [menu, "STOP!"' })).toEqual([
      'words.yaml:3: commands.menu.1: "STOP!" means stop already. Leave it under one command.',
    ]);
    expect(found({ file: 'words.yaml', find: 'stop: [stop', replace: 'stop: [stop, Stop' })).toEqual([]);
    expect(found({ file: 'words.yaml', find: 'stop: [stop', replace: 'stop: [stop, "🛑"' })).toEqual([
      expect.stringContaining('commands.stop.1: "🛑" holds no letter or digit'),
    ]);
  });

  it('two options of a lesson that are understood the same', () => {
    expect(found({ file: ONE, find: '- The field', replace: '- HOUSEWORK!' })).toEqual([
      `${ONE}:${lineOf(ONE, '- The field')}: en.question.options.1: "HOUSEWORK!" is understood the same as option 1. Make them differ in more than spelling.`,
    ]);
    expect(found({ file: ONE, find: '- खेत', replace: '- घर का काम।' })).toEqual([
      expect.stringContaining('hi.question.options.1: "घर का काम।" is understood the same as option 1.'),
    ]);
  });

  it('two options of a lesson in two languages, since he may answer in any', () => {
    const edits = [
      { file: ONE, find: '- खेत', replace: '- 18 साल' },
      { file: ONE, find: '- কিছু না', replace: '- "18 साल"' },
    ];
    expect(found(...edits)).toContainEqual(
      expect.stringContaining('bn.question.options.2: "18 साल" is understood the same as option 2.'),
    );
  });

  it('an option that is the number of another', () => {
    expect(found({ file: ONE, find: '- The field', replace: '- 3' })).toEqual([
      expect.stringContaining('en.question.options.1: "3" is also the number of option 3.'),
    ]);
    expect(found({ file: ONE, find: '- The field', replace: '- 2' })).toEqual([]);
    expect(found({ file: ONE, find: '- The field', replace: '- 18' })).toEqual([]);
    expect(found({ file: ONE, find: '- The field', replace: '- "👍"' })).toEqual([
      expect.stringContaining('holds no letter or digit, so nobody can type it'),
    ]);
  });

  it('a name of two districts of one state, and of two states', () => {
    expect(found({ file: 'geography.yaml', find: '[Sitapoor]', replace: '[Sitapoor, ALLAHABAD]' })).toEqual([
      'geography.yaml:12: states.0.districts.1.aliases.0: "Allahabad" is also a name of UP-sitapur. Take it out of one of them, or make it longer.',
    ]);
    expect(
      found({
        file: 'geography.yaml',
        find: 'aliases: [Allahabad]\n',
        replace:
          'aliases: []\n  - id: UK\n    name: { hi: उत्तराखंड, bn: উত্তরাখণ্ড, or: ଉତ୍ତରାଖଣ୍ଡ, en: Uttarakhand }\n    aliases: [up]\n    network: MAE\n    districts:\n      - id: UK-sitapur\n        name: { hi: सीतापुर, bn: সীতাপুর, or: ସୀତାପୁର, en: Sitapur }\n        aliases: []\n',
      }),
    ).toEqual([
      'geography.yaml:15: states.1.aliases.0: "up" is also a name of UP. Take it out of one of them, or make it longer.',
    ]);
  });

  it('a right answer that stands in the same place in every lesson', () => {
    const dir = contentWith();
    for (const week of [2, 3]) writeLesson(dir, week);
    expect(lint(dir)).toEqual([
      expect.stringContaining('warning: en.question.answer: the right answer is option 1 in every lesson'),
    ]);
  });
});

/** A copy of lesson one under another week. */
function writeLesson(dir: string, week: number): void {
  if (week === 2) rmSync(join(dir, TWO));
  writeFileSync(
    join(dir, `lessons/0${week}-copy.yaml`),
    readFileSync(join(dir, ONE), 'utf8').replace('week: 1', `week: ${week}`),
  );
}
