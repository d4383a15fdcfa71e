/** Groups among mentors: what a mentor asks for reaches his own groups and men only, however often it is brought. */
import { participantModel } from '../../src/database/models/participant';
import { groupModel } from '../../src/database/models/group';
import type { Order } from '../../src/conversation';
import { settle, settled, settledGroup } from '../../src/demo';
import { createOrders } from '../../src/people';
import { content } from '../conversation/world';
import { startCountry, type Country, type House, type Town } from './town';

let country: Country;
let town: Town;
let house: House;
let place: (participantId: string, order: Order, id?: string) => Promise<void>;
let orders = 0;

beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());

const phone = (n: number) => `+9198000001${String(n).padStart(2, '0')}`;

beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  const at = town.clock.now();
  const person = (id: string, n: number, isMentor: boolean) =>
    settled(
      {
        id,
        address: { channel: 'whatsapp', address: phone(n) },
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
    [person('arjun', 1, true), person('vijay', 2, true), person('asif', 3, false), person('dev', 4, false)],
    [
      settledGroup({ code: 'KTR47', name: 'Ravidas Tola', mentorId: 'arjun', members: ['asif'] }, at),
      settledGroup({ code: 'KTR48', name: 'Misrikh', mentorId: 'arjun', members: [] }, at),
      settledGroup({ code: 'VJY52', name: 'Biswan', mentorId: 'vijay', members: ['dev'] }, at),
    ],
  );
  const carryOut = createOrders(house.people.orders as never, (error) => house.faults.push(error));
  place = (participantId, order, id = `order-${++orders}`) => carryOut([{ id, participantId, at, order }]);
});

const group = async (code: string) => (await groupModel(house.connection).findById(code).lean())!;
const members = async (code: string) => (await group(code)).members.map((one) => one.participantId);
const signals = async (id: string) =>
  (await participantModel(house.connection).findById(id).lean())!.conversation.timers.map(
    ({ event }) => event,
  );

test('a man of his changes groups or leaves, and is told once however often the order is brought', async () => {
  const move: Order = { do: 'move member', group: 'KTR47', member: 'asif', to: 'KTR48' };
  await place('arjun', move, 'move');
  await place('arjun', move, 'move');
  expect([await members('KTR47'), await members('KTR48')]).toEqual([[], ['asif']]);
  expect(await signals('asif')).toEqual(['GROUPED']);
  await place('arjun', { do: 'remove member', group: 'KTR48', member: 'asif' }, 'remove');
  await place('arjun', { do: 'remove member', group: 'KTR48', member: 'asif' }, 'remove');
  expect(await members('KTR48')).toEqual([]);
  expect(await signals('asif')).toEqual(['GROUPED', 'UNGROUPED']);
});

test.each<[string, Order]>([
  ['removes', { do: 'remove member', group: 'VJY52', member: 'dev' }],
  ['takes', { do: 'move member', group: 'VJY52', member: 'dev', to: 'KTR48' }],
  ['passes off as his own', { do: 'move member', group: 'KTR47', member: 'dev', to: 'KTR48' }],
  ['sends his own to the other', { do: 'move member', group: 'KTR47', member: 'asif', to: 'VJY52' }],
  ['gives away what is not his', { do: 'offer group', group: 'VJY52', phone: phone(1) }],
  ['takes what nobody offered', { do: 'answer group offer', group: 'VJY52', takes: true }],
])('nobody %s', async (_what, order) => {
  const before = [await group('KTR47'), await group('KTR48'), await group('VJY52')];
  await place('arjun', order);
  expect([await group('KTR47'), await group('KTR48'), await group('VJY52')]).toEqual(before);
  for (const id of ['arjun', 'vijay', 'asif', 'dev']) expect(await signals(id)).toEqual([]);
});

test('a group is offered, and is the other mentor’s only once he has taken it', async () => {
  await place('arjun', { do: 'offer group', group: 'KTR47', phone: phone(2) });
  expect((await group('KTR47')).mentorId).toBe('arjun');
  expect(await signals('vijay')).toEqual(['GROUP_OFFERED']);
  await place('dev', { do: 'answer group offer', group: 'KTR47', takes: true });
  expect((await group('KTR47')).mentorId).toBe('arjun');
  await place('vijay', { do: 'answer group offer', group: 'KTR47', takes: true }, 'taken');
  await place('vijay', { do: 'answer group offer', group: 'KTR47', takes: true }, 'taken');
  expect((await group('KTR47')).mentorId).toBe('vijay');
  expect([await signals('arjun'), await signals('asif')]).toEqual([['OFFER_ANSWERED'], ['MENTOR_CHANGED']]);
  // The answer was given: it can't be given once more.
  await place('vijay', { do: 'answer group offer', group: 'KTR47', takes: false });
  expect((await group('KTR47')).mentorId).toBe('vijay');
});

test('whoever is no mentor is offered nothing, and the one who offers learns nothing of it', async () => {
  for (const number of [phone(3), phone(1), '+919999999999'])
    await place('arjun', { do: 'offer group', group: 'KTR47', phone: number });
  expect((await group('KTR47')).offer).toBeUndefined();
  for (const id of ['arjun', 'asif']) expect(await signals(id)).toEqual([]);
});
