/** Effects are committed with the step and carried out afterwards: once, in order, whatever happens in between. */
import type { Outgoing } from '../../src/people';
import { JOINING, startCountry, writes, type Country, type House, type Town } from './town';

let country: Country;
let town: Town;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => (town = await country.town()));

/** A house whose relay fails as long as `isDown` says so. */
async function houseWith(power: { isDown: boolean }): Promise<House> {
  return town.house({
    relay: (batch, onwards) =>
      power.isDown ? Promise.reject(new Error('the outbox went away')) : onwards(batch),
  });
}

async function settle(house: House): Promise<void> {
  do {
    town.clock.advance(1_000);
    await house.people.relaying.idle();
    await house.delivery.deliverDue();
  } while ((await town.outbox()).some(({ live }) => live));
}

test('a message is acknowledged though its effects cannot be carried out now; they are, once, by the tick', async () => {
  const power = { isDown: true };
  const house = await houseWith(power);
  await house.people.turns.receive(town.message('namaste'));
  await house.people.relaying.idle();
  expect(house.faults).toHaveLength(1);
  expect(await town.outbox()).toEqual([]);
  const left = await town.participant();
  expect(left.effects.length).toBeGreaterThan(0);
  expect(left.unrelayedSince).toEqual(town.clock.now());

  power.isDown = false;
  await house.tick();
  expect(await town.outbox()).toEqual([]);
  town.clock.advance(16_000);
  await Promise.all([house.tick(), house.tick(), (await town.house()).tick()]);
  await settle(house);
  expect(town.provider.ids).toEqual([`${left._id}:1:0`]);
  const after = await town.participant();
  expect(after.effects).toEqual([]);
  expect(after.unrelayedSince).toBeUndefined();
});

test('a later step takes earlier effects along, in order', async () => {
  const power = { isDown: true };
  const house = await houseWith(power);
  for (const text of JOINING.slice(0, -1)) {
    await house.people.turns.receive(town.message(text));
    await house.people.relaying.idle();
  }
  expect(await town.outbox()).toEqual([]);
  const since = (await town.participant()).unrelayedSince;
  power.isDown = false;
  await house.people.turns.receive(town.message(JOINING.at(-1)!));
  await settle(house);
  const { _id: id, effects } = await town.participant();
  expect(since).toBeDefined();
  expect(effects).toEqual([]);
  expect(town.provider.ids).toEqual(JOINING.map((_, nth) => `${id}:${nth + 1}:0`));
  const types = (await town.journal()).map(({ type }) => type);
  expect(types.filter((type) => type === 'consent.given')).toHaveLength(1);
  expect(types.filter((type) => type === 'lesson.offered')).toHaveLength(1);
});

test('effects of a step that was committed while the older ones were on their way are not taken off with them', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  const relay = async (batch: Outgoing[], onwards: (batch: Outgoing[]) => Promise<void>) => {
    calls += 1;
    if (calls === 1) await held;
    await onwards(batch);
  };
  const house = await town.house({ relay });
  await house.people.turns.receive(town.message('namaste'));
  await new Promise(setImmediate);
  await house.people.turns.receive(town.message('4'));
  expect((await town.participant()).effects.map(({ id }) => id.split(':')[1])).toEqual(['1', '2']);
  release();
  await settle(house);
  const { _id: id, effects } = await town.participant();
  expect(effects).toEqual([]);
  expect(town.provider.ids).toEqual([`${id}:1:0`, `${id}:2:0`]);
});

test('an identity closed while effects were on their way does not have them carried out twice', async () => {
  let isClosed = false;
  const house = await town.house({
    relay: async (batch, onwards) => {
      await onwards(batch);
      if (isClosed) return;
      isClosed = true;
      await house.people.registry.unreachable(batch[0]!.participantId, 'whatsapp');
    },
  });
  await house.people.turns.receive(town.message('namaste'));
  await house.people.relaying.idle();
  town.clock.advance(20_000);
  await house.tick();
  town.clock.advance(20_000);
  await house.tick();
  expect((await town.outbox()).map(({ _id }) => _id.split(':')[1])).toEqual(['1']);
  expect((await town.participant()).effects).toEqual([]);
});

test('STOP withdraws what waits, and is the last that he hears', async () => {
  const power = { isDown: false };
  const house = await houseWith(power);
  await writes(town, house, ...JOINING);
  power.isDown = true;
  for (const text of ['menu', 'help', 'stop', 'hello?', 'menu']) {
    await house.people.turns.receive(town.message(text));
    await house.people.relaying.idle();
  }
  power.isDown = false;
  const sent = town.provider.accepted.length;
  town.clock.advance(20_000);
  await house.tick();
  await settle(house);
  expect(town.provider.accepted).toHaveLength(sent + 1);
  const states = (await town.outbox()).slice(-3).map(({ state }) => state);
  expect(states).toEqual(['cancelled', 'cancelled', 'sent']);
  expect((await town.participant()).status).toBe('stopped');
});
