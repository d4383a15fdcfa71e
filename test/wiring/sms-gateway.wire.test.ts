/** The whole product with an SMS gateway: he writes by SMS, and the answer leaves by the gateway. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '../../src/clock';
import { loadConfig, type Config } from '../../src/config';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { listen } from '../../src/web/server';
import { channelsFor } from '../../src/wiring/channels';
import { GatewayStub } from '../channels/http-gateway/gateway-stub';

const HIS = '+919800000001';
const SECRET = 'gateway-secret-0123456789';

let config: Config;
let stub: GatewayStub;
let product: Product;
let clock: MovableClock;
let server: Server;

beforeEach(async () => {
  stub = await new GatewayStub().start();
  config = loadConfig({
    PUBLIC_BASE_URL: 'https://saathi.example.org',
    SIMULATOR: 'off',
    SMS_GATEWAY_URL: stub.url,
    SMS_GATEWAY_TOKEN: 'token-0123456789',
    SMS_GATEWAY_SENDER: 'SAATHI',
    SMS_GATEWAY_WEBHOOK_SECRET: SECRET,
  });
  clock = new MovableClock(new Date('2026-01-04T10:30:00+05:30'));
  product = await assemble(config, { log: silentLog, clock, dataDir: 'temporary', inProcess: true });
  server = await listen(product.app, 0);
});
afterEach(async () => {
  server.close();
  await product.stop();
  await stub.stop();
});

async function webhook(path: string, body: object): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const { status } = await fetch(`http://127.0.0.1:${port}/webhooks/sms-gateway/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': SECRET },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
  await product.world.settle();
}

test('a message is answered once, however often it comes', async () => {
  const message = { id: 'in-1', from: '9800000001', text: 'namaste' };
  await webhook('inbound', message);
  const before = stub.accepted.length;
  await webhook('inbound', message);
  expect(stub.accepted).toHaveLength(before);
  const sent = stub.accepted.map(
    (body) => JSON.parse(body) as { to: string; text: string; reference: string },
  );
  expect(sent.length).toBeGreaterThan(0);
  expect(new Set(sent.map(({ reference }) => reference)).size).toBe(sent.length);
  expect(sent.every(({ to, text }) => to === HIS && text !== '')).toBe(true);
  await webhook('inbound', { ...message, id: 'in-2', text: 'हिन्दी' });
  expect(stub.accepted.length).toBeGreaterThan(before);
});

test('what the gateway took before the connection broke is never sent again', async () => {
  stub.reply = () => ({ then: 'break' });
  await webhook('inbound', { id: 'in-1', from: HIS, text: 'namaste' });
  expect(stub.accepted.length).toBeGreaterThan(0);
  stub.reply = ({ body }) => ({
    body: { id: `later-${(JSON.parse(body) as { reference: string }).reference}` },
  });
  for (let hour = 0; hour < 6; hour += 1) {
    clock.advance(3_600_000);
    await product.world.settle();
  }
  const references = stub.accepted.map((body) => (JSON.parse(body) as { reference: string }).reference);
  expect(new Set(references).size).toBe(references.length);
});

test("India's register is asked, and its ids go with the message", async () => {
  const channel = channelsFor({
    config,
    clock,
    simulator: undefined,
    whatsappWeb: undefined,
    dltTemplates: [{ id: '1107161234567890123', text: 'Week {#var#}: talk at home.' }],
    dltEntityId: '1101612345678901234',
  }).get('sms')!;
  const message = { id: 'p1:1:0', to: HIS, options: [] };
  expect(await channel.send({ ...message, text: 'Something else' })).toMatchObject({ kind: 'template' });
  expect(await channel.send({ ...message, text: 'Week 3: talk at home.' })).toMatchObject({
    outcome: 'accepted',
  });
  expect(stub.accepted.map((body) => (JSON.parse(body) as { dlt: unknown }).dlt)).toEqual([
    { entity_id: '1101612345678901234', template_id: '1107161234567890123' },
  ]);
});
