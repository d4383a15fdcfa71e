/** The picture or voice note of a broadcast, from the author's phone to whoever carries it. */
import { broadcastModel } from '../../src/database/models/broadcast';
import type { FetchMedia } from '../../src/programme/broadcast-media';
import { keepRetention } from '../../src/rights';
import { startCountry, type Country, type House, type Town } from '../people/town';
import { DAY, runOn, settle } from './broadcast-town';

let country: Country;
let town: Town;
let house: House;
beforeAll(async () => (country = await startCountry()));
afterAll(() => country.stop());

const MENTOR = { hat: 'mentor', participantId: 'mentor' } as const;
const run = () => runOn(town, house);

const bytes = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');
let answers: Awaited<ReturnType<FetchMedia>>[];
let fetched: string[];
beforeEach(async () => {
  [answers, fetched] = [[], []];
  const fetchMedia: FetchMedia = (ref) => {
    fetched.push(ref);
    return Promise.resolve(answers.shift() ?? { contentType: 'image/png', bytes });
  };
  town = await country.town();
  house = await town.house({ fetchMedia });
  await settle(town, house);
});
const order = () => ({
  do: 'send broadcast' as const,
  group: 'KTR47',
  part: 'all' as const,
  words: '',
  media: { kind: 'picture' as const, ref: 'https://api.twilio.com/media/1' },
  startsAt: new Date(town.clock.now().getTime() + 120_000),
});
const send = (id: string) =>
  house.broadcasts.orders['send broadcast']({
    id,
    participantId: 'mentor',
    at: town.clock.now(),
    order: order(),
  });
const sent = () => town.provider.accepted.filter(({ message }) => message.media !== undefined);

test('a picture is fetched once, when it leaves, and kept until nobody can be sent it any more', async () => {
  answers.push({ refused: 'unreachable' });
  await send('b1');
  await run();
  expect(fetched).toEqual([]);
  town.clock.advance(2 * 60_000);
  await run();
  expect([fetched.length, sent()]).toEqual([1, []]);
  town.clock.advance(60_000);
  await run();
  expect([fetched.length, sent().length]).toEqual([2, 5]);
  expect(sent()[0]!.message.text).toBe('Name mentor, your mentor, has sent you a picture.');
  expect(await house.broadcasts.media.of('b1')).toMatchObject({ contentType: 'image/png' });
  expect(Buffer.from((await house.broadcasts.media.of('b1'))!.bytes)).toEqual(bytes);
  expect((await town.everything()).broadcasts).not.toContain('twilio');
  const retention = {
    journal: 999,
    reflections: 999,
    unfinished: 999,
    stopped: 999,
    audit: 999,
    erased: 999,
  };
  const round = () =>
    keepRetention({
      connection: house.connection,
      clock: town.clock,
      retention,
      audit: { trim: () => Promise.resolve(0) },
      erase: () => Promise.resolve(),
    });
  expect(await round()).toMatchObject({ media: 0 });
  town.clock.advance(31 * DAY);
  expect(await round()).toMatchObject({ media: 1 });
  expect(await house.broadcasts.media.of('b1')).toBeUndefined();
});

test('what is no picture does not leave, and its author is told; taken back in time it is fetched by nobody', async () => {
  answers.push({ contentType: 'image/png', bytes: Buffer.from('<html>') });
  await send('b1');
  town.clock.advance(120_000);
  await run();
  expect(await house.broadcasts.report('b1', MENTOR)).toMatchObject({ state: 'cancelled', told: 0 });
  expect(town.provider.accepted.map(({ message: { to, text } }) => [to.slice(-2), text])).toEqual([
    ['01', expect.stringContaining('could not be sent on')],
  ]);
  await send('b2');
  await house.broadcasts.steer('b2', MENTOR, 'cancel');
  town.clock.advance(120_000);
  await run();
  expect([fetched.length, sent()]).toEqual([1, []]);
});

test('it goes with its author when he is erased', async () => {
  await send('b1');
  town.clock.advance(120_000);
  await run();
  await house.people.registry.erase('mentor');
  expect(await house.broadcasts.media.of('b1')).toBeUndefined();
  expect((await broadcastModel(house.connection).findById('b1').lean())?.media).toBeUndefined();
});
