/**
 * What somebody told is nowhere: not in a file of the database, a log, a metric or an answer, nor at Twilio. On every
 * channel that the product can have without a browser, in four languages, before and after joining.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createLog } from '../../src/log';
import { GatewayStub } from '../channels/http-gateway/gateway-stub';
import { House, METRICS_TOKEN, OURS, type Instance } from '../faults/product';

const TOLD = [
  'my brother beats his wife every night',
  'मेरा पति मुझे रोज़ मारता है',
  'আমার স্বামী আমাকে রোজ মারে',
  'ମୋ ସ୍ୱାମୀ ମୋତେ ସବୁଦିନ ମାରନ୍ତି',
];
/** What follows in care is no disclosure by itself, and is kept as little. */
const MORE = 'she hides in the kitchen with the small one';
const SMS = '+15005550006';
const SECRET = 'gateway-secret-0123456789';

let house: House;
let gateway: GatewayStub;
beforeEach(async () => {
  house = await House.open();
  gateway = await new GatewayStub().start();
});
afterEach(async () => {
  await house.close();
  await gateway.stop();
});

/** Every byte under a folder, one text a file. */
function bytesUnder(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file));
}

test('told on WhatsApp, SMS, an SMS gateway and the simulator, by strangers and by one who has joined', async () => {
  let logged = '';
  const log = createLog({ level: 'debug', destination: { write: (line) => void (logged += line) } });
  const twilio = await house.instance({ TWILIO_SMS_FROM: SMS, SMS_TWO_WAY: 'on', SIMULATOR: 'on' }, log);
  const other = await house.instance(
    {
      SMS_GATEWAY_URL: gateway.url,
      SMS_GATEWAY_TOKEN: 'token-0123456789',
      SMS_GATEWAY_SENDER: 'SAATHI',
      SMS_GATEWAY_WEBHOOK_SECRET: SECRET,
    },
    log,
  );
  const answers: string[] = [];
  const whatsApp = async (number: string, text: string) =>
    answers.push((await house.write(twilio, number, text)).text);
  const sms = async (number: string, text: string) =>
    answers.push((await house.write(twilio, number, text, { From: number, To: SMS })).text);
  const byGateway = async (number: string, text: string) => {
    const response = await fetch(`${other.url}/webhooks/sms-gateway/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-secret': SECRET },
      body: JSON.stringify({ id: `in-${answers.length}`, from: number, text }),
    });
    expect(response.status).toBe(200);
    answers.push(await response.text());
  };
  const simulated = (number: string, text: string) =>
    twilio.world.receive({
      id: `simulated-${number}-${text.length}`,
      from: { channel: 'simulator', address: `whatsapp/${number}` },
      kind: 'text',
      text,
      at: house.clock.now(),
    });
  await house.join(twilio, ['+919811155555']);
  await whatsApp('+919811155555', TOLD[0]!);
  const channels: ((number: string, text: string) => Promise<unknown>)[] = [
    whatsApp,
    sms,
    byGateway,
    simulated,
  ];
  for (const [c, tell] of channels.entries())
    for (const [n, text] of TOLD.entries()) {
      await tell(`+9198111${c}000${n}`, text);
      await tell(`+9198111${c}000${n}`, MORE);
    }
  // A message that Twilio is not done with yet is deleted minutes later.
  const late = house.stub.keep({ From: 'whatsapp:+919811199999', To: OURS, Body: TOLD[1]! });
  house.stub.unfinished.add(late);
  await house.write(twilio, '+919811199999', TOLD[1]!, { MessageSid: late });
  await settled([twilio, other]);
  expect(house.stub.messages.get(late)).toMatchObject({ body: '' });
  house.stub.unfinished.clear();
  house.clock.advance(5 * 60_000);
  await settled([twilio, other]);

  const { people } = await house.look();
  expect(people.map(({ conversation }) => conversation.state)).toEqual(people.map(() => 'care.told'));
  expect(people).toHaveLength(18);
  const metrics = await fetch(`${twilio.url}/metrics`, {
    headers: { Authorization: `Bearer ${METRICS_TOKEN}` },
  });
  const shown = [logged, await metrics.text(), ...answers].join('\n');
  const files = bytesUnder(house.folder);
  expect(files.some((bytes) => bytes.includes('care.told'))).toBe(true);
  for (const text of [
    ...TOLD,
    MORE,
    'hides in the kitchen',
    'beats his wife',
    'रोज़ मारता',
    'রোজ মারে',
    'ସବୁଦିନ',
  ]) {
    expect(shown).not.toContain(text);
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(files.filter((bytes) => bytes.includes(Buffer.from(text, encoding)))).toEqual([]);
    expect(house.stub.messages.list({}).filter(({ body }) => body.includes(text))).toEqual([]);
  }
}, 60_000);

async function settled(instances: Instance[]): Promise<void> {
  for (const one of instances) await one.world.settle();
}
