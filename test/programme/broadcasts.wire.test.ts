/** Broadcasts on the real models: handed out page by page, paused, taken back, tried again, within the author's borders. */
import { broadcastModel } from '../../src/database/models/broadcast';
import { participantModel } from '../../src/database/models/participant';
import { draftSchema } from '../../src/programme/broadcast-drafts';
import { startCountry, type Country, type House, type Town } from '../people/town';
import { DAY, runOn, settle } from './broadcast-town';

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());
beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  await settle(town, house);
});

const MENTOR = { hat: 'mentor', participantId: 'mentor' } as const;
const STATE = { hat: 'coordinator', participantId: 'state' } as const;
const DISTRICT = { hat: 'coordinator', participantId: 'district' } as const;
const OPERATOR = { hat: 'campaign', operator: 'Asha' } as const;

const WORDS = { en: 'Meeting on Sunday at five.' };
const asked = (audience: object, more = {}) => draftSchema.parse({ audience, words: WORDS, ...more });

const run = () => runOn(town, house);

const got = () => town.provider.accepted.map(({ message: { to } }) => Number(to.slice(-2))).sort();

test('handed out page by page to those of the group and to nobody else, once, and counted', async () => {
  await house.broadcasts.draft('b1', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b1', MENTOR);
  await run();
  expect(got()).toEqual([10, 11, 12, 13, 14]);
  expect(town.provider.accepted[0]!.message.text).toContain('Meeting on Sunday at five.');
  expect(town.provider.accepted[0]!.message.text).toContain('Name mentor');
  const report = await house.broadcasts.report('b1', MENTOR);
  expect(report).toMatchObject({ state: 'done', told: 5, counts: { sent: 5, failed: 0 } });
  await house.broadcasts.confirm('b1', MENTOR);
  await run();
  expect(got()).toHaveLength(5);
  expect(house.faults).toEqual([]);
});

test('a process that dies between a page and its cursor repeats the page, and nobody hears it twice', async () => {
  await house.broadcasts.draft('b1', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b1', MENTOR);
  await house.tick();
  await house.tick();
  const { cursor, told } = (await broadcastModel(house.connection).findById('b1').lean())!;
  expect([cursor, told]).toEqual(['b', 2]);
  await broadcastModel(house.connection).updateOne(
    { _id: 'b1' },
    { $unset: { cursor: 1 }, $set: { told: 0 } },
  );
  const another = await town.house();
  await Promise.all([another.tick(), house.tick()]);
  await run();
  expect(got()).toEqual([10, 11, 12, 13, 14]);
  expect((await house.broadcasts.report('b1', MENTOR))?.told).toBe(5);
});

test('paused nothing leaves, not even what waits in the outbox; resumed it goes on; cancelled it is over', async () => {
  await house.broadcasts.draft('b1', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b1', MENTOR);
  await house.tick();
  await house.tick();
  await house.people.relaying.idle();
  await house.broadcasts.steer('b1', MENTOR, 'pause');
  await run();
  expect(got()).toEqual([]);
  expect((await house.broadcasts.report('b1', MENTOR))?.counts).toMatchObject({ waiting: 2, sent: 0 });
  await house.broadcasts.steer('b1', MENTOR, 'resume');
  await run();
  expect(got()).toEqual([10, 11, 12, 13, 14]);

  await house.broadcasts.draft('b2', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b2', MENTOR);
  await house.tick();
  await house.tick();
  await house.people.relaying.idle();
  await house.broadcasts.steer('b2', MENTOR, 'cancel');
  await run();
  expect(got()).toHaveLength(5);
  const { counts, withdrawCursor } = (await house.broadcasts.report('b2', MENTOR))!;
  expect(counts).toMatchObject({ cancelled: 2, sent: 0, waiting: 0 });
  expect(withdrawCursor).toBeUndefined();
});

test('what failed can be tried again, and counts once', async () => {
  town.provider.next = ({ to }) =>
    to.endsWith('12') ? { outcome: 'failed', kind: 'other', reason: 'Not today.' } : 'accept';
  await house.broadcasts.draft('b1', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b1', MENTOR);
  await run();
  expect((await house.broadcasts.report('b1', MENTOR))?.counts).toMatchObject({
    sent: 4,
    failed: 1,
    reasons: { other: 1 },
  });
  town.provider.next = () => 'accept';
  await house.broadcasts.steer('b1', MENTOR, 'retry');
  await run();
  expect((await house.broadcasts.report('b1', MENTOR))?.counts).toMatchObject({ sent: 5, failed: 0 });
  expect(got()).toEqual([10, 11, 12, 13, 14]);
});

test('whoever asks reaches only his own, sees only his own, and steers only his own', async () => {
  const everybody = asked({ everybody: true });
  await expect(house.broadcasts.draft('b0', MENTOR, asked({ groups: ['ZZZ99'] }))).rejects.toThrow(
    'own groups',
  );
  await expect(house.broadcasts.draft('b0', MENTOR, everybody)).rejects.toThrow('own groups');
  const nobody = { hat: 'coordinator', participantId: 'a' } as const;
  await expect(house.broadcasts.draft('b0', nobody, everybody)).rejects.toThrow('no role');

  const one = await house.broadcasts.draft('b1', DISTRICT, asked({ states: ['UP', 'WB'] }));
  expect((await house.broadcasts.preview(one)).people).toBe(2);
  await house.broadcasts.confirm('b1', DISTRICT);
  await run();
  expect(got()).toEqual([20, 21]);

  await house.broadcasts.draft('b2', MENTOR, asked({ groups: ['KTR47'] }));
  await house.broadcasts.confirm('b2', MENTOR, new Date(town.clock.now().getTime() + DAY));
  const ids = async (asker: Parameters<typeof house.broadcasts.list>[0]) =>
    (await house.broadcasts.list(asker)).map(({ _id }) => _id).sort();
  expect(await ids(STATE)).toEqual(['b2']);
  expect(await ids(DISTRICT)).toEqual(['b1']);
  expect(await ids(MENTOR)).toEqual(['b2']);
  expect(await ids(OPERATOR)).toEqual(['b1', 'b2']);
  expect(await house.broadcasts.steer('b2', DISTRICT, 'cancel')).toBeUndefined();
  expect(await house.broadcasts.steer('b1', MENTOR, 'cancel')).toBeUndefined();
  expect((await house.broadcasts.steer('b2', STATE, 'cancel'))?.state).toBe('cancelled');
});

test('after three in a day he is told to wait; what he took back before it left does not count', async () => {
  for (const id of ['b1', 'b2', 'b3', 'b4']) {
    await house.broadcasts.draft(id, MENTOR, asked({ groups: ['KTR47'] }));
    await house.broadcasts.confirm(id, MENTOR, new Date(town.clock.now().getTime() + 60_000));
    if (id === 'b1') await house.broadcasts.steer(id, MENTOR, 'cancel');
  }
  await house.broadcasts.draft('b5', MENTOR, asked({ groups: ['KTR47'] }));
  await expect(house.broadcasts.confirm('b5', MENTOR)).rejects.toMatchObject({ why: 'limit' });
  town.clock.advance(2 * DAY);
  await run();
  expect(await broadcastModel(house.connection).findById('b5').lean()).toBeNull();
});

test('by an occasion each gets it at his own moment; where that is past he is passed over', async () => {
  const now = town.clock.now();
  const participants = participantModel(house.connection);
  await participants.updateOne({ _id: 'a' }, { $set: { 'profile.joinedAt': new Date(now.getTime() - DAY) } });
  const occasion = { on: { own: 'joined' }, offsetDays: 3, hour: 12 };
  await house.broadcasts.draft('b1', MENTOR, asked({ groups: ['KTR47'] }, { occasion }));
  await house.broadcasts.confirm('b1', MENTOR);
  await run();
  expect(await house.broadcasts.report('b1', MENTOR)).toMatchObject({ told: 1, passedOver: 4 });
  expect(got()).toEqual([]);
  town.clock.advance(2 * DAY + 4 * 3_600_000);
  await run();
  expect(got()).toEqual([10]);
});

test('an order from a chat is carried out once, and a refusal comes back to him', async () => {
  const order = {
    do: 'send broadcast' as const,
    group: 'KTR47',
    part: 'quiet' as const,
    words: 'How are you? We miss you.',
    startsAt: town.clock.now(),
  };
  const placed = { id: 'mentor:9:0', participantId: 'mentor', at: town.clock.now(), order };
  await house.broadcasts.orders['send broadcast'](placed);
  await run();
  expect(town.provider.accepted.map(({ message: { to, text } }) => [to.slice(-2), text])).toEqual([
    ['01', expect.stringContaining('nobody whom this message would reach')],
  ]);
  const participants = participantModel(house.connection);
  const consent = {
    purpose: 'mentor',
    notice: '2',
    language: 'en',
    channel: 'whatsapp',
    messageId: 'in',
  } as const;
  const says = (given: boolean) => ({ consents: [{ ...consent, at: town.clock.now(), given }] });
  const lastHeardAt = new Date('2025-11-01T10:00:00Z');
  await participants.updateOne({ _id: 'c' }, { $set: { lastHeardAt, ...says(false) } });
  // Without his yes the mentor does not learn by it that he is quiet.
  await house.broadcasts.orders['send broadcast']({ ...placed, id: 'mentor:10:0' });
  await run();
  expect(got()).toEqual([1, 1]);
  await participants.updateOne({ _id: 'c' }, { $set: says(true) });
  await house.broadcasts.orders['send broadcast']({ ...placed, id: 'mentor:11:0' });
  await house.broadcasts.orders['send broadcast']({ ...placed, id: 'mentor:11:0' });
  await run();
  expect(got()).toEqual([1, 1, 12]);
});

test('to those who come to the meeting, and to nobody else', async () => {
  const participants = participantModel(house.connection);
  const meeting = { id: 'm1', at: new Date(town.clock.now().getTime() + DAY), place: 'School' };
  await participants.updateOne({ _id: 'a' }, { $set: { meeting: { ...meeting, answer: 'yes' } } });
  await participants.updateOne({ _id: 'b' }, { $set: { meeting: { ...meeting, answer: 'no' } } });
  await participants.updateOne({ _id: 'c' }, { $set: { meeting: { ...meeting, id: 'm0', answer: 'yes' } } });
  await participants.updateOne({ _id: 'x' }, { $set: { meeting: { ...meeting, answer: 'yes' } } });
  await house.broadcasts.orders['send broadcast']({
    id: 'b1',
    participantId: 'mentor',
    at: town.clock.now(),
    order: {
      do: 'send broadcast',
      group: 'KTR47',
      part: 'coming',
      meeting: 'm1',
      words: 'Bring your own cup.',
      startsAt: town.clock.now(),
    },
  });
  await run();
  expect(got()).toEqual([10]);
});
