import { parseQuietHours, quietUntil } from '../../src/delivery/quiet-hours';

const night = parseQuietHours('20:00-10:00');
const at = (iso: string) => new Date(iso);

describe('parseQuietHours', () => {
  it('reads hours and minutes', () => {
    expect(parseQuietHours(' 21:30-09:05 ')).toEqual({ from: 1290, to: 545 });
  });
  it('knows "off"', () => {
    expect(parseQuietHours('OFF')).toBeUndefined();
  });
  it.each(['', '20-10', '24:00-10:00', '20:00-10:60', '20:00–10:00', 'night'])(
    'refuses %p with the way it is written',
    (value) => {
      expect(() => parseQuietHours(value)).toThrow('must look like 20:00-10:00');
    },
  );
  it('refuses hours that never end', () => {
    expect(() => parseQuietHours('10:00-10:00')).toThrow('never end');
  });
});

describe('quietUntil', () => {
  it.each([
    ['in the evening until next morning', '2026-01-04T20:00:00+05:30', '2026-01-05T10:00:00+05:30'],
    ['after midnight until the same morning', '2026-01-05T00:30:00+05:30', '2026-01-05T10:00:00+05:30'],
    ['a minute before it ends', '2026-01-05T09:59:59+05:30', '2026-01-05T10:00:00+05:30'],
    ['on New Year’s Eve', '2025-12-31T23:00:00+05:30', '2026-01-01T10:00:00+05:30'],
  ])('is quiet %s', (_, now, until) => {
    expect(quietUntil(at(now), 'Asia/Kolkata', night)).toEqual(at(until));
  });

  it.each(['2026-01-04T10:00:00+05:30', '2026-01-04T19:59:59+05:30'])('is not quiet at %s', (now) => {
    expect(quietUntil(at(now), 'Asia/Kolkata', night)).toBeUndefined();
  });

  it('goes by his own zone', () => {
    const noonInIndia = at('2026-01-04T12:00:00+05:30');
    expect(quietUntil(noonInIndia, 'Europe/London', night)).toEqual(at('2026-01-04T10:00:00Z'));
    expect(quietUntil(noonInIndia, 'Asia/Dhaka', night)).toBeUndefined();
  });

  it('takes the zone of India for one that nobody knows', () => {
    expect(quietUntil(at('2026-01-04T22:00:00+05:30'), 'Nowhere/Land', night)).toEqual(
      at('2026-01-05T10:00:00+05:30'),
    );
  });

  it('keeps a siesta that does not cross midnight', () => {
    const siesta = parseQuietHours('13:00-15:00');
    expect(quietUntil(at('2026-01-04T14:00:00+05:30'), 'Asia/Kolkata', siesta)).toEqual(
      at('2026-01-04T15:00:00+05:30'),
    );
    expect(quietUntil(at('2026-01-04T15:00:00+05:30'), 'Asia/Kolkata', siesta)).toBeUndefined();
  });

  it('is never quiet when off', () => {
    expect(quietUntil(at('2026-01-04T23:00:00+05:30'), 'Asia/Kolkata', undefined)).toBeUndefined();
  });

  it('ends at ten by the wall clock on the day when clocks change', () => {
    expect(quietUntil(at('2026-03-28T21:00:00Z'), 'Europe/Berlin', night)).toEqual(
      at('2026-03-29T10:00:00+02:00'),
    );
  });
});
