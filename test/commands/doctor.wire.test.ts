/** The doctor: each thing that can be wrong is told on a line of its own, with what to do; the rest is still looked at. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection } from 'mongoose';
import { doctor } from '../../src/commands/doctor';
import { createIndexes } from '../../src/database/connect';
import { startEmbedded, type Embedded } from '../../src/database/embedded';
import { createDeliveryIndexes } from '../../src/delivery';
import { CONTENT_DIR } from '../../src/paths';
import { runCli } from '../support/cli';
import { TwilioStub } from '../support/twilio-stub';

let folder: string;
let database: Embedded;
let databases = 0;
let stub: TwilioStub;
const TODAY = new Date('2026-11-24T10:00:00Z');

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-doctor-'));
  database = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true });
  stub = await new TwilioStub().start();
});
afterAll(async () => {
  await stub.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const freshUri = () => database.uri.replace('/?', `/doctor${++databases}?`);

async function examine(env: Record<string, string>, contentDir = CONTENT_DIR) {
  const lines: string[] = [];
  const code = await doctor(
    { MONGODB_URI: freshUri(), DATA_DIR: path.join(folder, 'data'), ...env },
    { print: (line) => lines.push(line), today: TODAY, contentDir },
  );
  return { code, wrong: lines.filter((line) => line.startsWith('✗')), all: lines.join('\n') };
}

const twilio = (changes: Record<string, string> = {}) => ({
  PUBLIC_BASE_URL: 'https://saathi.example.org',
  TWILIO_ACCOUNT_SID: stub.accountSid,
  TWILIO_AUTH_TOKEN: stub.authToken,
  TWILIO_WHATSAPP_FROM: '+14155238886',
  TWILIO_API_BASE_URL: stub.url,
  ...changes,
});

const gateway = (url: string) => ({
  PUBLIC_BASE_URL: 'https://saathi.example.org',
  SMS_GATEWAY_URL: url,
  SMS_GATEWAY_TOKEN: 'token-of-the-gateway',
  SMS_GATEWAY_SENDER: 'SAATHI',
  SMS_GATEWAY_WEBHOOK_SECRET: 'secret-of-the-webhooks-of-the-gateway',
});

test('an SMS gateway that is there is found, without a message or a token sent to it', async () => {
  const asked: unknown[] = [];
  const server = createServer(({ method, headers }, response) => {
    asked.push([method, headers.authorization]);
    response.writeHead(405).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { wrong, all } = await examine(gateway(`http://127.0.0.1:${port}/send`));
  await once(server.close(), 'close');
  expect(wrong).toEqual([]);
  expect(all).toContain(`✓ SMS gateway: 127.0.0.1:${port} answers`);
  expect(asked).toEqual([['HEAD', undefined]]);
});

test('on a machine where all is well there is no ✗', async () => {
  const { code, wrong, all } = await examine(twilio());
  expect(wrong).toEqual([]);
  expect(code).toBe(0);
  for (const thing of [
    'Configuration',
    'Content',
    'Data folder',
    'Database',
    'Indexes',
    'Clock',
    'Twilio',
    'SMS gateway',
    'Chromium',
  ])
    expect(all).toContain(`✓ ${thing}: `);
  expect(all).toContain('No template is approved');
});

test.each([
  ['a wrong configuration', () => ({ QUIET_HOURS: 'night' }), /Configuration: QUIET_HOURS: .*write/],
  ['a data folder that is a file', () => ({ DATA_DIR: __filename }), /Data folder: .*set DATA_DIR/],
  [
    'a database that is not there',
    () => ({ MONGODB_URI: 'mongodb://user:hunter2@127.0.0.1:9/x' }),
    /Database: .*cannot be reached/,
  ],
  ['a wrong Auth Token', () => twilio({ TWILIO_AUTH_TOKEN: 'x'.repeat(32) }), /Twilio: .*copy both anew/],
  [
    'an SMS gateway that is not there',
    () => gateway('http://127.0.0.1:9/send'),
    /SMS gateway: .*compare SMS_GATEWAY_URL/i,
  ],
  ['a Chromium that is not there', () => ({ CHROMIUM_PATH: '/nowhere' }), /Chromium: .*install it/],
])('%s is told, alone, with a way out', async (_, env, told) => {
  const { code, wrong, all } = await examine(env());
  expect(code).toBe(1);
  expect(wrong).toEqual([expect.stringMatching(told)]);
  expect(all).not.toContain('hunter2');
  expect(all).not.toContain(stub.authToken);
});

test('a suspended account is told', async () => {
  stub.accountStatus = 'suspended';
  const { wrong } = await examine(twilio());
  stub.accountStatus = 'active';
  expect(wrong).toEqual([expect.stringMatching(/Twilio: .*suspended/)]);
});

test('content that cannot go live is told', async () => {
  const contentDir = path.join(folder, 'content');
  cpSync(CONTENT_DIR, contentDir, { recursive: true });
  const file = path.join(contentDir, 'pledges.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('version:', 'vershun:'));
  expect((await examine({}, contentDir)).wrong).toEqual([expect.stringMatching(/Content: .*content:lint/)]);
});

test('indexes: none before the first start, all after it, and a lost one is named', async () => {
  const uri = freshUri();
  expect((await examine({ MONGODB_URI: uri })).all).toContain('✓ Indexes: none yet');
  const connection = await createConnection(uri, { autoIndex: false, autoCreate: false }).asPromise();
  await createIndexes(connection);
  await createDeliveryIndexes(connection);
  expect((await examine({ MONGODB_URI: uri })).all).toMatch(/✓ Indexes: all \d+ are there/);
  await connection.collection('outbox').dropIndex('providerId_1');
  await connection.close();
  expect((await examine({ MONGODB_URI: uri })).wrong).toEqual([
    expect.stringMatching(/Indexes: 1 of \d+ are missing \(outbox: providerId\)\. Start the product once/),
  ]);
});

test('on the command line its exit code tells', async () => {
  const { code, out } = await runCli(['doctor'], { DATA_DIR: path.join(folder, 'cli') }).ended;
  expect(out).toContain('✓ Database: the embedded one');
  expect(code).toBe(0);
  const wrong = await runCli(['doctor'], { PORT: 'many' }).ended;
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain('✗ Configuration: PORT:');
});
