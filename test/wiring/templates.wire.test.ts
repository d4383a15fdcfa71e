/** Outside WhatsApp's window, the whole product against the stand-in for Twilio: only by approved template. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import type { StoredEffect } from '../../src/conversation';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { CONTENT_DIR } from '../../src/paths';
import { listen } from '../../src/web/server';
import { TwilioStub } from '../support/twilio-stub';

const PUBLIC = 'https://saathi.example.org';
const HIS = '+919800000001';
const SID = `HX${'0c'.repeat(16)}`;
const LESSON_ID = 'lesson.*.lesson';
const at = { channel: 'whatsapp' as const, address: HIS };

let folder: string;
let stub: TwilioStub;
let clock: MovableClock;
let product: Product;
let server: Server;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-templates-'));
  clock = new MovableClock(new Date('2026-01-04T10:30:00+05:30'));
  stub = await new TwilioStub({ now: () => clock.now() }).start();
  stub.contents.approve(SID);
});

afterEach(async () => {
  server.close();
  await product.stop();
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(contentDir: string): Promise<void> {
  const config = loadConfig({
    PUBLIC_BASE_URL: PUBLIC,
    SIMULATOR: 'off',
    TWILIO_ACCOUNT_SID: stub.accountSid,
    TWILIO_AUTH_TOKEN: stub.authToken,
    TWILIO_WHATSAPP_FROM: '+14155238886',
    TWILIO_API_BASE_URL: stub.url,
  });
  product = await assemble(config, {
    log: silentLog,
    clock,
    dataDir: 'temporary',
    inProcess: true,
    contentDir,
  });
  server = await listen(product.app, 0);
  stub.product = { publicBaseUrl: PUBLIC, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** He says hello and chooses Hindi; two days later a lesson falls due. */
async function lessonAfterTwoDays(): Promise<string> {
  for (const Body of ['namaste', 'हिन्दी']) {
    const { status } = await stub.inbound({ From: `whatsapp:${HIS}`, To: 'whatsapp:+14155238886', Body });
    expect(status).toBe(200);
    await product.world.settle();
  }
  const he = (await product.people.registry.at(at))!;
  expect(he.profile.language).toBe('hi');
  clock.advance(2 * 86_400_000);
  const id = `${he._id}:1000:0`;
  const effect: StoredEffect = {
    type: 'say',
    purpose: 'lesson',
    parts: [{ key: 'lesson.1.lesson' }],
    id,
    at: clock.now(),
  };
  const before = stub.accepted.length;
  expect(before).toBeGreaterThan(0);
  await product.delivery.relay([{ participantId: he._id, address: at, language: 'hi', effects: [effect] }]);
  await product.delivery.deliverDue();
  return id;
}

test('as delivered nothing is approved: nothing leaves, the reason is shown, and it leaves when he writes', async () => {
  await run(CONTENT_DIR);
  const asked = stub.requests.length;
  await lessonAfterTwoDays();
  const early = stub.accepted.length;
  expect(stub.requests.length).toBeGreaterThan(asked);
  expect(await product.delivery.counts()).toEqual([
    expect.objectContaining({ channel: 'whatsapp', state: 'pending', waiting: 'window', count: 1 }),
  ]);
  await stub.inbound({ From: `whatsapp:${HIS}`, To: 'whatsapp:+14155238886', Body: 'namaste' });
  await product.world.settle();
  const bodies = stub.accepted.slice(early).map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  expect(await product.delivery.counts()).toEqual([]);
});

test('with an approved template it leaves as that template, its variable filled', async () => {
  const contentDir = path.join(folder, 'content');
  cpSync(CONTENT_DIR, contentDir, { recursive: true });
  const file = path.join(contentDir, 'templates.yaml');
  const shipped = readFileSync(file, 'utf8');
  expect(shipped).toContain(LESSON_ID);
  writeFileSync(file, shipped.replace('hi: { approved: false', `hi: { contentSid: ${SID}, approved: true`));
  await run(contentDir);
  await lessonAfterTwoDays();
  const last = stub.accepted.at(-1)!;
  expect(last).toMatchObject({ to: `whatsapp:${HIS}`, contentSid: SID });
  expect(JSON.parse(last.contentVariables ?? '{}')).toEqual({
    '1': expect.stringMatching(/[\u0900-\u097f]/),
  });
  expect(await product.delivery.counts()).toEqual([]);
});
