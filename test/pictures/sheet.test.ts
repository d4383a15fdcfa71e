import type { Language } from '../../src/conversation';
import { LANGUAGES } from '../../src/conversation/participant';
import {
  groupLanguage,
  sheetMessage,
  sheetParts,
  type MeetingToPrint,
} from '../../src/conversation/meeting-sheet';
import { renderSheet, sheetTexts } from '../../src/pictures';
import { content, translate } from './support';

const AT = new Date('2026-12-13T17:00:00+05:30');
const meeting: MeetingToPrint = {
  group: 'SITA12',
  at: AT,
  zone: 'Asia/Kolkata',
  place: 'प्राथमिक विद्यालय',
  members: Array.from({ length: 25 }, (_, index) => ({ number: 25 - index, name: `साथी क्रम ${25 - index}` })),
  week: 1,
  answers: [{ week: 1, counts: [6, 15, 0] }],
};

const sheet = (language: Language, changed: Partial<MeetingToPrint> = {}) =>
  sheetTexts(content, translate, { ...meeting, ...changed }, language);
/** As the mentor reads it in his chat. */
const textOf = (language: Language, changed: Partial<MeetingToPrint> = {}) =>
  sheetMessage(sheetParts(content, { ...meeting, ...changed }))
    .map((part) => translate(part, language))
    .join('\n');

describe.each(LANGUAGES)('the sheet in %s', (language) => {
  it('tells day, place, theme, three questions and the roster by number', () => {
    const text = textOf(language);
    expect(text).toContain('SITA12');
    expect(text).toContain('प्राथमिक विद्यालय');
    expect(text).toContain(translate({ key: 'days.7' }, language));
    expect(text).toContain(translate({ key: 'theme.self' }, language));
    for (const index of [0, 1, 2])
      expect(text).toContain(translate({ key: `discussion.self.${index}` }, language));
    const rows = [...text.matchAll(/^(\d+)\. साथी क्रम \1$/gm)].map(([, number]) => Number(number));
    expect(rows).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
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

it('shows how the group answered, and never what nobody chose', () => {
  const text = textOf('en');
  const [first, second] = content.lessons[0]!.text.en.question.options;
  expect(text).toContain(`6 of 21 chose: ${first}`);
  expect(text).toContain(`15 of 21 chose: ${second}`);
  expect(text).not.toContain('0 of 21');
  expect(sheet('en').answers.asked).toHaveLength(1);
});

it("speaks the language of most of them, the mentor's where several are spoken by as many", () => {
  expect(groupLanguage(['bn', 'bn', 'hi'], 'hi')).toBe('bn');
  expect(groupLanguage(['bn', 'hi'], 'hi')).toBe('hi');
  expect(groupLanguage([], 'or')).toBe('or');
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
  const text = textOf('en', { week: 0, place: '', answers: [], members: [] });
  expect(text).not.toContain('chose');
  expect(text).toMatch(/^SITA12: meeting\nSunday 13 December, 5:00 in the evening\n/);
});
