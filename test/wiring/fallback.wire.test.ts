/** SMS in WhatsApp's place, only where he agreed, once, and back to WhatsApp when he writes there. */
import { participantModel } from '../../src/database/models/participant';
import { loadContent } from '../../src/content';
import { createConnection, type Connection } from 'mongoose';
import { CONTENT_DIR } from '../../src/paths';
import { startEmbedded, type Embedded } from '../../src/database/embedded';
import { agreeToSms, withdrawSms } from '../../src/people';
import { HIS, TwilioProduct } from './twilio-product';

const SMS = '+919811111111';
const DAY = 86_400_000;
const lessons = loadContent(CONTENT_DIR).lessons;
const smsText = (week: number) => lessons[week - 1]!.text.hi.sms.normalize('NFC').trim();

let database: Embedded;
let connection: Connection;
let databases = 0;
let world: TwilioProduct;
beforeAll(
  async () => (database = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true })),
);
afterAll(() => database.stop());

beforeEach(async () => {
  const uri = database.uri.replace('/?', `/fallback${++databases}?`);
  connection = await createConnection(uri).asPromise();
  world = await new TwilioProduct().start({ MONGODB_URI: uri, TWILIO_SMS_FROM: '+15005550006' });
  await world.writes('namaste');
  await world.writes('हिन्दी');
});
afterEach(async () => {
  await world.stop();
  await connection.close();
});

const participants = () => participantModel(connection);
const evidence = () => ({ proof: 'form 17', at: world.clock.now() });
const agree = async () => agreeToSms(participants(), (await world.him())._id, SMS, evidence());
const sentTo = (to: string) => world.stub.accepted.filter((message) => message.to === to);
const later = () => world.clock.advance(2 * DAY);

test('who has not agreed gets no SMS', async () => {
  later();
  await world.lesson(1);
  expect(world.stub.accepted.every(({ to }) => to === `whatsapp:${HIS}`)).toBe(true);
});

test('who has agreed gets the text that stands alone when his window is shut, and it is not said twice', async () => {
  expect(await agree()).toBe('recorded');
  later();
  await world.lesson(1);
  expect(sentTo(SMS).map(({ body }) => body)).toEqual([smsText(1)]);
  const before = sentTo(`whatsapp:${HIS}`).length;
  await world.writes('namaste');
  expect(sentTo(`whatsapp:${HIS}`)).toHaveLength(before + 1);
  await world.lesson(2);
  expect(sentTo(SMS)).toHaveLength(1);
  expect(sentTo(`whatsapp:${HIS}`)).toHaveLength(before + 2);
});

test('a number that WhatsApp does not know is left for SMS until he writes there again', async () => {
  await agree();
  await world.lesson(1);
  const first = sentTo(`whatsapp:${HIS}`).at(-1)!;
  await world.stub.callback(first.sid, 'failed', 63_003);
  await world.stub.callback(first.sid, 'failed', 63_003);
  await world.product.delivery.deliverDue();
  expect(sentTo(SMS).map(({ body }) => body)).toEqual([smsText(1)]);
  const before = sentTo(`whatsapp:${HIS}`).length;
  await world.lesson(2);
  expect(sentTo(`whatsapp:${HIS}`)).toHaveLength(before);
  expect(sentTo(SMS).map(({ body }) => body)).toEqual([smsText(1), smsText(2)]);
  await world.writes('namaste');
  await world.lesson(3);
  expect(sentTo(SMS)).toHaveLength(2);
});

test('the agreement is recorded with its proof, can be taken back, and ends with a STOP', async () => {
  await agree();
  expect(await withdrawSms(participants(), (await world.him())._id, evidence())).toBe('recorded');
  const { consents, identities } = await world.him();
  expect(consents.filter(({ notice }) => notice === 'sms-fallback')).toEqual([
    expect.objectContaining({ given: true, messageId: 'form 17', channel: 'sms' }),
    expect.objectContaining({ given: false }),
  ]);
  expect(identities.map(({ key }) => key)).toEqual([`whatsapp ${HIS}`]);
  later();
  await world.lesson(1);
  expect(sentTo(SMS)).toEqual([]);
  await agree();
  await world.writes('stop');
  await world.lesson(2);
  expect(sentTo(SMS)).toEqual([]);
});

test("somebody else's number is not taken, and who is not there is told", async () => {
  const he = await world.him();
  const other = { ...he, _id: 'other', identities: [{ ...he.identities[0]!, key: `sms ${SMS}` }] };
  await participants().collection.insertOne(other as never);
  expect(await agree()).toBe('taken');
  expect(await agreeToSms(participants(), 'nobody', SMS, evidence())).toBe('unknown');
});
