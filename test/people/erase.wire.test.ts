/** Erasure leaves nothing: searched for in every document of every collection, as it lies there. */
import type { Outgoing } from '../../src/people';
import { JOINING, NUMBER, startCountry, writes, type Country, type House, type Town } from './town';

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
});

const WORDS = 'My brother decides everything at home';
/** A life with everything in it that could be left behind. */
const LIFE = [...JOINING, '1', WORDS, 'today', 'pledge', '1', '1', '1'];

/** Nothing waits any more, and the last word has left. */
async function settle(): Promise<void> {
  do {
    town.clock.advance(1_000);
    await house.people.relaying.idle();
    await house.delivery.deliverDue();
  } while ((await town.outbox()).some(({ live }) => live));
}

/** Where any of these can be read, as `collection: trace`. */
async function traces(...secrets: string[]): Promise<string[]> {
  const everything = await town.everything();
  return Object.entries(everything).flatMap(([name, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
  );
}

const digits = NUMBER.slice(1);

test('while he is with us, what he gave us is where it belongs (or the search below would prove nothing)', async () => {
  await writes(town, house, ...LIFE);
  const { _id: id } = await town.participant();
  const found = await traces(digits, 'Ramesh', WORDS, id);
  expect(found).toEqual(
    expect.arrayContaining([
      `participants: ${digits}`,
      'participants: Ramesh',
      `reflections: ${WORDS}`,
      `reflections: ${id}`,
      `journal: ${id}`,
      `outbox: ${digits}`,
      'outbox: Ramesh',
    ]),
  );
  expect(found).not.toContain(`journal: ${digits}`);
  expect(found).not.toContain('journal: Ramesh');
});

test('once erased, neither his number nor his name nor his words nor his id can be found anywhere', async () => {
  await writes(town, house, ...LIFE);
  const { _id: id, recent } = await town.participant();
  await writes(town, house, 'delete', 'yes');
  await settle();
  expect(await town.participants()).toEqual([]);
  expect(await traces(digits, 'Ramesh', WORDS, ...recent)).toEqual([]);
  // The outbox keeps that messages were sent (a year's log of processing), with nothing but a number of nobody; and so
  // that a backup does not bring him back, his bare id is noted.
  expect(await traces(id)).toEqual([`erasures: ${id}`, `outbox: ${id}`]);
  for (const row of await town.outbox()) {
    expect(row.address).toBeUndefined();
    expect(row.say).toBeUndefined();
  }
});

test('what he did still counts, linked to nobody', async () => {
  await writes(town, house, ...LIFE);
  const before = (await town.journal()).map(({ type }) => type);
  await writes(town, house, 'delete', 'yes');
  await settle();
  const after = await town.journal();
  expect(after.map(({ type }) => type).sort()).toEqual([...before, 'participant.erased'].sort());
  for (const row of after) expect(row.participantId).toBeUndefined();
});

test('his last word is sent, and nothing after it', async () => {
  await writes(town, house, ...LIFE);
  await writes(town, house, 'delete');
  const sent = town.provider.accepted.length;
  await writes(town, house, 'yes');
  await settle();
  town.clock.advance(40 * 86_400_000);
  await house.tick();
  await settle();
  expect(town.provider.accepted).toHaveLength(sent + 1);
});

test.each([
  ['whoever is under eighteen', ['namaste', '4', '1', '15']],
  ['whoever refuses', ['namaste', '4', '2']],
  ['whoever deletes before he has chosen a language', ['delete']],
])('%s leaves nothing either', async (_, texts) => {
  await writes(town, house, ...texts.slice(0, -1));
  const ids = (await town.participants()).map(({ _id }) => _id);
  await writes(town, house, texts.at(-1)!);
  await settle();
  expect(await town.participants()).toEqual([]);
  expect(await traces(digits, ...(await town.outbox()).map(() => digits))).toEqual([]);
  expect((await traces(...ids)).filter((trace) => !/^(outbox|erasures):/.test(trace))).toEqual([]);
  for (const { participantId } of await town.journal()) expect(participantId).toBeUndefined();
});

test('a repeated webhook of any of his last messages begins nothing anew', async () => {
  await writes(town, house, ...JOINING);
  const { recent } = await town.participant();
  await writes(town, house, 'delete');
  const last = town.message('yes');
  await house.people.turns.receive(last);
  await settle();
  const sent = town.provider.accepted.length;
  await house.people.turns.receive(last);
  for (const id of recent) await house.people.turns.receive(town.message('namaste', { id }));
  await settle();
  expect(await town.participants()).toEqual([]);
  expect(town.provider.accepted).toHaveLength(sent);
});

test('writing anew after it begins a new conversation, with nothing of the old one', async () => {
  await writes(town, house, ...LIFE);
  const { _id: old } = await town.participant();
  await writes(town, house, 'delete', 'yes');
  await settle();
  await writes(town, house, 'namaste');
  const fresh = await town.participant();
  expect(fresh._id).not.toBe(old);
  expect(fresh).toMatchObject({ sequence: 1, status: 'joining', lessons: [], pledges: [], consents: [] });
});

test('erasing twice at once, in two processes, and a message in between: gone is gone', async () => {
  const other = await town.house();
  await writes(town, house, ...LIFE, 'delete');
  await house.people.turns.receive(town.message('yes'));
  const { _id: id } = (await town.participants())[0] ?? { _id: '' };
  await Promise.all([
    house.people.registry.erase(id),
    other.people.registry.erase(id),
    other.people.turns.receive(town.message('are you there?')),
  ]);
  await settle();
  // He wrote again: either he was still there and heard nothing, or he is a newcomer; never half of both.
  for (const one of await town.participants()) {
    expect(one._id).not.toBe(id);
    expect(one).toMatchObject({ sequence: 1, lessons: [], consents: [] });
  }
  expect(await traces('Ramesh', WORDS)).toEqual([]);
});

test('an erasure that was cut short is finished by the tick', async () => {
  let failures = 2;
  const relay = async (batch: Outgoing[], onwards: (batch: Outgoing[]) => Promise<void>) => {
    const erases = batch.some(({ effects }) => effects.some(({ type }) => type === 'erase'));
    if (erases && failures > 0) {
      failures -= 1;
      jest.spyOn(house.people.registry, 'erase').mockRejectedValueOnce(new Error('the database went away'));
    }
    await onwards(batch);
  };
  house = await town.house({ relay });
  await writes(town, house, ...LIFE, 'delete', 'yes');
  expect(house.faults).toHaveLength(1);
  expect(await town.participants()).toHaveLength(1);
  for (let minute = 0; minute < 3; minute += 1) {
    town.clock.advance(60_000);
    await house.tick();
  }
  await settle();
  expect(await town.participants()).toEqual([]);
  expect(await traces(digits, 'Ramesh', WORDS)).toEqual([]);
  const erased = (await town.journal()).filter(({ type }) => type === 'participant.erased');
  expect(erased).toHaveLength(1);
  expect(
    town.provider.accepted.filter(({ message }) => /erased|forgotten|deleted/i.test(message.text)),
  ).toHaveLength(1);
});
