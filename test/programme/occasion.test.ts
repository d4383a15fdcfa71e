import { loadContent } from '../../src/content';
import { CONTENT_DIR } from '../../src/paths';
import { occasionAt, type Occasion } from '../../src/programme/occasion';

const days = loadContent(CONTENT_DIR).campaignDays;
const india = { zone: 'Asia/Kolkata', joinedAt: new Date('2026-01-04T23:30:00+05:30') };
const at = (occasion: Occasion, now: string, profile: Partial<typeof india> = india) =>
  occasionAt(occasion, days, { zone: 'Asia/Kolkata', ...profile }, new Date(now))?.toISOString();

describe('when a planned thing is due', () => {
  it('goes by his own day and hour, not by the machine’s', () => {
    const occasion: Occasion = { on: { own: 'joined' }, offsetDays: 30, hour: 18 };
    expect(at(occasion, '2026-01-05T00:00:00Z')).toBe('2026-02-03T12:30:00.000Z');
    expect(at(occasion, '2026-01-05T00:00:00Z', { ...india, zone: 'Asia/Dubai' })).toBe(
      '2026-02-03T14:00:00.000Z',
    );
  });

  it('is not planned once it is past, nor for whoever lacks the date', () => {
    const occasion: Occasion = { on: { own: 'joined' }, offsetDays: 30, hour: 18 };
    expect(at(occasion, '2026-02-03T12:30:00Z')).toBeUndefined();
    expect(occasionAt(occasion, days, { zone: 'Asia/Kolkata' }, new Date('2026-01-05'))).toBeUndefined();
    expect(
      at({ on: { date: '2026-01-01' }, offsetDays: 0, hour: 10 }, '2026-01-02T00:00:00Z'),
    ).toBeUndefined();
  });

  it('takes a day of the calendar each year anew, the day before the eighth of March included', () => {
    const eve: Occasion = { on: { day: 'womens-day' }, offsetDays: -1, hour: 11 };
    expect(at(eve, '2026-01-05T00:00:00Z')).toBe('2026-03-07T05:30:00.000Z');
    expect(at(eve, '2026-03-07T05:30:00Z')).toBe('2027-03-07T05:30:00.000Z');
  });

  it('finds its way across the turn of a year', () => {
    const before: Occasion = { on: { day: 'savitribai-phule' }, offsetDays: -7, hour: 11 };
    expect(at(before, '2026-12-20T00:00:00Z')).toBe('2026-12-27T05:30:00.000Z');
    const later: Occasion = { on: { date: '2026-12-30' }, offsetDays: 5, hour: 11 };
    expect(at(later, '2027-01-01T00:00:00Z')).toBe('2027-01-04T05:30:00.000Z');
  });

  it('ends with the listed dates of a moving day, and knows no day that is not there', () => {
    const occasion: Occasion = { on: { day: 'raksha-bandhan' }, offsetDays: 0, hour: 11 };
    expect(at(occasion, '2026-09-01T00:00:00Z')).toBe('2027-08-17T05:30:00.000Z');
    expect(at(occasion, '2031-01-01T00:00:00Z')).toBeUndefined();
    expect(at({ ...occasion, on: { day: 'nonsense' } }, '2026-01-01T00:00:00Z')).toBeUndefined();
  });
});
