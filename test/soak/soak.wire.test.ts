/**
 * Everything at once: several processes of the product on one database, killed and paused at random, a provider that
 * fails in every way, webhooks that come twice and out of order, people who stop in the middle. Then all is healed,
 * and the provider's own log is judged. `npm run soak -- --minutes 10` runs longer; SOAK_SEED repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection, type Connection } from 'mongoose';
import { outboxModel, type OutboxRow } from '../../src/database/models/outbox';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { TwilioStub, loadContract } from '../support/twilio-stub';
import { Cluster } from './cluster';
import { judge } from './judge';
import { LONGEST_STANDSTILL_MS, Nemesis } from './nemesis';
import { Phone, PUBLIC, receipts, SENDER, WORDS } from './phones';
import { chances, pause, SPEED, START, until } from './world';

const SECONDS = Number(process.env.SOAK_SECONDS ?? 20);
const SEED = Number(process.env.SOAK_SEED ?? 20260104);
const PHONES = 24;
/** In real milliseconds: starting on a busy machine, and draining four rounds of reconciliation. */
const START_MS = 90_000;
const DRAIN_MS = 150_000;

const since = Date.now();
const now = () => START + (Date.now() - since) * SPEED;
const random = chances(SEED);

let folder: string;
let cluster: Cluster;
let stub: TwilioStub;
let connection: Connection | undefined;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-soak-'));
  cluster = new Cluster(path.join(folder, 'db'));
  const order = random('receipts');
  stub = await new TwilioStub({
    now: () => new Date(now()),
    contract: loadContract(),
    callbacks: (message) => {
      void receipts(message, { cluster, stub, now }, order);
      return [];
    },
  }).start();
  await cluster.start(
    { webs: 2, workers: 2 },
    {
      NODE_ENV: 'test',
      PUBLIC_BASE_URL: PUBLIC,
      SESSION_SECRET: 'soak-secret-soak-secret-soak-secret',
      DATA_DIR: folder,
      QUIET_HOURS: 'off',
      SIMULATOR: 'off',
      TWILIO_ACCOUNT_SID: stub.accountSid,
      TWILIO_AUTH_TOKEN: stub.authToken,
      TWILIO_WHATSAPP_FROM: SENDER,
      TWILIO_API_BASE_URL: stub.url,
    },
    { start: START, since, speed: SPEED },
  );
}, START_MS);

afterAll(async () => {
  await connection?.close();
  await cluster.stop();
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function waiting(open: Connection) {
  const [rows, people] = await Promise.all([
    outboxModel(open).collection.find({ live: true }).toArray(),
    participantModel(open).collection.countDocuments({ unrelayedSince: { $exists: true } }),
  ]);
  return {
    people,
    rows: rows.map(({ _id, state, dueAt }) => `${String(_id)} ${String(state)} ${String(dueAt)}`),
  };
}

test(
  'nothing lost, nothing doubled, nothing after a stop, everybody’s order kept, nobody’s words in a log',
  async () => {
    const nemesis = new Nemesis(cluster, stub, random);
    const phones = Array.from(
      { length: PHONES },
      (_, n) =>
        new Phone(`+9198765${String(43_210 + n)}`, n % 3 === 0, { cluster, stub, now }, random(`phone ${n}`)),
    );
    let over = false;
    nemesis.start();
    const lives = phones.map((phone) => phone.live(() => over));
    await pause(SECONDS * 1_000);
    over = true;
    await nemesis.calm();
    await Promise.all(lives);
    nemesis.heal();

    await until(
      () => cluster.database.port !== undefined,
      START_MS,
      () => 'the database is down',
    );
    const open = await createConnection(cluster.uri, { dbName: 'samanta-saathi' }).asPromise();
    connection = open;
    await until(
      async () => {
        const { rows, people } = await waiting(open);
        return rows.length + people === 0;
      },
      DRAIN_MS,
      () => waiting(open),
    );

    const { violations, ...figures } = judge({
      phones,
      accepted: stub.accepted,
      rows: (await outboxModel(open).collection.find({}).toArray()) as unknown as OutboxRow[],
      participants: (await participantModel(open)
        .collection.find({})
        .toArray()) as unknown as ParticipantDocument[],
      longestFlight: (LONGEST_STANDSTILL_MS + 40_000 / SPEED) * SPEED,
    });
    process.stdout.write(`${JSON.stringify({ seed: SEED, ...figures, nemesis: nemesis.did })}\n`);
    expect(violations).toEqual([]);
    expect(stub.violations).toEqual([]);
    for (const secret of [...WORDS, ...phones.map(({ number }) => number.slice(3))])
      expect(cluster.printed).not.toContain(secret);
    // It was a storm, and people were heard through it.
    expect(Object.keys(nemesis.did).length).toBeGreaterThan(5);
    expect(figures.messages).toBeGreaterThan(PHONES * 5);
    expect(cluster.all.reduce((sum, { starts }) => sum + starts, 0)).toBeGreaterThan(5);
  },
  SECONDS * 1_000 + START_MS + DRAIN_MS + 60_000,
);
