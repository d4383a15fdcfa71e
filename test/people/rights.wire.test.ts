/** His rights outside the conversation: all that is kept of him opened for him, erased by the operator, let go in time. */
import { createAudit } from '../../src/audit';
import { caseModel } from '../../src/database/models/case';
import { erasureModel } from '../../src/database/models/erasure';
import { participantModel } from '../../src/database/models/participant';
import { reflectionModel } from '../../src/database/models/reflection';
import { sealing, withKey } from '../../src/people';
import { insertNew } from '../../src/database/duplicate';
import { dataLinks, erasureOf, holdingsOf, keepRetention, type Retention } from '../../src/rights';
import { createVault } from '../../src/vault';
import { JOINING, NUMBER, startCountry, writes, type Country, type House, type Town } from './town';

const ASKER = 'asker-of-his';
const KEY = 'k'.repeat(64);
const WORDS = 'My brother decides everything at home';
const FOREVER: Retention = {
  journal: Infinity,
  reflections: Infinity,
  unfinished: Infinity,
  stopped: Infinity,
  audit: Infinity,
  erased: Infinity,
};

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
});

const erase = async (he: Parameters<typeof erasureOf>[0]) =>
  house.delivery.relay([erasureOf(he, town.clock.now())]);
const round = (changes: Partial<Retention>) => {
  const { connection } = house;
  const audit = createAudit(connection, { current: KEY, earlier: [] });
  return keepRetention({
    connection,
    clock: town.clock,
    retention: { ...FOREVER, ...changes },
    audit,
    erase,
  });
};
const days = (number: number) => town.clock.advance(number * 86_400_000);

test('what is gathered holds his words opened, his number, his consents; erased, nothing leads to him but his id on the list', async () => {
  await writes(town, house, ...JOINING, '1', 'skip', 'today');
  const he = await town.participant();
  const vault = createVault(KEY);
  const sealed = sealing(vault)({
    type: 'keep',
    id: `${he._id}:99:0`,
    at: town.clock.now(),
    week: 1,
    text: WORDS,
  });
  if (sealed.type !== 'keep') throw new Error('another effect');
  await insertNew(reflectionModel(house.connection).collection, [
    withKey({ _id: sealed.id, participantId: he._id, at: sealed.at, week: 1, text: sealed.text! }),
  ]);
  const asked = {
    kind: 'call',
    topic: 'suffered',
    state: 'UP',
    urgency: 'week',
    reach: 'this-phone',
  } as const;
  const where = { channel: 'whatsapp', tier: 'state', place: 'UP', status: 'open' } as const;
  const openedAt = town.clock.now();
  await insertNew(caseModel(house.connection).collection, [
    { _id: 'c1', asker: ASKER, contact: 'sealed', ...asked, ...where, openedAt },
    { _id: 'c2', asker: 'somebody else', ...asked, ...where, openedAt },
  ]);
  await participantModel(house.connection).updateOne(
    { _id: he._id },
    { $set: { 'profile.jodi': { id: 'j1', name: 'Somebody Else', since: openedAt } } },
  );
  const held = await holdingsOf(house.connection, vault, he._id, ASKER);
  expect(held).toMatchObject({
    profile: { name: 'Ramesh Kumar' },
    identities: [{ channel: 'whatsapp', address: NUMBER }],
    consents: [{ purpose: 'lessons', given: true }],
    reflections: [{ week: 1, text: WORDS }],
    jodi: { since: openedAt },
    cases: [{ kind: 'call', status: 'open', openedAt }],
  });
  expect(JSON.stringify(held)).not.toMatch(/Somebody Else|sealed/);
  expect(held!.journal.length).toBeGreaterThan(3);
  const closed = await holdingsOf(house.connection, createVault('x'.repeat(64)), he._id, ASKER);
  expect(closed?.reflections).toEqual([{ at: sealed.at, week: 1, sealed: true }]);

  await erase(he);
  expect(await holdingsOf(house.connection, vault, he._id, ASKER)).toBeUndefined();
  const everything = Object.entries(await town.everything());
  for (const trace of [NUMBER.slice(1), 'Ramesh', WORDS])
    expect([trace, everything.filter(([, text]) => text.includes(trace)).map(([name]) => name)]).toEqual([
      trace,
      [],
    ]);
  expect(await erasureModel(house.connection).find().lean()).toMatchObject([{ _id: he._id }]);
});

test('a link opens one page for a day; forged, changed or over it opens nothing', () => {
  const links = dataLinks('s'.repeat(32));
  const at = new Date('2026-01-04T10:00:00Z');
  const token = links.path('p1', at).split('/').at(-1)!;
  expect(links.read(token, at)).toEqual({ participantId: 'p1', until: new Date('2026-01-05T10:00:00Z') });
  expect(links.read(token, new Date('2026-01-05T10:00:00Z'))).toBeUndefined();
  expect(links.read(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, at)).toBeUndefined();
  expect(links.read(`B${token.slice(1)}`, at)).toBeUndefined();
  expect(dataLinks('t'.repeat(32)).read(token, at)).toBeUndefined();
  expect(links.read('', at)).toBeUndefined();
});

test('who began and fell silent goes after his days, not before', async () => {
  await writes(town, house, 'namaste', '4', '1', '25', 'Ramesh');
  days(29);
  expect((await round({ unfinished: 30 })).unfinished).toBe(0);
  days(2);
  expect((await round({ unfinished: 30 })).unfinished).toBe(1);
  expect(await participantModel(house.connection).countDocuments()).toBe(0);
});

test('who stopped goes after his days; whoever is active stays', async () => {
  await writes(town, house, ...JOINING);
  days(500);
  expect((await round({ stopped: 400, unfinished: 30 })).stopped).toBe(0);
  await writes(town, house, 'stop');
  days(401);
  expect((await round({ stopped: 400 })).stopped).toBe(1);
  expect(await participantModel(house.connection).countDocuments()).toBe(0);
});

test('of the journal the link to the person goes, the count stays; the list of the erased goes too', async () => {
  await writes(town, house, ...JOINING);
  const before = await town.journal();
  expect(before.some(({ participantId }) => participantId !== undefined)).toBe(true);
  await erasureModel(house.connection).create([{ _id: 'gone', at: town.clock.now() }]);
  days(731);
  expect(await round({ journal: 730, erased: 400 })).toMatchObject({ erased: 1 });
  const after = await town.journal();
  expect(after.map(({ type }) => type)).toEqual(before.map(({ type }) => type));
  expect(after.filter(({ participantId }) => participantId !== undefined)).toEqual([]);
});
