import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintContent, lintReport, report } from '../../src/content';
import { contentWith, found, GOOD, lineOf, lint, removeMade, TODAY, type Edit } from './support';

const ONE = 'lessons/01-why-men.yaml';
const TWO = 'lessons/02-housework.yaml';
afterAll(removeMade);

/** `before` lengthened with `letter` to `length` code points. */
const pad = (before: string, letter: string, length: number) =>
  before + letter.repeat(length - Array.from(before).length);

it('finds nothing in good content', () => {
  expect(lintContent(GOOD, { today: TODAY })).toEqual([]);
});

it('finds what the loader finds too: a language missing', () => {
  expect(found({ file: ONE, find: '  or: ପୁରୁଷ କାହିଁକି\n', replace: '' })).toEqual([
    `${ONE}:3: title.or: Odia is missing. Write it in Odia too, under the key \`or\`.`,
  ]);
});

describe('lengths', () => {
  const english = {
    lesson: 'Equality begins at home. The day Ramesh first cooked, his sister found time to study.',
    line: lineOf(ONE, 'Equality begins') - 1,
  };
  const longer = (find: string, length: number, letter = 'x'): Edit => ({
    file: ONE,
    find,
    replace: pad(find, letter, length),
  });

  it.each([
    ['lesson', english.lesson, 700],
    ['reflection', 'Who works latest in your home?', 300],
    ['checkin', 'Did you do that chore?', 300],
    ['action.ask', 'Do one chore yourself this week. Will you?', 320],
    ['question.feedback.0', 'Yes! Sharing work gives time.', 300],
  ])('en.%s', (thing, text, limit) => {
    expect(found(longer(text, limit))).toEqual([]);
    expect(found(longer(text, limit + 2))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${ONE}:\\d+: en\\.${thing}: ${limit + 2} characters, at most ${limit}\\. Shorten it by 2\\.$`,
        ),
      ),
    ]);
  });

  it('counts characters as people see code points, not UTF-16 units', () => {
    expect(found(longer(english.lesson, 700, '🌾'))).toEqual([]);
  });

  it('options: a warning beyond what can be tapped, an error beyond 60', () => {
    const option = '      - Housework';
    expect(found(longer(option, 8 + 24))).toEqual([]);
    expect(found(longer(option, 8 + 25))).toEqual([
      `${ONE}:${lineOf(ONE, option)}: warning: en.question.options.0: an option of 25 characters; only 24 fit where it is tapped. Shorten it if you can.`,
    ]);
    expect(found(longer(option, 8 + 61))).toEqual([
      `${ONE}:${lineOf(ONE, option)}: en.question.options.0: an option of 61 characters, at most 60. Say it in fewer words.`,
    ]);
  });

  it('first steps of a pledge are never tapped, and may fill 60', () => {
    const step = (length: number): Edit => ({
      file: 'pledges.yaml',
      find: 'Cook one meal',
      replace: 'x'.repeat(length),
    });
    expect(found(step(60))).toEqual([]);
    expect(found(step(61))).toEqual([
      expect.stringContaining('pledges.0.steps.0.text.en: an option of 61 characters'),
    ]);
  });

  it('SMS: three segments, in either encoding', () => {
    const en = 'Samanta Saathi: do one chore at home yourself this week.';
    const hi = 'समानता साथी: इस हफ़्ते घर का एक काम आप कीजिए।';
    const at = (text: string) => lineOf(ONE, text);
    expect(found(longer(en, 459))).toEqual([]);
    expect(found(longer(en, 460))).toEqual([
      `${ONE}:${at(en)}: en.sms: takes 4 SMS, at most 3. Shorten it: in these letters, 459 characters fit.`,
    ]);
    expect(found(longer(hi, 201, 'क'))).toEqual([]);
    expect(found(longer(hi, 202, 'क'))).toEqual([
      `${ONE}:${at(hi)}: hi.sms: takes 4 SMS, at most 3. Shorten it: in these letters, 201 characters fit.`,
    ]);
  });
});

describe('the same in every language', () => {
  it('keys', () => {
    expect(
      found({ file: 'locales/en.yaml', find: '  lesson: Lesson', replace: '  lesson: Lesson\n  help: Help' }),
    ).toEqual([
      'locales/en.yaml:7: menu.help: menu.help is missing in hi, bn, or. Write it there too, or take it out here.',
    ]);
    expect(found({ file: 'locales/bn.yaml', find: '  lesson: পাঠ\n', replace: '' })).toEqual([
      expect.stringContaining('menu.lesson is missing in bn.'),
    ]);
  });

  it('placeholders', () => {
    expect(found({ file: 'locales/or.yaml', find: '{{name}}', replace: '{{nam}}' })).toEqual([
      'locales/bn.yaml:3: consent.notice: lacks {{nam}}, which another language has. Use the same placeholders in every language.',
      'locales/en.yaml:3: consent.notice: lacks {{nam}}, which another language has. Use the same placeholders in every language.',
      'locales/hi.yaml:3: consent.notice: lacks {{nam}}, which another language has. Use the same placeholders in every language.',
      'locales/or.yaml:3: consent.notice: lacks {{name}}, which another language has. Use the same placeholders in every language.',
    ]);
  });

  it('a placeholder may be left out of one plural form, not of all', () => {
    const one: Edit = { file: 'locales/en.yaml', find: '"{{count}} week left"', replace: 'One week left' };
    expect(found(one)).toEqual([]);
    expect(
      found(one, { file: 'locales/en.yaml', find: '"{{count}} weeks left"', replace: 'Some weeks left' }),
    ).toEqual([expect.stringContaining('week.left_one: lacks {{count}}')]);
  });

  it('braces that make no placeholder', () => {
    const broken = ['{name}', '{{name}', '{ {name} }'];
    for (const replace of broken) {
      expect(found({ file: 'locales/en.yaml', find: '{{name}}', replace })).toContainEqual(
        expect.stringContaining(
          'locales/en.yaml:3: consent.notice: has a brace that belongs to no placeholder.',
        ),
      );
    }
  });

  it('plural forms, those that the language has', () => {
    expect(
      found({ file: 'locales/bn.yaml', find: '  left_other: "{{count}} সপ্তাহ বাকি"\n', replace: '' }),
    ).toEqual(['locales/bn.yaml:8: week.left_one: has no form _other. Add week.left_other.']);
    expect(
      found({
        file: 'locales/bn.yaml',
        find: '  left_other',
        replace: '  left_few: "{{count}} সপ্তাহ"\n  left_other',
      }),
    ).toEqual([
      'locales/bn.yaml:9: week.left_few: bn has only the forms _one, _other. Rename or remove this one.',
    ]);
    expect(
      found({ file: 'locales/bn.yaml', find: '  left_other', replace: '  left_zero: শেষ\n  left_other' }),
    ).toEqual([]);
  });
});

describe('scripts', () => {
  it('a Bengali letter in Odia text', () => {
    expect(found({ file: ONE, find: 'ଘର କାମ', replace: 'ଘর କାମ' })).toEqual([
      `${ONE}:${lineOf(ONE, '- ଘର କାମ')}: or.question.options.0: "র" is not in Odia letters. Type it again in Odia.`,
    ]);
  });

  it.each([
    ['hi', 'आप क्या चाहेंगे?', 'Devanagari', 'চা'],
    ['bn', 'কী চান?', 'Bengali', 'की'],
    ['en', 'What would you like?', 'Latin', 'की'],
  ])('a stranger in %s', (language, text, name, stranger) => {
    expect(found({ file: `locales/${language}.yaml`, find: text, replace: `${text} ${stranger}` })).toEqual([
      `locales/${language}.yaml:5: menu.ask: "${stranger}" is not in ${name} letters. Type it again in ${name}.`,
    ]);
  });

  it('Latin words, digits, danda, rupee and emoji are at home everywhere', () => {
    expect(found({ file: 'locales/or.yaml', find: 'ପାଠ', replace: 'WhatsApp ରେ ପାଠ 3 ୩ ₹ 🙏 ।' })).toEqual(
      [],
    );
  });

  it('a text left in English', () => {
    expect(found({ file: 'locales/hi.yaml', find: 'lesson: पाठ', replace: 'lesson: Lesson' })).toEqual([
      'locales/hi.yaml:6: warning: menu.lesson: stands in Latin letters only. Translate it, or write it in Devanagari.',
    ]);
    expect(
      found(
        { file: 'locales/hi.yaml', find: 'lesson: पाठ', replace: 'lesson: "https://example.org/{{name}}"' },
        ...['bn', 'or', 'en'].map((language): Edit => ({
          file: `locales/${language}.yaml`,
          find: '\n  lesson: ',
          replace: '\n  lesson: "{{name}}" #',
        })),
      ),
    ).toEqual([]);
  });

  it('letters that are not in NFC', () => {
    expect(found({ file: ONE, find: 'ঘরের কাজ', replace: 'গা\u09dc\u09bf' })).toEqual([
      `${ONE}:${lineOf(ONE, '- ঘরের কাজ')}: 1 line(s) hold letters composed in a non-standard way (not Unicode NFC), this one first. Run \`npm run content:lint -- --fix\`.`,
    ]);
  });
});

describe('dates of verification', () => {
  const dir = contentWith({
    file: 'calendar.yaml',
    find: '"2027-08-17"',
    replace: '"2027-08-17", "2028-08-05"',
  });
  const at = (day: string) => lint(dir, { today: new Date(`${day}T00:00:00Z`) });

  it('are good for a year', () => {
    expect(at('2027-11-01')).toEqual([]);
    expect(at('2027-11-02')).toEqual([
      'gender-hubs.yaml:9: hubs.0.confirmedOn: verified 366 days ago, at most 365. Check that it still holds, then write the new date.',
      'helplines.yaml:7: helplines.0.verifiedOn: verified 366 days ago, at most 365. Check that it still holds, then write the new date.',
      `${TWO}:11: sources.0.verifiedOn: verified 366 days ago, at most 365. Check that it still holds, then write the new date.`,
    ]);
  });

  it('Gender Hubs that the organisation has not named yet are a warning', () => {
    expect(found({ file: 'gender-hubs.yaml', find: 'expected: 1', replace: 'expected: 27' })).toEqual([
      'gender-hubs.yaml:7: warning: hubs: 1 of 27 Gender Hubs are listed. Add the others when the organisation has confirmed them.',
    ]);
  });

  it('moving days need a date in the year ahead', () => {
    const edit = { file: 'calendar.yaml', find: '["2027-08-17"]', replace: '["2026-08-28"]' };
    expect(found(edit)).toEqual([
      'calendar.yaml:10: warning: days.1.on.dates: has no date in the year to come. Look it up in the calendar of the coming year and add it.',
    ]);
    expect(found({ ...edit, replace: '["2026-11-24"]' })).toEqual([]);
    expect(found({ ...edit, replace: '["2026-08-28", "2028-08-05"]' })).toHaveLength(1);
  });

  it('do not lie in the future, but it may be tomorrow in India', () => {
    expect(at('2026-10-31')).toEqual([]);
    expect(at('2026-10-30')).toHaveLength(3);
    expect(at('2026-10-30')[1]).toMatch(/helplines\.0\.verifiedOn: 2026-11-01 lies in the future\./);
  });
});

describe('Hindi in Latin letters', () => {
  const latin = (changed: (block: string) => string): Edit => {
    const block = readFileSync(join(GOOD, ONE), 'utf8').split(/^en:$/m)[1] ?? '';
    return { file: ONE, find: '\nen:\n', replace: `\nhi-Latn:\n${changed(block)}\nen:\n` };
  };

  it('may stand in a lesson, and is checked as the others are', () => {
    expect(found(latin((block) => block))).toEqual([]);
    expect(found(latin((block) => block.replace(/sms: .*/, 'sms: आप')))[0]).toMatch(
      /hi-Latn\.sms: "आप" is not in Latin letters/,
    );
    const answer = /answer: (\d)/;
    const findings = found(latin((block) => block.replace(answer, (_, n) => `answer: ${1 - Number(n)}`)));
    expect(findings[0]).toMatch(/hi-Latn\.question\.answer: .* Put the options in the same order/);
  });
});

describe('the report', () => {
  it('counts, and shows SMS per lesson and language', () => {
    const { text, findings } = lintReport(GOOD, { today: TODAY });
    expect(findings).toEqual([]);
    expect(text).toBe(
      [
        '',
        '2 lessons, 1 state, 2 districts, 1 pledge, 1 thing to report, 2 campaign days, 1 helpline, 19 phrases, 4 languages',
        'Not yet in Latin letters (hi-Latn): 49 texts, such as consent.version, consent.notice, menu.ask. Hindi stands in.',
        '',
        'Easy to read? Words a sentence, the lessons with the longest sentences, long words in one lesson alone:',
        'hi         5.1  week 1 (5.1), week 2 (5.1)                0',
        'bn         4.0  week 1 (4.0), week 2 (4.0)                0',
        'or         3.9  week 1 (3.9), week 2 (3.9)                0',
        'en         4.3  week 1 (4.3), week 2 (4.3)                0',
        'hi-Latn    0.0                                            0',
        '',
        'SMS segments       hi       bn       or       en  hi-Latn',
        '01-why-men          1        1        1        1        –',
        '02-housework        1        1        1        1        –',
        'all lessons         2        2        2        2        2',
        '',
        '0 errors, 0 warnings. The content can go live.',
      ].join('\n'),
    );
  });

  it('says what to do', () => {
    const dir = contentWith({ file: ONE, find: 'week: 1', replace: 'week: one' });
    expect(report(lintContent(dir, { today: TODAY }))).toBe(
      '1 error, 0 warnings. Correct the errors, then run this again.',
    );
  });
});
