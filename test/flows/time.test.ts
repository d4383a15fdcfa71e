/** Hours as people type them, and when things fall due: gaps, year ends, other time zones. */
import {
  campaignDayOn,
  checkinAt,
  GAP_BETWEEN_LESSONS,
  hourFrom,
  isSameDay,
  nextCampaignDay,
  nextLessonAt,
  stepAt,
  weeksSinceJoining,
} from '../../flows/time';
import type { CampaignDay } from '../../src/content/model';
import type { Profile } from '../../src/conversation';

const HOURS: Record<string, string> = {
  10: '10 | १० | 10 baje | subah 10 baje | सुबह १० बजे | 10:00 | 10 am | সকাল ১০টা | ସକାଳ 10ଟା',
  11: '11 | 11 baje | ११ बजे | 11.00 am',
  12: '12 | 12 noon | dopahar 12 baje | দুপুর ১২টা',
  13: '1 | 1 pm | dopahar 1 baje | 13:00 | १ बजे | দুপুর 1টা',
  14: '2 pm | 14 | 2 baje | দুপুর ২টোয়',
  15: '3 | dopahar 3 baje | 15:00 | ୩ଟା',
  16: '4 | 4pm | bikel 4te',
  17: '5 | 5 pm | विकेल 5 | বিকেল ৫টা | 17:00',
  18: '6 | 6 pm | shaam 6 baje | shaam ६ बजे | शाम छह 6 बजे | 18:00 | সন্ধ্যা ৬টা | ସନ୍ଧ୍ୟା ୬ଟା | evening 6',
  19: '7 | 7 pm | 19:00 | 19 | 07:00 pm | शाम ७ बजे | 7 baje shaam',
};
const hourRows = Object.entries(HOURS).flatMap(([hour, texts]) =>
  texts.split(' | ').map((text) => [text, Number(hour)] as const),
);

test.each(hourRows)('"%s" is %i o’clock', (text, hour) => expect(hourFrom(text)).toBe(hour));

test.each([
  'raat 9 baje',
  '21:00',
  '8 pm',
  '20',
  'kabhi bhi',
  '',
  'subah 6 baje',
  'सुबह 7 बजे',
  '10 pm',
  'raat 10 baje',
  'রাত ১০টা',
  '11pm',
  '5 am',
  '2026',
  '100',
  '23:00',
  '0',
])('"%s" is no hour for a lesson', (text) => expect(hourFrom(text)).toBeUndefined());

const wednesdaySix: Profile = { zone: 'Asia/Kolkata', lessonDay: 3, lessonHour: 18 };
const at = (text: string) => new Date(text);

describe('the next lesson', () => {
  test.each([
    ['from Sunday, the coming Wednesday', '2026-01-04T10:00+05:30', '2026-01-07T18:00+05:30'],
    ['on the day before the hour, today', '2026-01-07T17:59+05:30', '2026-01-07T18:00+05:30'],
    ['at the very hour, a week later', '2026-01-07T18:00+05:30', '2026-01-14T18:00+05:30'],
    ['over the end of the year', '2026-12-31T10:00+05:30', '2027-01-06T18:00+05:30'],
    [
      'shortly before midnight UTC it is already tomorrow here',
      '2026-01-06T23:30Z',
      '2026-01-07T18:00+05:30',
    ],
  ])('%s', (_, now, due) => expect(nextLessonAt(wednesdaySix, at(now))).toEqual(at(due)));

  test.each([
    [
      'begun on Sunday morning: Wednesday evening is more than three days away',
      '2026-01-04T10:00+05:30',
      '2026-01-07T18:00+05:30',
    ],
    ['begun on Sunday night: it is not', '2026-01-04T19:00+05:30', '2026-01-14T18:00+05:30'],
    ['begun on Tuesday: not tomorrow', '2026-01-06T10:00+05:30', '2026-01-14T18:00+05:30'],
    ['begun on Thursday', '2026-01-08T10:00+05:30', '2026-01-14T18:00+05:30'],
  ])('with the gap of three days, %s', (_, now, due) =>
    expect(nextLessonAt(wednesdaySix, at(now), GAP_BETWEEN_LESSONS)).toEqual(at(due)),
  );

  test('without a day and hour of his own, Sunday at six', () => {
    expect(nextLessonAt({ zone: 'Asia/Kolkata' }, at('2026-01-05T10:00+05:30'))).toEqual(
      at('2026-01-11T18:00+05:30'),
    );
  });

  test('keeps his hour on the clock where clocks are put forward', () => {
    const berlin: Profile = { zone: 'Europe/Berlin', lessonDay: 7, lessonHour: 18 };
    expect(nextLessonAt(berlin, at('2026-03-25T12:00Z'))).toEqual(at('2026-03-29T16:00Z'));
    expect(nextLessonAt(berlin, at('2026-03-20T12:00Z'))).toEqual(at('2026-03-22T17:00Z'));
  });
});

describe('the check-in', () => {
  test.each([
    ['today', '2026-01-04T10:00+05:30', '2026-01-05T18:00+05:30'],
    ['tomorrow', '2026-01-04T10:00+05:30', '2026-01-06T18:00+05:30'],
    ['weekend', '2026-01-07T19:00+05:30', '2026-01-12T18:00+05:30'],
    ['weekend', '2026-01-10T10:00+05:30', '2026-01-12T18:00+05:30'],
    ['weekend', '2026-01-11T10:00+05:30', '2026-01-12T18:00+05:30'],
    ['tomorrow', '2026-12-30T10:00+05:30', '2027-01-01T18:00+05:30'],
  ] as const)('%s, promised on %s', (chosen, now, due) =>
    expect(checkinAt(wednesdaySix, at(now), chosen)).toEqual(at(due)),
  );

  test('on a pledge’s first step a week later at his hour', () => {
    expect(stepAt(wednesdaySix, at('2026-12-28T10:00+05:30'))).toEqual(at('2027-01-04T18:00+05:30'));
  });
});

const day = (id: string, on: CampaignDay['on']): CampaignDay => ({
  id,
  on,
  name: { hi: id, bn: id, or: id, en: id, 'hi-Latn': id },
  greeting: { hi: id, bn: id, or: id, en: id, 'hi-Latn': id },
  pledge: true,
});
const DAYS = [
  day('savitribai', { month: 1, day: 3 }),
  day('womens-day', { month: 3, day: 8 }),
  day('rakhi', { dates: ['2026-08-28', '2027-08-17'] }),
  day('rights', { month: 12, day: 10 }),
];

describe('campaign days', () => {
  test.each([
    ['the coming one', '2026-01-04T10:00+05:30', '2026-03-08T11:00+05:30'],
    ['on its morning, today', '2026-03-08T10:59+05:30', '2026-03-08T11:00+05:30'],
    ['once eleven has struck, the next', '2026-03-08T11:00+05:30', '2026-08-28T11:00+05:30'],
    ['a day that moves, in its year', '2027-03-09T10:00+05:30', '2027-08-17T11:00+05:30'],
    ['a day that moves, beyond the list: passed over', '2028-03-09T10:00+05:30', '2028-12-10T11:00+05:30'],
    ['over the end of the year', '2026-12-11T10:00+05:30', '2027-01-03T11:00+05:30'],
    ['the date is his own, not UTC', '2026-03-07T20:00Z', '2026-03-08T11:00+05:30'],
  ])('%s', (_, now, due) => expect(nextCampaignDay(DAYS, wednesdaySix, at(now))).toEqual(at(due)));

  test('none where the calendar has run out', () => {
    expect(nextCampaignDay([DAYS[2]!], wednesdaySix, at('2028-01-01T10:00+05:30'))).toBeUndefined();
    expect(nextCampaignDay([], wednesdaySix, at('2026-01-01T10:00+05:30'))).toBeUndefined();
  });

  test('which one falls on a moment, by his own date', () => {
    expect(campaignDayOn(DAYS, wednesdaySix, at('2026-03-07T19:00Z'))?.id).toBe('womens-day');
    expect(campaignDayOn(DAYS, wednesdaySix, at('2026-03-08T19:00Z'))).toBeUndefined();
    expect(campaignDayOn(DAYS, wednesdaySix, at('2027-08-17T12:00+05:30'))?.id).toBe('rakhi');
    expect(campaignDayOn(DAYS, { zone: 'America/New_York' }, at('2026-03-08T03:00Z'))).toBeUndefined();
  });
});

describe('the weeks of the programme', () => {
  const joined = { ...wednesdaySix, joinedAt: at('2026-01-04T10:00+05:30') };
  test.each([
    [1, '2026-01-04T10:00+05:30'],
    [1, '2026-01-07T17:59+05:30'],
    [2, '2026-01-07T18:00+05:30'],
    [2, '2026-01-14T17:59+05:30'],
    [3, '2026-01-14T18:00+05:30'],
    [54, '2027-01-06T18:00+05:30'],
  ])('%i lessons by %s', (weeks, now) => expect(weeksSinceJoining(joined, at(now))).toBe(weeks));

  test('count from the first lesson where he did not begin at once', () => {
    const first = at('2026-01-07T18:00+05:30');
    expect(weeksSinceJoining(joined, at('2026-01-14T17:00+05:30'), first)).toBe(1);
    expect(weeksSinceJoining(joined, at('2026-01-14T18:00+05:30'), first)).toBe(2);
  });

  test('have not begun for whoever has not joined', () => {
    expect(weeksSinceJoining(wednesdaySix, at('2026-01-14T18:00+05:30'))).toBe(0);
  });
});

test('the same day is the same date where he lives', () => {
  expect(isSameDay(wednesdaySix, at('2026-01-04T18:29Z'), at('2026-01-04T00:00+05:30'))).toBe(true);
  expect(isSameDay(wednesdaySix, at('2026-01-04T18:31Z'), at('2026-01-04T12:00+05:30'))).toBe(false);
});
