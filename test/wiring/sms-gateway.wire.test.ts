/** The whole product with an SMS gateway: he writes by SMS, and the answer leaves by the gateway. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { listen } from '../../src/web/server';
import { GatewayStub } from '../channels/http-gateway/gateway-stub';

const HIS = '+919800000001';
const SECRET = 'gateway-secret-0123456789';

let stub: GatewayStub;
let product: Product;
let server: Server;

beforeEach(async () => {
  stub = await new GatewayStub().start();
  const config = loadConfig({
    PUBLIC_BASE_URL: 'https://saathi.example.org',
    SIMULATOR: 'off',
    SMS_GATEWAY_URL: stub.url,
    SMS_GATEWAY_TOKEN: 'token-0123456789',
    SMS_GATEWAY_SENDER: 'SAATHI',
    SMS_GATEWAY_WEBHOOK_SECRET: SECRET,
  });
  const clock = new MovableClock(new Date('2026-01-04T10:30:00+05:30'));
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
