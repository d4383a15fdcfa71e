/** People of whom others tell: nothing is sent, nothing is asked twice, and a role is only offered. */
import { participantModel } from '../../src/database/models/participant';
import { Enrolment, type Enrolled } from '../../src/people';
import { NUMBER, startCountry, writes, type Country, type House, type Town } from './town';

let country: Country;
let town: Town;
let house: House;
let enrol: (one: Enrolled) => Promise<string>;

beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());

beforeEach(async () => {
  town = await country.town();
  house = await town.house();
  let ids = 0;
  const enrolment = new Enrolment({
    participants: participantModel(house.connection),
    signals: house.people.signals,
    makeId: () => `enrolled${++ids}`,
    zone: 'Asia/Kolkata',
  });
  enrol = async (one) => {
    const foreseen = await enrolment.foresee(one);
    const result = await enrolment.enrol(one, town.clock.now());
    expect(result).toBe(foreseen);
    return result;
  };
});

const RAMESH: Enrolled = { phone: NUMBER, name: 'Ramesh Kumar', state: 'UP', district: 'UP-sitapur' };
const sent = () => town.provider.accepted.length;

test('nobody hears anything before he writes; then what is known is not asked, and consent is', async () => {
  expect(await enrol(RAMESH)).toBe('expected');
  expect(await enrol(RAMESH)).toBe('known');
  town.clock.advance(30 * 86_400_000);
  await house.tick();
  await house.delivery.deliverDue();
  expect(sent()).toBe(0);

  await writes(town, house, 'namaste', '4', 'yes', 'yes');
  const he = await town.participant();
  expect(he.consents).toHaveLength(1);
  expect(he.conversation.state).toBe('talk.onboarding.group');
  expect(town.provider.accepted.at(-1)!.message.text).toContain('Ramesh Kumar');
});

test('a mentor who is told of is asked when he has joined so far, and is one only then', async () => {
  await enrol({ ...RAMESH, invited: { role: 'mentor' } });
  await writes(town, house, 'namaste', '4', 'yes', 'yes');
  expect((await town.participant()).roles).toBeUndefined();
  await writes(town, house, 'yes, i will');
  expect((await town.participant()).roles).toEqual({ mentor: { since: expect.any(Date) as Date } });
  expect(await enrol({ ...RAMESH, invited: { role: 'mentor' } })).toBe('known');
});

test('who takes part already is asked once: declined is declined, however often the list comes', async () => {
  await writes(town, house, 'namaste', '4', '1', '25', 'Dev', 'up', 'sitapur', '1', '7', '3', '2');
  const mentor: Enrolled = { phone: NUMBER, invited: { role: 'mentor' } };
  expect(await enrol(mentor)).toBe('invited');
  town.clock.advance(3_600_000);
  await house.tick();
  await writes(town, house, 'no, not now');
  const he = await town.participant();
  expect([he.roles, he.invited]).toEqual([undefined, undefined]);
  expect(he.profile.name).toBe('Dev');
  const enrolment = new Enrolment({
    participants: participantModel(house.connection),
    signals: house.people.signals,
    makeId: () => 'nobody',
    zone: 'Asia/Kolkata',
  });
  expect(await enrolment.enrol(mentor, town.clock.now())).toBe('known');
  expect((await town.participant()).conversation.timers.map(({ event }) => event)).not.toContain('INVITED');
});

test('a role waits for who is expected, also when it is told of later', async () => {
  await enrol(RAMESH);
  expect(await enrol({ ...RAMESH, invited: { role: 'coordinator', level: 'state', place: 'UP' } })).toBe(
    'expected',
  );
  expect((await town.participant()).invited).toEqual({ role: 'coordinator', level: 'state', place: 'UP' });
});
