/** The meetings' service: who may, once each, and what is taken back when a meeting moves. */
import type { PlacedOrder, OrderName } from '../../src/conversation';
import { settle, settled, settledGroup } from '../../src/demo';
import { groupModel } from '../../src/database/models/group';
import { meetingModel } from '../../src/database/models/meeting';
import { createMeetings, type Meetings } from '../../src/programme/meetings';
import { startCountry, type Country, type House, type Town } from '../people/town';

const NOW = new Date('2026-01-04T10:00:00+05:30');
const AT = new Date('2026-01-11T17:00:00+05:30');
const LATER = new Date('2026-01-12T17:00:00+05:30');
const TELL = new Date('2026-01-04T10:02:00+05:30');

let country: Country;
let town: Town;
let house: House;
let meetings: Meetings;

beforeAll(async () => {
  country = await startCountry();
});
afterAll(() => country.stop());

beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  const { connection, people } = house;
  meetings = createMeetings({
    connection,
    signals: people.signals,
    journal: people.journal,
    quiet: undefined,
  });
  const person = (id: string, index: number, more: object) =>
    settled(
      {
        id,
        address: { channel: 'whatsapp', address: `+9198000000${10 + index}` },
        language: 'en',
        name: id,
        state: 'UP',
        district: 'UP-sitapur',
        isSaathi: true,
        notice: '1',
        ...more,
      },
      NOW,
    );
  const mentor = { roles: { mentor: { since: NOW } }, isSaathi: false };
  await settle(
    connection,
    [
      person('arjun', 0, mentor),
      person('dev', 1, mentor),
      person('asif', 2, { group: 'KTR47' }),
      person('ravi', 3, { group: 'KTR47' }),
    ],
    [settledGroup({ code: 'KTR47', name: 'Tola', mentorId: 'arjun', members: ['asif', 'ravi'] }, NOW)],
  );
});

const place = <Name extends OrderName>(
  order: PlacedOrder<Name>['order'],
  { by = 'arjun', id = 'arjun:5:0', at = NOW } = {},
) => ({ id, participantId: by, at, order }) as PlacedOrder<Name>;
const call = {
  do: 'call meeting',
  group: 'KTR47',
  at: AT,
  place: 'School',
  reminders: ['three-hours'],
  tellAt: TELL,
} as const;
const calling = (more = {}) => place<'call meeting'>({ ...call, reminders: [...call.reminders] }, more);

const all = () => meetingModel(house.connection).find().lean();
const timersOf = async (id: string) => {
  const people = await town.participants();
  const timers = people.find(({ _id }) => _id === id)?.conversation.timers ?? [];
  return timers.map((timer) => `${timer.event} ${timer.due.toISOString().slice(5, 16)}`);
};
const journal = async () =>
  (await town.journal()).map(({ type, participantId }) => `${type} ${participantId}`);

test('called twice it is one meeting, told once, with a reminder, a sheet and the question who came', async () => {
  await meetings.orders['call meeting'](calling());
  await meetings.orders['call meeting'](calling());
  expect(await all()).toHaveLength(1);
  expect(await timersOf('asif')).toEqual(['MEETING 01-04T04:32', 'MEETING_REMINDER 01-11T08:30']);
  expect(await timersOf('arjun')).toEqual(['MEETING_SHEET 01-11T08:30', 'MEETING_OVER 01-11T13:30']);
  expect(await journal()).toEqual(['meeting.called arjun']);
});

test('another mentor can neither call, change, cancel nor enter anything', async () => {
  await meetings.orders['call meeting'](calling({ by: 'dev' }));
  expect(await all()).toEqual([]);
  await meetings.orders['call meeting'](calling());
  const [{ _id: meeting } = { _id: '' }] = await all();
  const by = { by: 'dev', id: 'dev:1:0' };
  const { group: _group, do: _do, ...rest } = call;
  const change = { do: 'change meeting', meeting, ...rest, reminders: [], at: LATER } as const;
  await meetings.orders['change meeting'](place<'change meeting'>({ ...change, reminders: [] }, by));
  await meetings.orders['cancel meeting'](
    place<'cancel meeting'>({ do: 'cancel meeting', group: 'KTR47', tellAt: TELL }, by),
  );
  const note = { do: 'note attendance', meeting, present: ['asif'], guests: 0 } as const;
  await meetings.orders['note attendance'](
    place<'note attendance'>({ ...note, present: ['asif'] }, { ...by, at: LATER }),
  );
  expect(await all()).toMatchObject([{ at: AT, state: 'called', revision: 0, attendance: [] }]);
});

test('a change takes back what has not been said yet; taken back in time, nobody hears a word', async () => {
  await meetings.orders['call meeting'](calling());
  const [{ _id: meeting } = { _id: '' }] = await all();
  const { group: _group, do: _do, ...rest } = call;
  const order = { do: 'change meeting' as const, meeting, ...rest, reminders: [], at: LATER };
  const changing = place<'change meeting'>(order, { id: 'arjun:7:0' });
  await meetings.orders['change meeting'](changing);
  await meetings.orders['change meeting'](changing);
  expect(await all()).toMatchObject([{ at: LATER, revision: 1 }]);
  expect(await timersOf('asif')).toEqual(['MEETING 01-04T04:32']);
  await meetings.orders['cancel meeting'](
    place<'cancel meeting'>({ do: 'cancel meeting', group: 'KTR47', tellAt: NOW }, { id: 'arjun:8:0' }),
  );
  expect(await timersOf('asif')).toEqual(['MEETING_OFF 01-04T04:30']);
  expect(await timersOf('arjun')).toEqual([]);
  await house.tick();
  expect(await town.outbox()).toEqual([]);
});

test('who came is counted once, corrected, and only among the members', async () => {
  await meetings.orders['call meeting'](calling());
  const [{ _id: meeting } = { _id: '' }] = await all();
  const noting = (id: string, present: string[]) =>
    meetings.orders['note attendance'](
      place<'note attendance'>({ do: 'note attendance', meeting, present, guests: 2 }, { id, at: LATER }),
    );
  await noting('arjun:9:0', ['asif', 'dev', 'nobody']);
  await noting('arjun:9:0', ['asif', 'dev', 'nobody']);
  await noting('arjun:10:0', ['ravi']);
  await noting('arjun:9:0', ['asif']);
  expect(await all()).toMatchObject([
    { state: 'held', attendance: [{ present: ['asif'] }, { present: ['ravi'], guests: 2 }] },
  ]);
  expect((await journal()).toSorted()).toEqual([
    'meeting.attended asif',
    'meeting.attended ravi',
    'meeting.called arjun',
    'meeting.held arjun',
    'meeting.struck asif',
  ]);
});

test('the sheet has the roster, and is gone with the meeting', async () => {
  await meetings.orders['call meeting'](calling());
  const [{ _id: meeting } = { _id: '' }] = await all();
  const sheet = await meetings.toPrint(meeting);
  expect(sheet).toMatchObject({ language: 'en', meeting: { group: 'Tola', place: 'School', answers: [] } });
  expect(sheet?.meeting.members.map(({ number, name }) => `${number} ${name}`).toSorted()).toEqual([
    '1 asif',
    '2 ravi',
  ]);
  await meetings.orders['cancel meeting'](
    place<'cancel meeting'>({ do: 'cancel meeting', group: 'KTR47', tellAt: NOW }, { id: 'arjun:8:0' }),
  );
  expect(await meetings.toPrint(meeting)).toBeUndefined();
});

test('a group that goes to another mentor takes the sheet and the question who came with it', async () => {
  await meetings.orders['call meeting'](calling());
  await groupModel(house.connection).updateOne({ _id: 'KTR47' }, { mentorId: 'dev' });
  for (const _twice of [1, 2]) await meetings.follow('KTR47', NOW);
  expect(await timersOf('arjun')).toEqual([]);
  expect(await timersOf('dev')).toEqual(['MEETING_SHEET 01-11T08:30', 'MEETING_OVER 01-11T13:30']);
  const moved = {
    do: 'change meeting',
    meeting: (await all())[0]!._id,
    place: 'Temple',
    tellAt: TELL,
  } as const;
  await meetings.orders['change meeting'](
    place<'change meeting'>(
      { ...moved, at: LATER, reminders: ['three-hours'] },
      { by: 'dev', id: 'dev:6:0' },
    ),
  );
  expect(await timersOf('dev')).toEqual(['MEETING_SHEET 01-12T08:30', 'MEETING_OVER 01-12T13:30']);
});

test('offered and taken in the chat, the meeting follows the group', async () => {
  await meetings.orders['call meeting'](calling());
  const offer = { from: 'arjun', to: 'dev', at: NOW };
  await groupModel(house.connection).updateOne({ _id: 'KTR47' }, { offer });
  await house.people.orders['answer group offer']({
    id: 'dev:7:0',
    participantId: 'dev',
    at: NOW,
    order: { do: 'answer group offer', group: 'KTR47', takes: true },
  });
  expect(await timersOf('dev')).toContain('MEETING_SHEET 01-11T08:30');
  expect(await timersOf('arjun')).not.toContain('MEETING_SHEET 01-11T08:30');
});
