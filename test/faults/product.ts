/**
 * The whole product behind its HTTP door, once or several times over one database, with a stand-in for Twilio at the
 * other end: what a fault does is seen in what the stand-in took.
 */
import type { Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection, type Connection } from 'mongoose';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import { startEmbedded, type Embedded } from '../../src/database/embedded';
import type { ParticipantDocument } from '../../src/database/models/participant';
import type { OutboxRow } from '../../src/database/models/outbox';
import { silentLog, type Log } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { listen } from '../../src/web/server';
import { TwilioStub } from '../support/twilio-stub';

const PUBLIC = 'https://saathi.example.org';
export const OURS = 'whatsapp:+14155238886';
/** A Sunday morning, outside quiet hours. */
export const MORNING = new Date('2026-01-04T10:00:00+05:30');
export const METRICS_TOKEN = 'metrics-token-metrics-token';

/** One process, as far as the others can tell. */
export interface Instance extends Product {
  url: string;
  end(): Promise<void>;
}

export class House {
  readonly stub: TwilioStub;
  readonly #instances: Instance[] = [];
  #connection: Connection | undefined;

  private constructor(
    readonly folder: string,
    public database: Embedded,
    readonly clock: MovableClock,
  ) {
    this.stub = new TwilioStub({ now: () => clock.now() });
  }

  static async open(): Promise<House> {
    const folder = mkdtempSync(path.join(tmpdir(), 'saathi-faults-'));
    const database = await startEmbedded({
      dataDir: path.join(folder, 'db'),
      inProcess: true,
      noSync: true,
    });
    const house = new House(folder, database, new MovableClock(MORNING));
    await house.stub.start();
    return house;
  }

  /** The database comes back after `database.stop()`, at the same address. */
  async reopen(): Promise<void> {
    const port = Number(new URL(this.database.uri).port);
    this.database = await startEmbedded({
      dataDir: path.join(this.folder, 'db'),
      port,
      inProcess: true,
      noSync: true,
    });
  }

  /** @param more variables of its own, such as another way to the database. */
  async instance(more: Record<string, string> = {}, log: Log = silentLog): Promise<Instance> {
    const config = loadConfig({
      NODE_ENV: 'test',
      PUBLIC_BASE_URL: PUBLIC,
      MONGODB_URI: this.database.uri,
      SESSION_SECRET: 'secret-of-the-faults-secret-of-the-faults',
      METRICS_TOKEN,
      DATA_DIR: this.folder,
      TWILIO_ACCOUNT_SID: this.stub.accountSid,
      TWILIO_AUTH_TOKEN: this.stub.authToken,
      TWILIO_WHATSAPP_FROM: OURS,
      TWILIO_API_BASE_URL: this.stub.url,
      ...more,
    });
    const product = await assemble(config, {
      log,
      clock: this.clock,
      // Nothing here hangs on purpose; a busy machine is not a provider that does.
      twilioTimeoutMs: 10_000,
      // The clock stands still: a bucket would never fill again.
      delivery: { senders: { 'twilio-whatsapp': { everyMs: 0 } } },
    });
    const server: Server = await listen(product.app, 0);
    const one: Instance = {
      ...product,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      end: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await product.stop();
      },
    };
    this.#instances.push(one);
    return one;
  }

  /** A person writes; Twilio brings it to that instance. @returns the product's answer. */
  write(
    to: Instance,
    number: string,
    text: string,
    fields: Record<string, string> = {},
    overrides?: Parameters<TwilioStub['inbound']>[1],
  ) {
    this.stub.product = { publicBaseUrl: PUBLIC, url: to.url };
    return this.stub.inbound({ From: `whatsapp:${number}`, To: OURS, Body: text, ...fields }, overrides);
  }

  /** Everybody joins, in English, with his lesson on Sundays at one. */
  async join(to: Instance, numbers: string[], name = 'Ramesh'): Promise<void> {
    const words = ['hello', 'english', 'yes', '34', name, 'uttarakhand', 'almora', 'no', 'sunday', '1 pm'];
    for (const text of [...words, 'later'])
      await Promise.all(numbers.map((number) => this.write(to, number, text)));
    await to.world.settle();
    await to.world.settle();
  }

  /** What was really taken for a person, oldest first. */
  taken(number: string): string[] {
    return this.stub.accepted.filter(({ to }) => to === `whatsapp:${number}`).map(({ body }) => body);
  }

  /** A look into the database, past the product. */
  async look(): Promise<{ people: ParticipantDocument[]; rows: OutboxRow[] }> {
    this.#connection ??= await createConnection(this.database.uri, { dbName: 'samanta-saathi' }).asPromise();
    const all = (name: string) => this.#connection!.collection(name).find({}).toArray();
    const [people, rows] = await Promise.all([all('participants'), all('outbox')]);
    return {
      people: people as unknown as ParticipantDocument[],
      rows: rows as unknown as OutboxRow[],
    };
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    await this.stub.stop();
    await Promise.allSettled(this.#instances.map((one) => one.end()));
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
