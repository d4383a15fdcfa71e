import fc from 'fast-check';
import { parseQuietHours, quietUntil } from '../../src/delivery/quiet-hours';
import type { Reminder } from '../../src/conversation';
import { reminderTimes } from '../../src/programme/meeting-reminders';

const zone = 'Asia/Kolkata';
const quiet = parseQuietHours('20:00-10:00');
const BOTH: Reminder[] = ['two-days', 'three-hours'];
const india = (text: string) => new Date(`${text}:00+05:30`);
const times = (at: string, now: string, chosen = BOTH) =>
  reminderTimes({ at: india(at), now: india(now), chosen, zone, quiet }).map(
    ({ reminder, due }) => [reminder, due] as const,
  );

describe('reminders of a meeting', () => {
  it('come two days and three hours before', () => {
    expect(times('2026-12-13T17:00', '2026-12-01T12:00')).toEqual([
      ['two-days', india('2026-12-11T17:00')],
      ['three-hours', india('2026-12-13T14:00')],
    ]);
  });

  it('come the evening before rather than in the quiet hours', () => {
    expect(times('2026-12-13T11:00', '2026-12-01T12:00')).toEqual([
      ['two-days', india('2026-12-11T11:00')],
      ['three-hours', india('2026-12-12T18:00')],
    ]);
    expect(times('2026-12-13T21:00', '2026-12-01T12:00')).toEqual([
      ['two-days', india('2026-12-11T18:00')],
      ['three-hours', india('2026-12-13T18:00')],
    ]);
    expect(times('2026-12-13T02:00', '2026-12-01T12:00', ['three-hours'])).toEqual([
      ['three-hours', india('2026-12-12T18:00')],
    ]);
  });

  it('are those that he chose', () => {
    expect(times('2026-12-13T17:00', '2026-12-01T12:00', ['three-hours'])).toHaveLength(1);
    expect(times('2026-12-13T17:00', '2026-12-01T12:00', [])).toEqual([]);
  });

  it('are left out where it is too late for them, or they have just been told', () => {
    expect(times('2026-12-13T17:00', '2026-12-12T12:00')).toEqual([
      ['three-hours', india('2026-12-13T14:00')],
    ]);
    expect(times('2026-12-13T17:00', '2026-12-13T12:00')).toEqual([]);
    expect(times('2026-12-13T17:00', '2026-12-11T15:00')).toEqual([
      ['three-hours', india('2026-12-13T14:00')],
    ]);
  });

  it('leave at the moment itself where there are no quiet hours', () => {
    const [, last] = reminderTimes({
      at: india('2026-12-13T11:00'),
      now: india('2026-12-01T12:00'),
      chosen: BOTH,
      zone,
      quiet: undefined,
    });
    expect(last).toEqual({ reminder: 'three-hours', due: india('2026-12-13T08:00') });
  });

  it('never come in the quiet hours, after the beginning, or before the group was told', () => {
    const minute = fc.integer({ min: 0, max: 40 * 24 * 60 });
    const clock = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(minute, minute, fc.subarray(BOTH), clock, clock, (start, called, chosen, from, to) => {
        fc.pre(from !== to);
        const now = new Date(india('2026-11-01T00:00').getTime() + called * 60_000);
        const at = new Date(now.getTime() + start * 60_000);
        for (const { due } of reminderTimes({ at, now, chosen, zone, quiet: { from, to } })) {
          expect(quietUntil(due, zone, { from, to })).toBeUndefined();
          expect(due > now && due < at).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
