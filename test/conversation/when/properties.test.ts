/** Days and hours: whatever is typed is read without a throw, and what we say ourselves is read as we meant it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { loadContent } from '../../../src/content';
import { createReadWhen, momentOf } from '../../../src/conversation/when';
import { sayWhen } from '../../../src/conversation/when/say';
import { LANGUAGES } from '../../../src/conversation/participant';
import { createTranslate } from '../../../src/conversation/translate';

const content = loadContent(join(__dirname, '../../../content'));
const readWhen = createReadWhen(content.when);
const translate = createTranslate(content);
const zone = 'Asia/Kolkata';
const now = new Date('2026-11-24T11:40:00+05:30');

/** Every word of the file, so that nonsense made of real words is tried too. */
const words = JSON.stringify(content.when).match(/[\p{L}\p{M}]+/gu) ?? [];

describe('random text', () => {
  it('never throws, and whatever is read lies ahead and exists', () => {
    const piece = fc.oneof(
      fc.constantFrom(...words),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer({ min: 0, max: 99_999 }).map(String),
      fc
        .tuple(fc.nat(40), fc.constantFrom('/', '-', '.', ':'), fc.nat(70))
        .map(([one, mark, two]) => `${one}${mark}${two}`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.constantFrom('day' as const, 'hour' as const, undefined),
        (pieces, asked) => {
          const { day, hour, problem } = readWhen(pieces.join(' '), { now, zone, ...(asked && { asked }) });
          if (problem) expect([day, hour]).toEqual([undefined, undefined]);
          if (day !== undefined) {
            expect(DateTime.fromISO(day).isValid).toBe(true);
            expect(day >= '2026-11-24' && day <= '2027-11-25').toBe(true);
          }
          if (hour !== undefined) expect(hour).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
          if (day !== undefined && hour !== undefined) expect(momentOf(day, hour, zone) > now).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe.each(LANGUAGES)('what we say in %s', (language) => {
  it('is read as the same moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 90 * 24 * 4 }), (quarters) => {
        const at = DateTime.fromISO('2026-11-24T12:00', { zone }).plus({ minutes: quarters * 15 });
        if (at.hour < 5 || at.hour > 22) return;
        const { key, params, texts } = sayWhen(at.toJSDate(), zone);
        const said = translate({ key, ...(params && { params }), ...(texts && { texts }) }, language);
        expect([said, readWhen(said, { now, zone })]).toEqual([
          said,
          { day: at.toISODate(), hour: at.toFormat('HH:mm'), rest: '' },
        ]);
      }),
      { numRuns: 400 },
    );
  });
});
