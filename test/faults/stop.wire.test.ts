/** STOP while a weekly lesson goes out to many; two instances; and clocks that jump. */
import { House, type Instance } from './product';

const NUMBERS = Array.from({ length: 40 }, (_, n) => `+9198000010${String(n).padStart(2, '0')}`);
const DAY = 86_400_000;
const LESSON = 'ghee';

let house: House;
let one: Instance;
beforeEach(async () => {
  house = await House.open();
  one = await house.instance();
});
afterEach(() => house.close());

const lessons = (number: string) => house.taken(number).filter((body) => body.includes(LESSON)).length;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('STOP during a batch: from its acknowledgement on nothing but the confirmation', async () => {
  await house.join(one, NUMBERS);
  house.clock.moveTo(new Date('2026-01-04T13:50:00+05:30'));
  house.stub.faults.chance = () => ({ kind: 'slow', ms: 60 });
  const batch = one.world.settle();
  const sent = () => NUMBERS.filter((number) => lessons(number) > 0);
  await until(() => sent().length > 0);
  // Those whose lesson has not left: all stop at once, through the front door, while the batch goes on.
  const stopping = NUMBERS.filter((number) => lessons(number) === 0);
  const before = new Map<string, number>();
  await Promise.all(
    stopping.map(async (number) => {
      expect((await house.write(one, number, 'stop')).status).toBe(200);
      before.set(number, house.taken(number).length);
    }),
  );
  await batch;
  await one.world.settle();
  expect(stopping.length).toBeGreaterThan(10);
  for (const number of stopping) {
    const later = house.taken(number).slice(before.get(number));
    const inFlight = later.filter((body) => body.includes(LESSON)).length;
    // A message that was on the wire when he stopped cannot be called back; those are the ones in flight at that moment.
    expect(later.length - inFlight).toBeLessThanOrEqual(1);
    expect(house.taken(number).at(-1)).toContain('START');
  }
  const lessonsAfter = stopping.filter((number) => lessons(number) > 0).length;
  expect(lessonsAfter).toBeLessThanOrEqual(20);
  expect(lessonsAfter).toBeLessThan(stopping.length);
  const { rows, people } = await house.look();
  expect(people.filter(({ status }) => status === 'stopped')).toHaveLength(stopping.length);
  expect(rows.filter(({ live }) => live)).toEqual([]);
});

test('two instances that tick and send at the same moment: one lesson each', async () => {
  const other = await house.instance();
  await house.join(one, NUMBERS);
  house.clock.moveTo(new Date('2026-01-04T13:50:00+05:30'));
  await Promise.all([one.world.settle(), other.world.settle(), one.world.settle(), other.world.settle()]);
  expect(NUMBERS.map(lessons)).toEqual(NUMBERS.map(() => 1));
});

test.each([1, 7, 30])(
  'a clock that jumps %d days ahead: one lesson, not as many as it jumped over',
  async (days) => {
    const other = await house.instance({ WHATSAPP_DAILY_REACH: '1000' });
    const few = NUMBERS.slice(0, 10);
    await house.join(one, few);
    house.clock.moveTo(new Date(house.clock.now().getTime() + days * DAY));
    for (let round = 0; round < 3; round++) await Promise.all([one.world.settle(), other.world.settle()]);
    const { people, rows } = await house.look();
    for (const { _id, lessons: had } of people) {
      expect(had.filter(({ completedAt }) => !completedAt).length).toBeLessThanOrEqual(1);
      const offered = rows.filter(
        ({ participantId, purpose }) => participantId === _id && purpose === 'lesson',
      );
      expect(offered).toHaveLength(1);
    }
  },
);
