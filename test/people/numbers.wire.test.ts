/** A changed number: the mentor vouches, the new phone confirms, and everything follows; nobody else gets it. */
import type { Order } from '../../src/conversation';
import { groupModel } from '../../src/database/models/group';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { settle, settled, settledGroup } from '../../src/demo';
import { createOrders } from '../../src/people';
import { content } from '../conversation/world';
import { startCountry, type Country, type House, type Town } from './town';

const OLD = '+919800000103';
const NEW = '+919800000199';

let country: Country;
let town: Town;
let house: House;
let place: (participantId: string, order: Order, id: string) => Promise<void>;

beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());

beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  const at = town.clock.now();
  const person = (id: string, phone: string, isMentor: boolean) =>
    settled(
      {
        id,
        address: { channel: 'whatsapp', address: phone },
        language: 'en',
        name: id,
        state: 'UP',
        district: 'UP-sitapur',
        isSaathi: !isMentor,
        ...(isMentor && { roles: { mentor: { since: at } } }),
        notice: content.consentVersion,
      },
      at,
    );
  await settle(
    house.connection,
    [
      person('arjun', '+919800000101', true),
      person('vijay', '+919800000102', true),
      person('asif', OLD, false),
    ],
    [settledGroup({ code: 'KTR47', name: 'Ravidas Tola', mentorId: 'arjun', members: ['asif'] }, at)],
  );
  const carryOut = createOrders(house.people.orders as never, (error) => house.faults.push(error));
  place = (participantId, order, id) => carryOut([{ id, participantId, at: town.clock.now(), order }]);
});

const person = async (id: string) =>
  (await participantModel(house.connection).findById(id).lean<ParticipantDocument>())!;
const vouch = (by: string, id = 'vouch'): Promise<void> =>
  place(by, { do: 'vouch for number', group: 'KTR47', member: 'asif', phone: NEW }, id);

/** The code that the mentor was told. */
async function codeTold(): Promise<string> {
  const { conversation } = await person('arjun');
  const told = conversation.timers.find(({ event }) => event === 'NUMBER_VOUCHED');
  return (told as { data: { code: string } } | undefined)?.data.code ?? '';
}

async function says(phone: string, text: string): Promise<void> {
  await house.people.turns.receive(town.message(text, { from: { channel: 'whatsapp', address: phone } }));
  await house.people.relaying.idle();
  await house.tick();
  await house.delivery.deliverDue();
  town.clock.advance(1_000);
}

const lastTo = (phone: string) =>
  town.provider.accepted.filter(({ message }) => message.to === phone).at(-1)?.message.text;

test('his lessons, his consent and his group come to the new phone; the old one knows nothing of him', async () => {
  await vouch('arjun');
  const code = await codeTold();
  expect(code).toMatch(/^\d{6}$/);
  const before = await person('asif');
  await says(NEW, `CODE ${code}`);

  const { profile, consents, lessons, identities } = await person('asif');
  expect({ profile, consents, lessons }).toEqual({
    profile: before.profile,
    consents: before.consents,
    lessons: before.lessons,
  });
  expect(identities.map(({ address }) => address)).toEqual([NEW]);
  expect((await groupModel(house.connection).findById('KTR47').lean())!.members).toHaveLength(1);
  expect(lastTo(NEW)).toContain('This phone is yours now');
  expect(await participantModel(house.connection).countDocuments({})).toBe(3);

  await says(OLD, 'namaste');
  const stranger = await house.people.registry.at({ channel: 'whatsapp', address: OLD });
  expect([stranger?._id === 'asif', stranger?.profile.name]).toEqual([false, undefined]);
  await says(NEW, 'menu');
  expect((await person('asif')).conversation.state).toBe('aside.menu');
});

test.each([
  ['another phone', '+919800000198', (code: string) => `CODE ${code}`],
  ['a wrong code', NEW, (code: string) => `CODE ${code === '111111' ? '222222' : '111111'}`],
])('%s brings nothing', async (_what, phone, text) => {
  await vouch('arjun');
  await says(phone, text(await codeTold()));
  expect((await person('asif')).identities.map(({ address }) => address)).toEqual([OLD]);
  expect(lastTo(phone)).toContain('not for this phone');
});

test('after five wrong codes the right one is worth nothing, and after a week neither', async () => {
  await vouch('arjun');
  const code = await codeTold();
  for (let guess = 0; guess < 5; guess += 1) await says(NEW, `code ${code === '000000' ? '1' : '0'}00000`);
  await says(NEW, `code ${code}`);
  expect((await person('asif')).identities.map(({ address }) => address)).toEqual([OLD]);
  await vouch('arjun', 'once more');
  town.clock.advance(8 * 86_400_000);
  await says(NEW, `code ${await codeTold()}`);
  expect((await person('asif')).identities.map(({ address }) => address)).toEqual([OLD]);
});

test('only his own mentor can vouch for him', async () => {
  await vouch('vijay');
  await vouch('asif');
  const { conversation } = await person('vijay');
  expect(conversation.timers).toEqual([]);
  await says(NEW, 'code 123456');
  expect((await person('asif')).identities.map(({ address }) => address)).toEqual([OLD]);
});

test('whoever has lessons of his own under the new number is not mixed up with another', async () => {
  await participantModel(house.connection).updateOne(
    { _id: 'vijay' },
    {
      $set: {
        identities: [{ key: `whatsapp ${NEW}`, channel: 'whatsapp', address: NEW, since: new Date() }],
      },
    },
  );
  await vouch('arjun');
  await says(NEW, `code ${await codeTold()}`);
  expect((await person('vijay')).roles?.mentor).toBeDefined();
  expect((await person('asif')).identities.map(({ address }) => address)).toEqual([OLD]);
});

test('a mentor who is erased leaves a group that the coordinator hears of', async () => {
  const at = town.clock.now();
  await settle(
    house.connection,
    [
      settled(
        {
          id: 'meena',
          address: { channel: 'whatsapp', address: '+919800000150' },
          language: 'en',
          name: 'Meena',
          state: 'UP',
          district: 'UP-sitapur',
          isSaathi: true,
          roles: { coordinator: { level: 'national', since: at } },
          notice: content.consentVersion,
        },
        at,
      ),
    ],
    [],
  );
  await house.people.registry.erase('arjun');
  await house.people.registry.erase('arjun');
  expect((await groupModel(house.connection).findById('KTR47').lean())!.mentorId).toBe('');
  expect((await person('meena')).conversation.timers).toEqual([
    expect.objectContaining({ event: 'GROUP_ORPHANED', data: { group: 'KTR47', name: 'Ravidas Tola' } }),
  ]);
});
