/** Cases on the real database: opened with a yes, seen by the right officers only, taken, closed, taken back, risen. */
import { identityKey } from '../../src/channels/channel';
import { auditModel } from '../../src/database/models/audit';
import { caseModel, type CaseDocument } from '../../src/database/models/case';
import { newcomer, type OfficerRole } from '../../src/conversation';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { JOINING, NUMBER, startCountry, writes, type Country, type House, type Town } from '../people/town';

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house({ hubs: [{ district: 'UP-sitapur', confirmedOn: '2026-01-01' }] });
});

const HOUR = 3_600_000;
const TOLD = 'my brother beats his wife every night';
const cases = () => caseModel(house.connection).find().lean<CaseDocument[]>();
const only = async () => {
  const [one, ...others] = await cases();
  expect(others).toEqual([]);
  return one!;
};
const audit = async () =>
  (await auditModel(house.connection).find().sort({ _id: 1 }).lean()).map(({ who, did }) => `${who} ${did}`);
/** Of cases only the day is kept, so that their order is none. */
const journal = async () =>
  (await town.journal())
    .filter(({ type }) => type.startsWith('case.'))
    .map(({ type, data }) => ({ type, ...data }))
    .sort((one, other) => one.type.localeCompare(other.type));

/** The tick as main.ts has it. */
async function time(hours = 0): Promise<void> {
  town.clock.advance(hours * HOUR);
  await house.care.riseDue();
  await house.tick();
  await house.people.relaying.idle();
  await house.delivery.deliverDue();
}

/** An officer with nothing else to do. @returns what he writes with and what he was last told */
async function officer(digit: number, role: Omit<OfficerRole, 'since'>) {
  const address = `+91980000000${digit}`;
  const from = { channel: 'whatsapp' as const, address };
  const key = identityKey(from);
  const _id = `officer-${digit}`;
  const now = town.clock.now();
  const profile = { zone: 'Asia/Kolkata', language: 'en' as const, joinedAt: now };
  const { id: _, ...him } = { ...newcomer(_id, now, 'Asia/Kolkata'), profile, status: 'active' as const };
  const document: ParticipantDocument = {
    ...him,
    _id,
    roles: { officer: { ...role, since: now } },
    conversation: { ...him.conversation, state: 'talk.home' },
    identities: [{ key, ...from, since: now }],
    current: key,
    recent: [],
    effects: [],
    lastHeardAt: now,
  };
  await participantModel(house.connection).create([document]);
  const says = async (...texts: string[]) => {
    for (const text of texts) {
      await house.people.turns.receive(town.message(text, { from }));
      await house.people.relaying.idle();
      await house.delivery.deliverDue();
      town.clock.advance(1_000);
    }
  };
  const told = () =>
    town.provider.accepted.filter(({ message }) => message.to === address).at(-1)?.message.text ?? '';
  return { id: _id, says, told };
}

const DISTRICT = { tier: 'district', place: 'UP-sitapur' } as const;
const STATE = { tier: 'state', place: 'UP' } as const;

test('with his yes a sealed case goes to the officer of his district; taken, called, closed, nothing of him stays', async () => {
  const hers = await officer(1, DISTRICT);
  await writes(town, house, ...JOINING, TOLD, '3');
  expect(await cases()).toEqual([]);
  await writes(town, house, '1', '1', '3');
  const opened = await only();
  expect(opened).toMatchObject({
    ...DISTRICT,
    topic: 'witnessed',
    reach: 'this-phone',
    time: 'evening',
    status: 'open',
  });
  const raw = JSON.stringify(await caseModel(house.connection).collection.find({}).toArray());
  const man = (await house.people.registry.at({ channel: 'whatsapp', address: NUMBER }))!;
  for (const secret of [NUMBER.slice(3), 'Ramesh', man._id, 'brother']) expect(raw).not.toContain(secret);

  await time();
  expect(hers.told()).toBe('Something waits on your list. Write OFFICER to see it.');
  await hers.says('officer', '1', 'i take it');
  await time();
  expect(hers.told()).toContain('It is yours now.');
  await hers.says('show the contact');
  expect(hers.told()).toContain(`Ramesh Kumar, ${NUMBER}`);
  // The row that brought it has forgotten it, and held it sealed before.
  expect((await town.everything()).outbox).not.toContain('Ramesh Kumar, ');
  await hers.says('close it', 'help was given');
  const closed = await only();
  expect(closed).toMatchObject({ status: 'closed', outcome: 'helped' });
  for (const key of ['contact', 'asker', 'dueAt']) expect(closed).not.toHaveProperty(key);

  expect(await journal()).toEqual([
    { type: 'case.acknowledged', topic: 'witnessed', kind: 'call', tier: 'district' },
    { type: 'case.closed', topic: 'witnessed', kind: 'call', outcome: 'helped' },
    { type: 'case.opened', topic: 'witnessed', kind: 'call' },
  ]);
  for (const entry of (await town.journal()).filter(({ type }) => type.startsWith('case.'))) {
    expect(entry).not.toHaveProperty('participantId');
    expect(entry.about).toEqual({ channel: 'whatsapp', state: 'UP' });
  }
  expect((await audit()).map((one) => one.replace(hers.id, 'her'))).toEqual([
    'system case.opened',
    'officer:her case.looked-at',
    'officer:her case.looked-at',
    'officer:her case.acknowledged',
    'officer:her case.looked-at',
    'officer:her case.looked-at',
    'officer:her case.closed',
  ]);
  expect(house.faults).toEqual([]);
});

test('whoever just leaves, or says no, has asked for nothing', async () => {
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', 'menu', TOLD, '3', '2', 'back');
  expect(await cases()).toEqual([]);
});

test('another phone: its number is sealed before anything is written, and only the officer reads it', async () => {
  const hers = await officer(1, DISTRICT);
  const batches: string[] = [];
  house = await town.house({
    hubs: [{ district: 'UP-sitapur', confirmedOn: '2026-01-01' }],
    relay: (batch, onwards) => (batches.push(JSON.stringify(batch)), onwards(batch)),
  });
  await writes(town, house, ...JOINING, TOLD, '3', '1', '2', '1', '98765 43210');
  expect(batches.join()).toContain('open case');
  expect([...batches, ...Object.values(await town.everything())].join()).not.toMatch(/98765 ?43210/);
  await time();
  await hers.says('officer', '1', '1');
  await time();
  await hers.says('1');
  expect(hers.told()).toContain('+919876543210');
});

test('officers of another district or tier neither see nor take it, whatever they order', async () => {
  const near = await officer(1, { tier: 'district', place: 'UP-agra' });
  const high = await officer(2, STATE);
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', '4');
  const { _id } = await only();
  for (const one of [near, high]) {
    await one.says('officer');
    expect(one.told()).toContain('Nothing waits on your list.');
    const placed = { participantId: one.id, at: town.clock.now() };
    await house.care.orders['take case']({ id: 't1', ...placed, order: { do: 'take case', case: _id } });
    await house.care.orders['close case']({
      id: 't2',
      ...placed,
      order: { do: 'close case', case: _id, outcome: 'helped' },
    });
  }
  expect(await only()).toMatchObject({ status: 'open' });
});

test('of two officers who take it at once one has it, and the other is told', async () => {
  const first = await officer(1, DISTRICT);
  const second = await officer(2, DISTRICT);
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', '4');
  const { _id } = await only();
  const at = town.clock.now();
  await Promise.all(
    [first, second].map(({ id }) =>
      house.care.orders['take case']({
        id: `take-${id}`,
        participantId: id,
        at,
        order: { do: 'take case', case: _id },
      }),
    ),
  );
  await time();
  const told = [first, second].map((one) => one.told());
  expect(told.filter((text) => text.startsWith('It is yours now.'))).toHaveLength(1);
  expect(told.filter((text) => text === 'Somebody else has just taken it.')).toHaveLength(1);
});

test('unanswered it rises in time, once, and at the top the operator is alerted', async () => {
  const low = await officer(1, DISTRICT);
  const high = await officer(2, STATE);
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', '4');
  await time();
  await time(23);
  expect(await only()).toMatchObject({ tier: 'district' });
  await Promise.all([time(2), time(0)]);
  await time();
  expect(await only()).toMatchObject({ ...STATE, status: 'open' });
  expect(high.told()).toContain('Something waits on your list.');
  await low.says('officer');
  expect(low.told()).toContain('Nothing waits on your list.');
  expect(house.alerts).toEqual([]);
  await time(25);
  expect(house.alerts).toHaveLength(1);
  expect((await journal()).map(({ type }) => type)).toEqual(['case.escalated', 'case.opened']);
  // Taken and then left lying it comes back to the list.
  await high.says('officer', '1', '1');
  await time();
  expect(await only()).toMatchObject({ status: 'acknowledged' });
  await time(169);
  expect(await only()).toMatchObject({ status: 'open' });
  expect(house.alerts).toHaveLength(2);
});

test('with no officer anywhere the operator is alerted at once', async () => {
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', '4');
  await time();
  await time();
  await time();
  expect(await only()).toMatchObject(STATE);
  expect(house.alerts).toEqual([{ id: (await only())._id, state: 'UP', urgent: false }]);
});

test('he takes it back: it is gone, and the officer who has it must not call', async () => {
  const hers = await officer(1, DISTRICT);
  await writes(town, house, ...JOINING, TOLD, '3', '1', '1', '4');
  await hers.says('officer', '1', '1');
  await time();
  await writes(town, house, 'take my request back');
  expect(await cases()).toEqual([]);
  await time();
  expect(hers.told()).toContain("Please don't call any more.");
  expect((await journal())[1]).toMatchObject({ type: 'case.closed', outcome: 'withdrawn' });
});

test('a report on purpose from the menu, without his name; and erasure takes along what he asked for', async () => {
  await writes(town, house, ...JOINING, 'menu', 'more', 'help for others', 'another need', '1', '3', '3');
  expect(await only()).toMatchObject({
    kind: 'report',
    topic: 'need',
    tier: 'community',
    urgency: 'later',
    reach: 'none',
  });
  expect(await only()).not.toHaveProperty('contact');
  const { _id } = await town.participant();
  await house.people.registry.erase(_id);
  expect(await cases()).toEqual([]);
});
