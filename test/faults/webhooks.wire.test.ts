/** What comes in from outside: doubled, forged, replayed, malicious, too large; judged by what the whole product did. */
import { House, type Instance } from './product';
import { sign } from '../support/twilio-stub';

const NUMBER = '+919800000001';
const SID = `SM${'7'.repeat(32)}`;

let house: House;
let one: Instance;
beforeEach(async () => {
  house = await House.open();
  one = await house.instance();
});
afterEach(() => house.close());

describe('duplicate webhook', () => {
  test('fifty in parallel at two instances: 200 each, one step, one reply', async () => {
    const other = await house.instance();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        house.write(n % 2 ? one : other, NUMBER, 'hello', { MessageSid: SID }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    await Promise.all([one.world.settle(), other.world.settle()]);
    const { people, rows } = await house.look();
    expect(people.map(({ sequence, recent }) => ({ sequence, recent }))).toEqual([
      { sequence: 1, recent: [SID] },
    ]);
    expect(rows).toHaveLength(1);
    expect(house.taken(NUMBER)).toHaveLength(1);
  });
});

describe('forged or replayed', () => {
  test('a forged signature changes nothing', async () => {
    const { status } = await house.write(one, NUMBER, 'hello', {}, { signature: 'forged' });
    expect(status).toBe(403);
    await one.world.settle();
    expect(await house.look()).toEqual({ people: [], rows: [] });
  });

  test('a captured request, replayed a day later, has no second effect; doubled fields are refused', async () => {
    await house.write(one, NUMBER, 'hello', { MessageSid: SID });
    await one.world.settle();
    await one.world.advance(86_400_000);
    const before = house.taken(NUMBER).length;
    expect((await house.write(one, NUMBER, 'hello', { MessageSid: SID })).status).toBe(200);
    const posted = { MessageSid: SID, Body: ['hello', 'hello'] };
    const signature = sign(house.stub.authToken, 'https://saathi.example.org/webhooks/twilio/inbound', {
      MessageSid: SID,
      Body: 'hello',
    });
    expect((await house.write(one, NUMBER, 'hello', {}, { posted, signature })).status).toBe(400);
    await one.world.settle();
    expect(house.taken(NUMBER)).toHaveLength(before);
    expect((await house.look()).people[0]?.sequence).toBe(1);
  });
});

describe('NoSQL injection', () => {
  const FIELDS = [
    'MessageSid',
    'AccountSid',
    'From',
    'To',
    'Body',
    'ButtonPayload',
    'MediaUrl0',
    'ExternalUserId',
  ];
  const POISON = ['{"$ne":""}', '{"$gt":""}', '$where', '[$ne]'];

  test.each(FIELDS)('in %s, as a value or as a name, reaches nobody else’s document', async (field) => {
    await house.write(one, NUMBER, 'hello');
    await one.world.settle();
    const [known] = (await house.look()).people;
    for (const value of POISON) {
      const fields = { [field]: value, ...(field === 'MediaUrl0' && { NumMedia: '1' }) };
      const { status } = await house.write(one, '+919800000002', 'hello', fields);
      expect([200, 400, 403]).toContain(status);
      const named = await house.write(one, '+919800000003', 'hello', { [`${field}[$ne]`]: '' });
      expect(named.status).toBe(200);
    }
    await one.world.settle();
    const { people } = await house.look();
    expect(people.find(({ _id }) => _id === known?._id)).toEqual(known);
    expect(JSON.stringify(people.map((person) => Object.keys(person)))).not.toContain('$');
    for (const person of people) expect(typeof person.recent[0]).toBe('string');
  });

  test.each([
    ['/simulator/messages', { phone: { $ne: '' }, kind: 'text', text: 'hello' }],
    ['/simulator/messages', { phone: '+919800000001', kind: { $ne: '' }, text: 'hello' }],
    ['/simulator/messages', { phone: '+919800000001', kind: 'text', text: { $gt: '' } }],
    ['/simulator/people', { phone: { $ne: '' } }],
    ['/simulator/wait', { duration: { $ne: '' } }],
  ])('in JSON at %s: %j is refused', async (path, body) => {
    const answer = await fetch(one.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    expect((await house.look()).people).toEqual([]);
  });
});

describe('oversize', () => {
  test('a body over 64 KB is turned away before its signature is looked at, and nothing is kept', async () => {
    const { status } = await house.write(one, NUMBER, 'a'.repeat(70_000), {}, { signature: 'forged' });
    expect(status).toBe(413);
    expect((await house.look()).people).toEqual([]);
  });

  test('a text of any length is taken, cut, and answered within what WhatsApp allows', async () => {
    await house.join(one, [NUMBER], 'न'.repeat(20_000 / 3));
    const [person] = (await house.look()).people;
    expect(person?.profile.name?.length ?? 0).toBeLessThanOrEqual(100);
    expect(house.taken(NUMBER).length).toBeGreaterThan(5);
    for (const body of house.taken(NUMBER)) expect(body.length).toBeLessThanOrEqual(1_600);
  });
});
