/** Between Saathi and mentor: only within one group, the number only with consent, nobody pestered. */
import { groupModel, type GroupDocument } from '../../src/database/models/group';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { unsealed } from '../../src/care';
import type { PlacedOrder } from '../../src/conversation';
import { JOINING, startCountry, vault, writes, type Country, type House, type Town } from './town';

const DAY = 86_400_000;

let country: Country;
let town: Town;
let house: House;
let saathi: string;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());

/** A Saathi who has joined; two mentors; he is number 4 in the first one's group. */
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  await writes(town, house, ...JOINING);
  const he = await town.participant();
  saathi = he._id;
  const participants = participantModel(house.connection);
  for (const mentor of ['mentor', 'stranger'])
    await participants.create([
      {
        ...he,
        _id: mentor,
        profile: { ...he.profile, name: mentor },
        roles: { mentor: { since: he.createdAt } },
        identities: he.identities.map((one) => ({ ...one, key: `whatsapp ${mentor}` })),
        current: `whatsapp ${mentor}`,
        effects: [],
      },
    ]);
  const group: GroupDocument = {
    _id: 'KTR47',
    name: 'Sitapur Saathis',
    mentorId: 'mentor',
    createdAt: town.clock.now(),
    members: [{ number: 4, participantId: saathi, since: town.clock.now() }],
    revision: 0,
    madeBy: 'o0',
  };
  await groupModel(house.connection).create([
    group,
    { ...group, _id: 'BDF23', mentorId: 'stranger', members: [] },
  ]);
});

let orders = 0;
function placed<Name extends 'tell mentor' | 'ask after'>(
  participantId: string,
  order: PlacedOrder<Name>['order'],
  id = `${participantId}:${++orders}:0`,
): PlacedOrder<Name> {
  return { id, participantId, at: town.clock.now(), order };
}
const wish = (withPhone: boolean) =>
  house.people.orders['tell mentor'](placed(saathi, { do: 'tell mentor', withPhone }));
const askAfter = (by: string, id?: string) =>
  house.people.orders['ask after'](placed(by, { do: 'ask after', ids: [saathi, 'nobody', 'stranger'] }, id));

async function signalsOf(id: string, event: string): Promise<unknown[]> {
  const he = (await town.participants()).find(({ _id }) => _id === id);
  return he!.conversation.timers
    .filter((timer) => timer.event === event)
    .map((timer) => 'data' in timer && timer.data);
}

test('the mentor of his group is told, once a day, with his number only when he said so', async () => {
  await wish(false);
  await wish(false);
  expect(await signalsOf('mentor', 'TALK_WANTED')).toEqual([{ number: 4, name: 'Ramesh Kumar' }]);
  await wish(true);
  expect(await signalsOf('mentor', 'TALK_WANTED')).toEqual([
    { number: 4, name: 'Ramesh Kumar' },
    {
      number: 4,
      name: 'Ramesh Kumar',
      contact: { text: expect.stringMatching(/^sealed1\./) as string, place: expect.any(String) as string },
    },
  ]);
  await wish(false);
  expect(await signalsOf('mentor', 'TALK_WANTED')).toHaveLength(2);
  town.clock.advance(DAY);
  await wish(false);
  expect(await signalsOf('mentor', 'TALK_WANTED')).toHaveLength(3);
  expect(await signalsOf('stranger', 'TALK_WANTED')).toEqual([]);
});

test('his number is sealed on its way to the mentor, and opened to be sent', async () => {
  await wish(true);
  await house.tick();
  await house.people.relaying.idle();
  const mentor = await participantModel(house.connection).findById('mentor').lean<ParticipantDocument>();
  expect(JSON.stringify([mentor?.conversation, mentor?.effects])).not.toContain('9812345678');
  const told = (await town.outbox()).filter(({ say }) =>
    say?.parts.some(({ key }) => key === 'talk.wanted-by-phone'),
  );
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told[0]?.say)).not.toContain('9812345678');
  expect(unsealed(told[0]!.say!, vault).parts[0]?.params).toMatchObject({ phone: '+919812345678' });
});

test('he is asked after by his own mentor only, and not twice in seven days', async () => {
  await askAfter('stranger');
  expect(await signalsOf(saathi, 'ASKED_AFTER')).toEqual([]);
  await askAfter('mentor', 'mentor:1:0');
  await askAfter('mentor', 'mentor:1:0');
  await askAfter('mentor');
  expect(await signalsOf(saathi, 'ASKED_AFTER')).toEqual([{ mentor: 'mentor' }]);
  expect(await signalsOf('stranger', 'ASKED_AFTER')).toEqual([]);
  town.clock.advance(7 * DAY);
  await askAfter('mentor');
  expect(await signalsOf(saathi, 'ASKED_AFTER')).toHaveLength(2);
});

test('cut off between the two writes and brought again, it is told all the same', async () => {
  const { signals } = house.people;
  const send = jest.spyOn(signals, 'send').mockRejectedValueOnce(new Error('gone'));
  await expect(askAfter('mentor', 'mentor:1:0')).rejects.toThrow('gone');
  await askAfter('mentor', 'mentor:1:0');
  expect(await signalsOf(saathi, 'ASKED_AFTER')).toHaveLength(1);
  send.mockRestore();
});
