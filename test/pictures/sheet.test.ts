import { LANGUAGES } from '../../src/conversation/participant';
import { renderSheet, sheetAsText, sheetTexts, type MeetingToPrint } from '../../src/pictures';
import { content, translate } from './support';

const AT = new Date('2026-12-13T17:00:00+05:30');
const [theme = ''] = content.discussed.filter((one) => one === 'self');
const meeting: MeetingToPrint = {
  group: 'SITA12',
  at: AT,
  zone: 'Asia/Kolkata',
  place: 'प्राथमिक विद्यालय',
  theme,
  members: Array.from({ length: 25 }, (_, index) => ({ number: 25 - index, name: `साथी क्रम ${25 - index}` })),
  answers: [
    {
      question: { key: 'lesson.1.title' },
      options: [count('agree', 6), count('disagree', 15), count('skip', 0)],
    },
    { question: { key: 'lesson.2.title' }, options: [count('agree', 3), count('disagree', 1)] },
  ],
};

function count(option: string, number: number) {
  return { label: { key: `options.${option}` }, count: number };
}

const sheet = (language: (typeof LANGUAGES)[number], changed: Partial<MeetingToPrint> = {}) =>
  sheetTexts(content, translate, { ...meeting, ...changed }, language);

describe.each(LANGUAGES)('the sheet in %s', (language) => {
  it('tells day, place, theme, three questions and the roster by number', () => {
    const text = sheetAsText(sheet(language));
    expect(text).toContain('SITA12');
    expect(text).toContain('प्राथमिक विद्यालय');
    expect(text).toContain(translate({ key: 'days.7' }, language));
    expect(text).toContain(translate({ key: 'theme.self' }, language));
    for (const index of [0, 1, 2])
      expect(text).toContain(translate({ key: `discussion.self.${index}` }, language));
    const rows = text.split('\n').slice(-25);
    expect(rows.map((row) => parseInt(row))).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  it('is a PDF of one page, the same each time', async () => {
    const [one, other] = await Promise.all([
      renderSheet(sheet(language), AT),
      renderSheet(sheet(language), AT),
    ]);
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(one.equals(other)).toBe(true);
    expect(one.length).toBeLessThan(400_000);
  });
});

it('shows answers from five up, and never which were given by nobody', () => {
  const text = sheetAsText(sheet('en'));
  expect(text).toContain('6 of 21 chose: Yes, I agree');
  expect(text).toContain('15 of 21 chose: No');
  expect(text).not.toContain('0 of 21');
  expect(text).not.toContain(' of 4 ');
  expect(text).not.toContain(translate({ key: 'lesson.2.title' }, 'en'));
});

it('keeps to one page however long the names and however many the answers', async () => {
  const long = sheet('or', {
    members: meeting.members.map((member) => ({ ...member, name: 'ଜଗନ୍ନାଥ ପ୍ରସାଦ '.repeat(8) })),
    answers: Array.from({ length: 12 }, () => meeting.answers[0]!),
  });
  const pdf = await renderSheet(long, AT);
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
});

it('leaves out what there is not', () => {
  const text = sheetAsText(
    sheet('en', { theme: content.lessons[0]!.theme, place: '', answers: [], members: [] }),
  );
  expect(text).not.toContain('chose');
  expect(text).toMatch(/^SITA12: meeting\nSunday 13 December, 5:00 in the evening\n/);
});
