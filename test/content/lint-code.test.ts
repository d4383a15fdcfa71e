import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWith, lint, removeMade, type Edit } from './support';

afterAll(removeMade);

describe('keys and code', () => {
  /** The good content beside a flow and a source file. */
  function withCode(flow: string, source = '', ...edits: Edit[]): string[] {
    const dir = contentWith(...edits);
    mkdirSync(join(dir, 'code/flows'), { recursive: true });
    mkdirSync(join(dir, 'code/src/web'), { recursive: true });
    writeFileSync(join(dir, 'code/flows/menu.ts'), flow);
    writeFileSync(join(dir, 'code/src/web/page.ts'), source);
    const code = [join(dir, 'code/flows'), join(dir, 'code/src')];
    return lint(dir, { code });
  }
  const ALL =
    "say('consent.notice'); say('menu.ask');\nconst lesson = part(`menu.${entry}`); part('week.left', { count }); t('consent.version');";

  it('agree', () => {
    expect(withCode(ALL)).toEqual([]);
  });

  it('a text that nothing asks for', () => {
    expect(withCode(ALL.replace("say('consent.notice'); ", ''))).toEqual([
      'locales/hi.yaml:3: warning: consent.notice: nothing in flows/ or src/ asks for this text. Use it, or take it out of every language.',
    ]);
    expect(withCode(ALL.replace("'week.left'", "'menu.ask'"))).toEqual([
      expect.stringContaining('week.left_one: nothing in flows/ or src/ asks'),
    ]);
  });

  it('is not fooled by comments', () => {
    expect(
      withCode(
        `// 'consent.notice'\n/* \`consent.\${any}\` */\n${ALL.replace("say('consent.notice'); ", '')}`,
      ),
    ).toHaveLength(1);
  });

  it('a text that another text draws in counts as used', () => {
    const edits = ['hi', 'bn', 'or', 'en'].map((language): Edit => ({
      file: `locales/${language}.yaml`,
      find: '{{name}}',
      replace: '{{name}} $t(menu.lesson)',
    }));
    expect(withCode(ALL.replace('`menu.${entry}`', "'menu.ask'"), '', ...edits)).toEqual([]);
  });

  it('a key that no file holds', () => {
    expect(withCode(`${ALL}\nask: () => 'menu.asks',`)).toEqual([
      'code/flows/menu.ts:3: menu.asks: is asked for here, but stands in no content file. Write it in content/locales, in every language.',
    ]);
    expect(withCode(`${ALL}\nsay(\`odd.\${event.kind}\`);`)).toEqual([
      expect.stringContaining('code/flows/menu.ts:3: odd.*: is asked for here'),
    ]);
    expect(withCode(ALL, "const label = t('console.title');")).toEqual([
      expect.stringContaining('code/src/web/page.ts:1: console.title: is asked for here'),
    ]);
  });

  it('texts of lessons, pledges, places and days are keys too', () => {
    expect(
      withCode(
        `${ALL} say(\`lesson.\${week}.question.ask\`); say(\`day.\${id}.greeting\`); say('place.UP-sitapur'); say('lesson.1.sms');`,
      ),
    ).toEqual([]);
  });

  it('journal entries, targets, constants, members of a union and other dotted words are none', () => {
    expect(
      withCode(
        `${ALL} record('lesson.offered'); ({ target: 'talk.home' }); const FIRST_STATE = 'talk.hello'; function f(entry: 'menu.ask' | 'saathi.left') {} f('saathi.left');`,
        "find({ 'profile.language': 'hi' });",
      ),
    ).toEqual([]);
  });

  it('options of a question need labels, and one meaning each', () => {
    const labels = (language: string, yes: string, no: string): Edit => ({
      file: `locales/${language}.yaml`,
      find: 'menu:',
      replace: `options:\n  yes: ${yes}\n  no: ${no}\nmenu:`,
    });
    const edits = [
      labels('hi', 'हाँ', 'नहीं'),
      labels('bn', 'হ্যাঁ', 'না'),
      labels('or', 'ହଁ', 'ନା'),
      labels('en', '"Yes"', '"No"'),
    ];
    const flow = `${ALL} options('yes', 'no'); const key = \`options.\${id}\`;`;
    expect(withCode(flow, '', ...edits)).toEqual([]);
    expect(withCode(flow.replace("'no')", "'never')"), '', ...edits)).toEqual([
      expect.stringContaining('options.never: is asked for here'),
      expect.stringContaining('options.no: nothing in flows/ or src/ asks for this text'),
    ]);
    expect(
      withCode(flow, '', ...edits, { file: 'words.yaml', find: 'no: [no', replace: 'no: [no, Haan' }),
    ).toEqual([
      'words.yaml:6: options.no.1: "Haan" means yes in the same question (yes, no). Leave it under one of them.',
    ]);
    expect(withCode(flow, '', ...edits.slice(0, 3), labels('en', '"Yes"', '"Yes!"'))).toContainEqual(
      expect.stringContaining('options.no: "Yes!" means yes in the same question'),
    );
  });

  it('the ending of a key, whose beginning a helper adds', () => {
    expect(
      withCode(`${ALL} say(key(step, 'question.ask')); say(key(step, \`question.feedback.\${n}\`));`),
    ).toEqual([]);
    expect(withCode(`${ALL} say(key(step, 'question.asks'));`)).toEqual([
      expect.stringContaining('*.question.asks: is asked for here'),
    ]);
  });

  it('a word in the gap of a template must be written somewhere, a number need not', () => {
    const odd = (texts: string): Edit[] =>
      ['hi', 'bn', 'or', 'en'].map((language) => ({
        file: `locales/${language}.yaml`,
        find: 'menu:',
        replace: `odd: { ${texts} }\nmenu:`,
      }));
    const flow = `${ALL} say(\`odd.\${kind}\`); type Kind = 'video';`;
    expect(withCode(flow, '', ...odd('video: "1"'))).toEqual([]);
    expect(withCode(flow, '', ...odd('video: "1", "7": "2"'))).toEqual([]);
    expect(withCode(flow, '', ...odd('video: "1", fax: "2"'))).toEqual([
      expect.stringContaining('odd.fax: nothing in flows/ or src/ asks'),
    ]);
  });

  it('options listed in a constant of the same file', () => {
    const days = ['hi', 'bn', 'or', 'en'].map((language): Edit => ({
      file: `locales/${language}.yaml`,
      find: 'menu:',
      replace: 'options: { mon: "7", tue: "8" }\nmenu:',
    }));
    const flow = (list: string) =>
      `${ALL} const DAYS = ['mon', 'tue'];\nconst HOURS: Record<string, number> = { mon: 10, wed: 13 };\noptions(${list}); const key = \`options.\${id}\`;`;
    expect(withCode(flow('...DAYS'), '', ...days)).toEqual([]);
    expect(withCode(flow("...Object.keys(HOURS), 'tue'"), '', ...days)).toEqual([
      expect.stringContaining('flows/menu.ts:4: options.wed: is asked for here'),
    ]);
    expect(
      withCode(flow('...DAYS'), '', ...days, {
        file: 'words.yaml',
        find: '  yes:',
        replace: '  mon: [som]\n  tue: [Som]\n  yes:',
      }),
    ).toEqual([expect.stringContaining('options.tue.0: "Som" means mon in the same question (mon, tue)')]);
  });
});
