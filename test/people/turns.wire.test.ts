/** One inbound message is one write: duplicates, crowds, races between processes, and steps that throw. */
import { core, JOINING, NUMBER, startCountry, writes, type Country, type House, type Town } from './town';
import { LANGUAGES, type Conversation } from '../../src/conversation';
import { participantModel } from '../../src/database/models/participant';

let country: Country;
let town: Town;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => (town = await country.town()));

const houses = (count: number): Promise<House[]> =>
  Promise.all(Array.from({ length: count }, () => town.house()));

/** Lets everything leave, however slowly the sender may send. */
async function settle(...all: House[]): Promise<void> {
  for (const { people } of all) await people.relaying.idle();
  do {
    for (const { delivery } of all) await delivery.deliverDue();
    town.clock.advance(1_000);
  } while ((await town.outbox()).some(({ live }) => live));
}

/** The nth of some houses, for the nth message. */
const turn = <T>(all: readonly T[], nth: number): T => all[nth % all.length]!;

test('fifty identical webhooks at once, in three processes: one step, one answer', async () => {
  const all = await houses(3);
  const message = town.message('namaste');
  await Promise.all(
    Array.from({ length: 50 }, (_, nth) => turn(all, nth).people.turns.receive({ ...message })),
  );
  await settle(...all);
  const participant = await town.participant();
  expect(participant).toMatchObject({ sequence: 1, recent: [message.id], effects: [] });
  expect(participant.unrelayedSince).toBeUndefined();
  expect(await town.outbox()).toHaveLength(1);
  expect(town.provider.ids).toEqual([`${participant._id}:1:0`]);
});

test('fifty identical answers at once in the middle of a lesson: one step, one answer, one reflection', async () => {
  const all = await houses(3);
  await writes(town, all[0]!, ...JOINING, '1');
  const before = await town.participant();
  expect(before.conversation.state).toBe('talk.lesson.reflection');
  const sent = town.provider.accepted.length;
  const message = town.message('I have never cooked.');
  await Promise.all(
    Array.from({ length: 50 }, (_, nth) => turn(all, nth).people.turns.receive({ ...message })),
  );
  await settle(...all);
  const after = await town.participant();
  expect(after).toMatchObject({
    sequence: before.sequence + 1,
    conversation: { state: 'talk.lesson.action' },
  });
  expect(town.provider.accepted).toHaveLength(sent + 1);
  expect((await town.journal()).filter(({ type }) => type === 'reflection.given')).toHaveLength(1);
  const { reflections } = await town.everything();
  expect(reflections?.match(/never cooked/g)).toHaveLength(1);
});

test('fifty messages of somebody new at once: one participant, fifty steps, fifty answers in order', async () => {
  const all = await houses(3);
  const messages = Array.from({ length: 50 }, (_, nth) => town.message(`namaste ${nth}`));
  await Promise.all(messages.map((message, nth) => turn(all, nth).people.turns.receive(message)));
  await settle(...all);
  const { _id: id, sequence, recent, effects } = await town.participant();
  expect(sequence).toBe(50);
  expect(recent).toHaveLength(20);
  expect(effects).toEqual([]);
  const ids = Array.from({ length: 50 }, (_, nth) => `${id}:${nth + 1}:0`);
  expect((await town.outbox()).map((row) => row._id)).toEqual(ids);
  expect(town.provider.ids).toEqual(ids);
});

test('messages of many people at once do not touch one another', async () => {
  const all = await houses(2);
  const people = Array.from({ length: 20 }, (_, nth) => `+9198100000${String(nth).padStart(2, '0')}`);
  for (const text of ['namaste', '4', '1']) {
    await Promise.all(
      people.map((address, nth) =>
        turn(all, nth).people.turns.receive(town.message(text, { from: { channel: 'whatsapp', address } })),
      ),
    );
  }
  await settle(...all);
  const participants = await town.participants();
  expect(participants).toHaveLength(20);
  for (const one of participants) {
    expect(one).toMatchObject({ sequence: 3, conversation: { state: 'talk.onboarding.age' } });
  }
  expect(new Set(participants.map(({ current }) => current)).size).toBe(20);
});

test('a message and a timer at the same moment: both happen, one after the other', async () => {
  const [web, worker] = (await houses(2)) as [House, House];
  await writes(town, web, ...JOINING);
  town.clock.advance(49 * 3_600_000);
  const before = await town.participant();
  const message = town.message('1');
  await Promise.all([web.people.turns.receive(message), worker.tick(), worker.tick()]);
  await settle(web, worker);
  const after = await town.participant();
  expect(after.recent).toContain(message.id);
  expect(after.lessons[0]?.answer).toBe('0');
  // Whether the nudge came before the answer or was overtaken by it: each step is counted and nothing is twice.
  const nudges = (await town.journal()).filter(({ type }) => type === 'lesson.nudged');
  expect(nudges.length).toBeLessThanOrEqual(1);
  expect(after.sequence).toBe(before.sequence + 1 + nudges.length);
});

describe('a step that throws', () => {
  const fragile: Conversation = {
    ...core,
    hear(participant, incoming, message, at) {
      if (incoming.text === 'boom') throw new Error('a guard threw');
      return core.hear(participant, incoming, message, at);
    },
  };

  test('apologises once, keeps the old state, and is not tried again', async () => {
    const house = await town.house({ conversation: fragile });
    await writes(town, house, ...JOINING);
    const before = await town.participant();
    const message = town.message('boom');
    for (let again = 0; again < 3; again += 1) await house.people.turns.receive(message);
    await settle(house);
    const after = await town.participant();
    expect(house.faults).toHaveLength(1);
    expect(after.sequence).toBe(before.sequence + 1);
    expect(after.conversation).toEqual(before.conversation);
    expect(after.lessons).toEqual(before.lessons);
    const apologies = (await town.outbox()).filter(({ say }) => say?.parts[0]?.key === 'trouble.apology');
    expect(apologies).toHaveLength(1);
    expect(apologies[0]?.state).toBe('sent');
    await writes(town, house, '1');
    expect((await town.participant()).conversation.state).toBe('talk.lesson.reflection');
  });

  test('reaches him though he was silent for days: he is writing now', async () => {
    const house = await town.house({ conversation: fragile });
    await writes(town, house, ...JOINING);
    town.clock.advance(3 * 86_400_000);
    await house.people.turns.receive(town.message('boom'));
    const heardAt = town.clock.now();
    await settle(house);
    expect((await town.participant()).lastHeardAt).toEqual(heardAt);
    const last = town.provider.accepted.at(-1)!.message;
    expect(last.text).toBe(core.translate({ key: 'trouble.apology' }, 'en'));
    expect(last.template).toBeUndefined();
  });

  test('as the very first message: he is known afterwards, and can go on', async () => {
    const house = await town.house({ conversation: fragile });
    await writes(town, house, 'boom', 'namaste');
    const [apology] = await town.outbox();
    expect(apology?.say?.parts.map(({ language }) => language)).toEqual([...LANGUAGES]);
    expect(await town.participant()).toMatchObject({
      sequence: 2,
      conversation: { state: 'talk.onboarding.language' },
    });
    expect(town.provider.accepted).toHaveLength(2);
  });

  test('says nothing to whoever has stopped', async () => {
    const house = await town.house({ conversation: fragile });
    await writes(town, house, ...JOINING, 'stop');
    const sent = town.provider.accepted.length;
    await writes(town, house, 'boom');
    expect(town.provider.accepted).toHaveLength(sent);
    expect(await town.participant()).toMatchObject({ status: 'stopped', effects: [] });
  });

  test('in a timer: reported once, not tried at every tick, and tried again in a day', async () => {
    let isBroken = true;
    const conversation: Conversation = {
      ...core,
      fireDue(participant, at) {
        if (isBroken && core.nextDue(participant)! <= at) throw new Error('a guard threw');
        return core.fireDue(participant, at);
      },
    };
    const house = await town.house({ conversation });
    await writes(town, house, ...JOINING);
    const before = await town.participant();
    town.clock.advance(8 * 86_400_000);
    for (let again = 0; again < 3; again += 1) await house.tick();
    expect(house.faults).toHaveLength(1);
    const after = await town.participant();
    expect(after.conversation.state).toBe(before.conversation.state);
    expect(after.lessons).toEqual(before.lessons);
    expect(after.conversation.timers.map(({ event }) => event).sort()).toEqual(
      before.conversation.timers.map(({ event }) => event).sort(),
    );
    expect(after.nextDue).toEqual(new Date(town.clock.now().getTime() + 86_400_000));
    isBroken = false;
    town.clock.advance(86_400_000);
    await house.tick();
    expect((await town.participant()).conversation.state).toBe('talk.catchup');
  });
});

test('a message that the database does not take is not acknowledged, and works when it is repeated', async () => {
  const house = await town.house();
  await writes(town, house, ...JOINING);
  const model = participantModel(house.connection);
  const refused = jest.spyOn(model, 'updateOne').mockRejectedValueOnce(new Error('not primary'));
  const message = town.message('1');
  await expect(house.people.turns.receive(message)).rejects.toThrow('not primary');
  expect((await town.participant()).recent).not.toContain(message.id);
  refused.mockRestore();
  await house.people.turns.receive(message);
  await settle(house);
  expect((await town.participant()).conversation.state).toBe('talk.lesson.reflection');
  expect(town.provider.accepted).toHaveLength(JOINING.length + 1);
});

test('one whose STOP the provider has answered already is stopped, and told nothing twice', async () => {
  const house = await town.house();
  await writes(town, house, ...JOINING);
  await house.people.turns.receive(town.message('STOP', { answered: true }));
  await settle(house);
  expect((await town.participant()).status).toBe('stopped');
  expect(town.provider.accepted).toHaveLength(JOINING.length);
});

test('writing from an address that was closed opens it again', async () => {
  const house = await town.house();
  await writes(town, house, 'namaste');
  const { _id: id } = await town.participant();
  await Promise.all([
    house.people.registry.unreachable(id, 'whatsapp'),
    house.people.registry.optOut(id, 'whatsapp'),
  ]);
  expect((await town.participant()).identities[0]?.closed).toBeDefined();
  await writes(town, house, '4');
  const { identities } = await town.participant();
  expect(identities).toEqual([
    { key: `whatsapp ${NUMBER}`, channel: 'whatsapp', address: NUMBER, since: identities[0]?.since },
  ]);
});
