import { join } from 'node:path';
import fc from 'fast-check';
import { loadContent } from '../../src/content';
import { addToDraft, beginning, missingIn, type MeetingDraft } from '../../src/conversation/meeting-draft';
import { createReadWhen } from '../../src/conversation/when';

const readWhen = createReadWhen(loadContent(join(__dirname, '../../content')).when);
const zone = 'Asia/Kolkata';
const now = new Date('2026-11-24T11:40:00+05:30');

/** What stands there after these messages; each but the first answers what was missing before. */
function after(...messages: string[]) {
  let drafted: ReturnType<typeof addToDraft> = { draft: {} };
  messages.forEach((text, index) => {
    const asked = index === 0 ? undefined : missingIn(drafted.draft);
    drafted = addToDraft(drafted.draft, text, { now, zone, readWhen, ...(asked && { asked }) });
  });
  return drafted;
}

const WHOLE: MeetingDraft = { day: '2026-12-14', hour: '17:00', place: 'school' };

it.each([
  [['14/12 5pm school']],
  [['14/12 5pm', 'school']],
  [['14/12', '5pm', 'school']],
  [['hello', '14', '5', 'school']],
  [['school 14/12', '17:00']],
  [['14 disambar sham ko', '5', 'school']],
  [['14/12 school', '5 baje']],
])('%j makes a whole meeting', (messages) => {
  const { draft } = after(...messages);
  expect(draft).toMatchObject(WHOLE);
  expect(missingIn(draft)).toBeUndefined();
  expect(beginning(draft, zone)).toEqual(new Date('2026-12-14T17:00:00+05:30'));
});

it.each<[string[], string]>([
  [['hello'], 'day'],
  [['5pm school'], 'day'],
  [['14/12'], 'hour'],
  [['14/12 5pm'], 'place'],
  [['14/12 5pm', '???'], 'place'],
])('after %j the %s is asked for', (messages, missing) =>
  expect(missingIn(after(...messages).draft)).toBe(missing),
);

it('a place may look like anything', () => {
  expect(after('14/12 5pm', 'School No. 5, 2 baje wali gali').draft.place).toBe(
    'School No. 5, 2 baje wali gali',
  );
});

it('a part of the day that he named counts for the hour that he names afterwards', () => {
  expect(after('14/12 subah', '8').draft.hour).toBe('08:00');
  expect(after('14/12 sham', '8').draft.hour).toBe('20:00');
});

it('an hour is judged by the day that was named before', () => {
  expect(after('aaj', '10 am')).toMatchObject({ problem: 'past', draft: { day: '2026-11-24' } });
});

it('an hour that was named first must fit the day', () => {
  expect(after('8 am', 'aaj')).toEqual({ draft: { hour: '08:00' }, problem: 'past' });
});

it('what makes no sense changes nothing', () => {
  expect(after('14/12', '31/11')).toEqual({ draft: { day: '2026-12-14' }, problem: 'no-such-day' });
  expect(after('31/11 5pm school')).toEqual({ draft: {}, problem: 'no-such-day' });
});

it('whatever is written, nothing is thrown and a moment once whole lies ahead', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('kal', '5pm', 'aaj', '14/12', 'school', 'sham', '8', '25:00'),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (messages) => {
      const { draft } = after(...messages);
      const begins = beginning(draft, zone);
      if (begins) expect(begins.getTime()).toBeGreaterThan(now.getTime());
    }),
    { numRuns: 2000 },
  );
});
