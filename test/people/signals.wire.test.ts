/** Signals: once each, in order, through races with a turn, after a stop and after an erasure; and what a group sets off. */
import { JOINING, startCountry, writes, type Country, type House, type Town } from './town';
import { groupModel, type GroupDocument } from '../../src/database/models/group';

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
});

const left = { group: 'KTR47', why: 'removed' } as const;
const DAY = 86_400_000;

async function send(id: string, more: { due?: Date; expiresAt?: Date } = {}): Promise<number> {
  const { _id } = await town.participant();
  const signal = { id, event: 'UNGROUPED' as const, due: town.clock.now(), ...more };
  return house.people.signals.send({ ids: [_id, 'nobody'], data: left }, signal);
}

const told = async () => (await town.journal()).filter(({ type }) => type === 'group.left').length;

test('sent twice, before and after it has fired, it happens once', async () => {
  await writes(town, house, ...JOINING);
  expect(await send('s1')).toBe(1);
  expect(await send('s1')).toBe(0);
  await house.tick();
  expect(await send('s1')).toBe(0);
  await house.tick();
  expect(await told()).toBe(1);
});

test('it joins the other timers in order, and the tick finds it when it is due', async () => {
  await writes(town, house, ...JOINING);
  const due = new Date(town.clock.now().getTime() + DAY);
  await send('s1', { due });
  const { nextDue, conversation } = await town.participant();
  const dues = conversation.timers.map((timer) => timer.due.getTime());
  expect(dues).toEqual([...dues].sort((one, other) => one - other));
  expect(nextDue).toEqual(new Date(Math.min(...dues)));
  await house.tick();
  expect(await told()).toBe(0);
  town.clock.advance(DAY);
  await house.tick();
  await house.tick();
  expect(await told()).toBe(1);
});

test('while a turn is under way the turn reads again: neither is lost', async () => {
  await writes(town, house, ...JOINING);
  const before = await town.participant();
  await Promise.all([
    house.people.turns.receive(town.message('1')),
    send('s1'),
    house.people.turns.receive(town.message('menu')),
  ]);
  const { sequence } = await town.participant();
  expect(sequence).toBe(before.sequence + 3);
  await house.tick();
  expect(await told()).toBe(1);
});

test('taken back before it is due it never happens', async () => {
  await writes(town, house, ...JOINING);
  await send('s1', { due: new Date(town.clock.now().getTime() + DAY) });
  const { _id } = await town.participant();
  expect(await house.people.signals.withdraw([_id], 's1')).toBe(1);
  expect(await house.people.signals.withdraw([_id], 's1')).toBe(0);
  town.clock.advance(DAY);
  await house.tick();
  expect(await told()).toBe(0);
});

test('over before the machine is on again, it goes without a word', async () => {
  await writes(town, house, ...JOINING);
  const at = town.clock.now().getTime();
  await send('s1', { expiresAt: new Date(at + 1_000) });
  town.clock.advance(2_000);
  await house.tick();
  expect(await told()).toBe(0);
  expect((await town.participant()).conversation.timers.every((timer) => !('data' in timer))).toBe(true);
});

test('whoever has stopped hears nothing of it', async () => {
  await writes(town, house, ...JOINING, 'STOP');
  const rows = (await town.outbox()).length;
  await send('s1');
  await house.tick();
  expect((await town.outbox()).length).toBe(rows);
  expect((await town.participant()).status).toBe('stopped');
});

test('a mentor makes a group; a man joins by its code and gets number 1; both are told', async () => {
  await writes(town, house, ...JOINING);
  const mentor = await town.participant();
  const now = town.clock.now();
  await house.people.signals.send(
    { ids: [mentor._id], data: { invitation: { role: 'mentor' } } },
    { id: 'i1', event: 'INVITED', due: now },
  );
  town.clock.advance(2 * DAY);
  // The lesson's reminder goes first; the invitation waits ten minutes.
  await house.tick();
  town.clock.advance(DAY / 96);
  await house.tick();
  await writes(town, house, 'yes i will', 'new group', 'Sitapur Saathis');
  await house.people.relaying.idle();
  await house.tick();
  const [group] = await groupModel(house.connection).find().lean<GroupDocument[]>();
  expect(group).toMatchObject({ name: 'Sitapur Saathis', mentorId: mentor._id, members: [] });
  const from = { channel: 'whatsapp' as const, address: '+919800000002' };
  for (const text of [`JOIN ${group!._id}`, '4', '1', '25', 'Asif', 'up', 'sitapur', '1', '7', '3', '2']) {
    await house.people.turns.receive(town.message(text, { from }));
    await house.people.relaying.idle();
  }
  await house.tick();
  const after = await groupModel(house.connection).findById(group!._id).lean<GroupDocument>();
  expect(after?.members).toMatchObject([{ number: 1 }]);
  expect((await town.journal()).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['role.accepted', 'group.made', 'group.joined']),
  );
  const man = (await town.participants()).find(({ _id }) => _id !== mentor._id)!;
  expect(man.profile.group).toBe(group!._id);
  await house.people.registry.erase(man._id);
  expect((await groupModel(house.connection).findById(group!._id).lean<GroupDocument>())?.members).toEqual(
    [],
  );
  expect(house.faults).toEqual([]);
});
