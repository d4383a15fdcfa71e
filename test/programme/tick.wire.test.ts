/** The tick: whatever is due happens once, in however many processes it runs, and is caught up without a flood. */
import { DateTime } from 'luxon';
import type { Participant } from '../../src/conversation';
import { newcomer } from '../../src/conversation';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { content, core, startCountry, type Country, type House, type Town } from '../people/town';

let country: Country;
let town: Town;
let houses: House[];
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  houses = await Promise.all([town.house(), town.house(), town.house()]);
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Where some lives stand, made by living them in memory. */
function lived(id: string, at: Date, texts: readonly (string | number)[]): Participant {
  let participant = newcomer(id, at);
  let now = at;
  texts.forEach((text, nth) => {
    if (typeof text === 'number') {
      now = new Date(now.getTime() + text);
      for (let fired; (fired = core.fireDue(participant, now)); participant = fired.participant);
      return;
    }
    now = new Date(now.getTime() + 60_000);
    const message = { id: `${id}-${nth}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
    participant = core.hear(participant, { kind: 'text', text }, message, now).participant;
  });
  return participant;
}

const JOINING = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur', '1'];

/** On Sunday evening, in his own kinds of trouble by then. */
const LIVES: Record<string, readonly (string | number)[]> = {
  waiting: [...JOINING, '7', '3', '2'],
  'in a lesson': [...JOINING, '7', '3', '1'],
  'half through it': [...JOINING, '7', '3', '1', '1'],
  promised: [...JOINING, '7', '3', '1', '1', 'skip', 'today'],
  pledged: [...JOINING, '7', '3', '1', '1', 'skip', 'today', 'pledge', '1', '1', '1'],
  'in the menu': [...JOINING, '7', '3', '1', 'menu'],
  'in a pledge': [...JOINING, '7', '3', '1', 'pledge', '1'],
  'in the morning': [...JOINING, '7', '1', '1', '1', 'skip', 'weekend', 'pledge', '2', '1', '1'],
  behind: [...JOINING, '7', '3', '1', 8 * DAY, 7 * DAY],
  stopped: [...JOINING, '7', '3', '1', 'stop'],
  joining: JOINING,
};

async function settlers(
  lives: Record<string, readonly (string | number)[]>,
  at: Date,
  each = 1,
): Promise<void> {
  const documents = Object.entries(lives).flatMap(([name, texts]) =>
    Array.from({ length: each }, (_, nth) => documentOf(lived(`${name} ${nth}`, at, texts))),
  );
  await participantModel(houses[0]!.connection).create(documents);
}

function documentOf({ id, ...known }: Participant): ParticipantDocument {
  const key = `whatsapp ${id}`;
  const [next] = known.conversation.timers;
  return {
    _id: id,
    ...known,
    identities: [{ key, channel: 'whatsapp', address: id, since: known.createdAt }],
    current: key,
    recent: [],
    effects: [],
    ...(next && { nextDue: next.due }),
  };
}

const SUNDAY = new Date('2026-02-15T12:00:00+05:30');

/** Effects that are messages, by whom they are for. */
async function said(): Promise<Record<string, string[]>> {
  const rows = await town.outbox();
  const everybody = [...new Set(rows.map(({ participantId }) => participantId))];
  return Object.fromEntries(
    everybody.map((id) => [id, rows.filter((row) => row.participantId === id).map(({ purpose }) => purpose)]),
  );
}

test('three processes, three ticks each, at once: everybody gets his lesson, and gets it once', async () => {
  await settlers({ waiting: LIVES.waiting! }, SUNDAY, 40);
  town.clock.moveTo(new Date('2026-02-15T18:00:05+05:30'));
  const happened = await Promise.all(houses.flatMap((house) => [1, 2, 3].map(() => house.tick(15))));
  expect(happened.reduce((sum, one) => sum + one)).toBe(40);
  const messages = Object.values(await said());
  expect(messages).toHaveLength(40);
  expect(messages.every((purposes) => purposes.join() === 'lesson')).toBe(true);
  const journal = await town.journal();
  expect(journal.filter(({ type }) => type === 'lesson.offered')).toHaveLength(40);
  expect(new Set(journal.map(({ participantId }) => participantId)).size).toBe(40);
  for (const one of await town.participants()) {
    expect(one).toMatchObject({
      lessons: [{ week: 1 }],
      effects: [],
      conversation: { state: 'talk.lesson.question' },
    });
    expect(one.nextDue).toEqual(one.conversation.timers[0]?.due);
  }
});

test('ticking on brings nothing more until something more is due', async () => {
  await settlers({ waiting: LIVES.waiting! }, SUNDAY, 5);
  town.clock.moveTo(new Date('2026-02-15T18:00:05+05:30'));
  expect(await houses[0]!.tick()).toBe(5);
  for (let minute = 0; minute < 30; minute += 5) {
    town.clock.advance(5 * 60_000);
    expect(await Promise.all(houses.map((house) => house.tick()))).toEqual([0, 0, 0]);
  }
  expect(Object.values(await said()).flat()).toHaveLength(5);
});

test('nothing happens before its time', async () => {
  await settlers({ waiting: LIVES.waiting! }, SUNDAY, 3);
  town.clock.moveTo(new Date('2026-02-15T17:59:59.999+05:30'));
  expect(await houses[0]!.tick()).toBe(0);
  town.clock.advance(1);
  expect(await houses[0]!.tick()).toBe(3);
});

const evening = (date: string) => new Date(`${date}T19:00:00+05:30`);

test.each([
  ['an ordinary Tuesday', evening('2026-03-10')],
  ['a lesson day', evening('2026-03-22')],
  // International Women's Day, on a Sunday in 2026: a lesson and a pledge would fall due together.
  ['a campaign day that is a lesson day', evening('2026-03-08')],
])('three weeks switched off, back on %s: at most one message each', async (_, back) => {
  const started = DateTime.fromJSDate(back)
    .minus({ weeks: 3, days: 1 })
    .set({ hour: 12, minute: 0 })
    .toJSDate();
  await settlers(LIVES, started);
  town.clock.moveTo(back);
  await Promise.all(houses.map((house) => house.tick()));
  await houses[0]!.tick();
  const messages = await said();
  for (const [name, purposes] of Object.entries(messages)) {
    expect([name, purposes.length]).toEqual([name, 1]);
  }
  expect(Object.keys(messages)).not.toContain('stopped 0');
  expect(Object.keys(messages)).not.toContain('joining 0');
  expect(Object.keys(messages).length).toBeGreaterThan(0);
  // Nor do they come one after the other within the next hours.
  for (let hour = 0; hour < 12; hour += 1) {
    town.clock.advance(HOUR);
    await houses[0]!.tick();
  }
  for (const [name, purposes] of Object.entries(await said())) {
    expect([name, purposes.length]).toEqual([name, 1]);
  }
});

test('one whose document is broken holds nobody else up, and is reported', async () => {
  await settlers({ waiting: LIVES.waiting! }, SUNDAY, 30);
  await houses[0]!.connection
    .db!.collection('participants')
    .updateOne({ _id: 'waiting 0' as never }, { $set: { 'conversation.timers': null, nextDue: SUNDAY } });
  town.clock.moveTo(new Date('2026-02-15T18:00:05+05:30'));
  await expect(houses[0]!.tick(10)).rejects.toThrow();
  expect(houses[0]!.faults.length).toBeGreaterThan(0);
  expect(Object.keys(await said())).toHaveLength(29);
});

test('a year of every kind of participant: a lesson once, a day never two, and the calendar kept', async () => {
  const lives = { waiting: LIVES.waiting!, promised: LIVES.promised!, pledged: LIVES.pledged! };
  await settlers(lives, SUNDAY);
  for (let day = 0; day < 120; day += 1) {
    town.clock.moveTo(new Date(SUNDAY.getTime() + day * DAY + 8 * HOUR));
    await Promise.all(houses.slice(0, 2).map((house) => house.tick()));
  }
  const journal = await town.journal();
  for (const name of Object.keys(lives)) {
    const mine = journal.filter(({ participantId }) => participantId === `${name} 0`);
    const offered = mine.filter(({ type }) => type === 'lesson.offered').map(({ data }) => data?.week);
    expect(offered).toEqual([...new Set(offered)]);
    const nudged = mine.filter(({ type }) => type === 'lesson.nudged').map(({ data }) => data?.week);
    expect(nudged).toEqual([...new Set(nudged)]);
    // He never answers: after four weeks he is left in peace.
    const last = Math.max(...mine.map(({ at }) => at.getTime()));
    expect(last).toBeLessThan(SUNDAY.getTime() + 45 * DAY);
  }
  expect(content.lessons.length).toBeGreaterThan(1);
});
