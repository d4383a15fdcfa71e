import type { About, JournalRow } from '../../src/database/models/journal';
import { Aggregation } from '../../src/stats/aggregate';
import { networks } from '../../src/stats';
import { periodAt, periodsBetween } from '../../src/stats/periods';

const WEEK = periodAt('week', new Date('2026-01-14T10:00:00+05:30'), 'Asia/Kolkata');
const networkOf = networks([
  { id: 'UP', network: 'MASVAW' },
  { id: 'WB', network: 'FEM' },
]);

const ravi: About = {
  channel: 'whatsapp',
  state: 'UP',
  district: 'UP-sitapur',
  group: 'SIT1',
  language: 'hi',
  joined: '2026-01',
};
const tapan: About = { channel: 'sms', state: 'WB', district: 'WB-nadia', language: 'bn', joined: '2025-12' };

let entries = 0;
const entry = (participantId: string, type: JournalRow['type'], about: About, data = {}): JournalRow => ({
  _id: `${participantId}:${(entries += 1)}:0`,
  participantId,
  at: WEEK.from,
  type,
  about,
  data,
});

/** A small week that can be counted by hand: Ravi does a whole lesson, Tapan answers wrongly and goes quiet. */
const HISTORY = [
  entry('ravi', 'participant.joined', ravi),
  entry('ravi', 'lesson.offered', ravi, { week: 1 }),
  entry('ravi', 'question.answered', ravi, { week: 1, option: 1, right: true }),
  entry('ravi', 'reflection.given', ravi, { week: 1, voice: true }),
  entry('ravi', 'action.promised', ravi, { week: 1 }),
  entry('ravi', 'lesson.completed', ravi, { week: 1 }),
  entry('ravi', 'checkin.asked', ravi, { week: 1 }),
  entry('ravi', 'checkin.answered', ravi, { week: 1, answer: 'done' }),
  entry('ravi', 'pledge.taken', ravi, { kind: 'housework', version: '1' }),
  entry('tapan', 'lesson.offered', tapan, { week: 3 }),
  entry('tapan', 'question.answered', tapan, { week: 3, option: 0, right: false }),
  entry('suresh', 'lesson.offered', ravi, { week: 1 }),
];

function figures(rows: JournalRow[] = HISTORY) {
  const aggregation = new Aggregation(networkOf);
  rows.forEach((row) => aggregation.add(row));
  const made = aggregation.rows(WEEK, WEEK.until);
  return (area: string, facet = '') => made.find((row) => row.area === area && row.facet === facet);
}

test('the whole campaign, counted by hand', () => {
  const all = figures()('all');
  expect(all?.counts).toEqual({
    joined: 1,
    offered: 3,
    opened: 2,
    right: 1,
    reflected: 1,
    reflectedByVoice: 1,
    actionPromised: 1,
    completed: 1,
    checkinAsked: 1,
    checkinAnswered: 1,
    actionDone: 1,
    pledgeTaken: 1,
    active: 2,
    offeredPeople: 3,
    openedPeople: 2,
    reflectedPeople: 1,
    completedPeople: 1,
    pledgedPeople: 1,
  });
  expect(all?.lessons).toEqual({
    1: { offered: 2, opened: 1, option1: 1, right: 1, reflected: 1, promised: 1, completed: 1 },
    3: { offered: 1, opened: 1, option0: 1 },
  });
  expect(all?.kinds).toEqual({ 'pledge.taken': { housework: 1 } });
});

test('each area and each facet has its own share, and nobody counts in a place that is not his', () => {
  const of = figures();
  expect(of('network:MASVAW')?.counts.offered).toBe(2);
  expect(of('network:FEM')?.counts.offered).toBe(1);
  expect(of('state:UP')?.counts.active).toBe(1);
  expect(of('district:WB-nadia')?.counts.opened).toBe(1);
  expect(of('group:SIT1')?.counts.offeredPeople).toBe(2);
  expect(of('all', 'language:bn')?.counts.offered).toBe(1);
  expect(of('all', 'channel:sms')?.counts.offered).toBe(1);
  expect(of('state:UP', 'joined:2026-01')?.counts.active).toBe(1);
  expect(of('state:WB', 'language:hi')).toBeUndefined();
});

test('whoever did ten things in a week is one active person', () => {
  const often = Array.from({ length: 10 }, () => entry('ravi', 'question.answered', ravi, { week: 1 }));
  expect(figures(often)('all')?.counts).toMatchObject({ opened: 10, openedPeople: 1, active: 1 });
});

test('whoever was only written to was not active', () => {
  expect(
    figures([entry('suresh', 'lesson.offered', ravi, { week: 1 })])('all')?.counts.active,
  ).toBeUndefined();
});

test('what is counted without a person counts for the campaign and for nobody', () => {
  const refused: JournalRow = { _id: 'x', at: WEEK.from, type: 'participant.refused-underage' };
  const of = figures([refused]);
  expect(of('all')?.counts).toEqual({ underage: 1 });
  expect(of('state:UP')).toBeUndefined();
});

test('messages count by how far they came, SMS by their segments', () => {
  const aggregation = new Aggregation(networkOf);
  const at = WEEK.from;
  aggregation.addMessage({ medium: 'whatsapp', state: 'read', times: { sent: at, read: at }, about: ravi });
  aggregation.addMessage({ medium: 'sms', state: 'sent', times: { sent: at }, segments: 3, about: tapan });
  aggregation.addMessage({ medium: 'sms', state: 'failed', times: {}, segments: 2, about: tapan });
  const [all] = aggregation.rows(WEEK, at);
  expect(all?.counts).toEqual({ sent: 2, delivered: 1, read: 1, failed: 1, smsSegments: 3 });
});

describe('periods', () => {
  test('a week begins on Monday at midnight in India', () => {
    expect(WEEK).toEqual({
      kind: 'week',
      id: '2026-W03',
      from: new Date('2026-01-12T00:00:00+05:30'),
      until: new Date('2026-01-19T00:00:00+05:30'),
    });
  });

  test('the turn of the year belongs to the week of its Thursday', () => {
    expect(periodAt('week', new Date('2026-12-31T12:00:00Z'), 'Asia/Kolkata').id).toBe('2026-W53');
    expect(periodAt('week', new Date('2027-01-03T12:00:00Z'), 'Asia/Kolkata').id).toBe('2026-W53');
  });

  test('periods follow each other without a gap', () => {
    const months = periodsBetween('month', new Date('2025-11-20'), new Date('2026-02-01'), 'Asia/Kolkata');
    expect(months.map(({ id }) => id)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    months.slice(1).forEach(({ from }, index) => expect(from).toEqual(months[index]?.until));
  });
});
