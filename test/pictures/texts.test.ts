import { certificateTexts, writeDate } from '../../src/pictures';
import { content, translate } from './support';

test.each([
  ['hi', '14 फ़रवरी 2026'],
  ['bn', '১৪ ফেব্রুয়ারি ২০২৬'],
  ['or', '୧୪ ଫେବୃଆରୀ ୨୦୨୬'],
  ['en', '14 February 2026'],
] as const)('the date in %s', (language, written) => {
  expect(writeDate(new Date('2026-02-14T10:00:00Z'), language).normalize('NFC')).toBe(
    written.normalize('NFC'),
  );
});

test('the day is the one it was in India', () => {
  expect(writeDate(new Date('2026-12-31T18:29:59Z'), 'en')).toBe('31 December 2026');
  expect(writeDate(new Date('2026-12-31T18:30:00Z'), 'en')).toBe('1 January 2027');
});

test('words come from content, in the language of the pledge', () => {
  const [pledge] = content.pledges;
  const at = new Date('2026-02-14T10:00:00Z');
  const texts = certificateTexts(translate, { language: 'or', kind: pledge!.id, at });
  expect(texts.pledge).toBe(pledge!.text.or);
  expect(texts.title).toBe(pledge!.title.or);
  expect(texts.heading).toBe(translate({ key: 'certificate.heading' }, 'or'));
  expect(texts).not.toHaveProperty('name');
});

test('a pledge that content does not know is an error', () => {
  expect(() => certificateTexts(translate, { language: 'en', kind: 'no-such', at: new Date(0) })).toThrow(
    'pledge.no-such',
  );
});
