/** The lives of a small demo: believable, repeatable, marked, and on no channel that leaves the machine. */
import path from 'node:path';
import { loadContent } from '../../src/content';
import { lives, loadNames, type DemoOptions } from '../../src/demo';
import { CONTENT_DIR } from '../../src/paths';

const content = loadContent(CONTENT_DIR);
const names = loadNames(path.join(CONTENT_DIR, 'demo/people.yaml'));
const OPTIONS: DemoOptions = {
  participants: 20,
  weeks: 4,
  seed: 'test',
  until: new Date('2026-03-15T12:00:00+05:30'),
  zone: 'Asia/Kolkata',
};
const make = (changes: Partial<DemoOptions> = {}) => [...lives({ ...OPTIONS, ...changes }, content, names)];
const small = make();
const large = make({ participants: 300, weeks: 12 });

test('the same seed gives the same history, another seed another', () => {
  expect(make()).toEqual(small);
  expect(make({ seed: 'other' })).not.toEqual(small);
});

test('most of twenty people join within four weeks, and what happened lies within them', () => {
  expect(small).toHaveLength(20);
  const from = OPTIONS.until.getTime() - 4 * 7 * 86_400_000 - 86_400_000;
  const joined = small.filter(({ participant }) => participant?.status === 'active');
  expect(joined.length).toBeGreaterThan(14);
  const moments = small.flatMap(({ journal }) => journal.map(({ at }) => at.getTime()));
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(from);
  expect(Math.max(...moments)).toBeLessThanOrEqual(OPTIONS.until.getTime());
  const backwards = large.flatMap(({ outbox }) =>
    outbox.filter(({ times: { pending, sent, delivered, read } }) => {
      const known = [pending, sent, delivered, read].flatMap((at) => at?.getTime() ?? []);
      return known.some((at, index) => at > (known[index + 1] ?? OPTIONS.until.getTime()));
    }),
  );
  expect(backwards).toEqual([]);
});

test('everything is marked, nothing waits to leave, and every address is the simulator’s', () => {
  const people = large.flatMap(({ participant }) => participant ?? []);
  const rows = large.flatMap(({ outbox }) => outbox);
  const all = [...people, ...rows, ...large.flatMap(({ journal }) => journal)];
  expect(all.filter(({ _id }) => !_id.startsWith('demo-'))).toEqual([]);
  expect(rows.filter((row) => row.channel !== 'simulator' || 'live' in row || 'lane' in row)).toEqual([]);
  const keys = people.flatMap(({ identities }) => identities.map(({ key }) => key));
  expect(keys.filter((key) => !key.startsWith('simulator whatsapp/+910000'))).toEqual([]);
});

test('all states and languages, groups of at most 25, every temperament', () => {
  const people = large.flatMap(({ participant }) => (participant ? [participant] : []));
  const profiles = people.map(({ profile }) => profile);
  expect(new Set(profiles.flatMap(({ state }) => state ?? [])).size).toBe(7);
  expect(new Set(profiles.flatMap(({ language }) => language ?? [])).size).toBe(4);
  const sizes = new Map<string, number>();
  for (const { group } of profiles) if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(25);
  const types = new Set(large.flatMap(({ journal }) => journal.map(({ type }) => type)));
  for (const type of [
    'participant.stopped',
    'consent.refused',
    'lesson.completed',
    'reflection.given',
    'lesson.nudged',
    'lesson.expired',
    'checkin.answered',
    'pledge.taken',
    'step.answered',
    'message.unclear',
  ] as const)
    expect(types).toContain(type);
});

test('of who refused nothing is left but a count without a person', () => {
  const refused = large.filter(({ journal }) =>
    journal.some(({ type }) => type === 'consent.refused' || type === 'participant.refused-underage'),
  );
  expect(refused.length).toBeGreaterThan(0);
  for (const { participant, journal, outbox } of refused) {
    expect(participant).toBeUndefined();
    for (const entry of journal) expect(entry).not.toHaveProperty('participantId');
    for (const row of outbox) expect(row).not.toHaveProperty('address');
  }
});
