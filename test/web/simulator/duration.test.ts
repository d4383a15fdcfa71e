import fc from 'fast-check';
import { DurationError, LONGEST_WAIT, parseDuration } from '../../../src/web/simulator/duration';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['3h', 10_800_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    [' 7 D ', 604_800_000],
    ['+1h', 3_600_000],
    ['0d', 0],
    ['400d', LONGEST_WAIT],
  ])('%j is %d ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each(['', 'd', '7', '7 days', '1.5h', '1h30m', '1e3d', '७d', '7y', '7d7d'])(
    '%j is refused with an example',
    (text) => {
      expect(() => parseDuration(text)).toThrow(DurationError);
      expect(() => parseDuration(text)).toThrow(/30m, 3h, 7d or 2w/);
    },
  );

  it('never moves time backwards', () => expect(() => parseDuration('-3h')).toThrow(/only moves forward/));

  it.each(['401d', '58w', '34560001s', '999999999w'])('%j is too far', (text) => {
    expect(() => parseDuration(text)).toThrow(/400 days/);
  });

  it('answers any text with milliseconds in range or a DurationError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?\d{1,12} ?[smhdwy]$/)), (text) => {
        try {
          const milliseconds = parseDuration(text);
          return Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= LONGEST_WAIT;
        } catch (error) {
          return error instanceof DurationError;
        }
      }),
    );
  });
});
