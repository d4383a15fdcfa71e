/** The whole product on the stand-in for Twilio, with a clock in the test's hands. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import type { StoredEffect } from '../../src/conversation';
import type { ParticipantDocument } from '../../src/database/models/participant';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { CONTENT_DIR } from '../../src/paths';
import { listen } from '../../src/web/server';
import { TwilioStub } from '../support/twilio-stub';

const PUBLIC = 'https://saathi.example.org';
const SENDER = '+14155238886';
export const HIS = '+919800000001';
const AT = { channel: 'whatsapp' as const, address: HIS };

export class TwilioProduct {
  readonly clock = new MovableClock(new Date('2026-01-04T10:30:00+05:30'));
  readonly stub = new TwilioStub({ now: () => this.clock.now() });
  product!: Product;
  #server: Server | undefined;
  #sequence = 1_000;

  async start(env: Record<string, string> = {}, contentDir = CONTENT_DIR): Promise<this> {
    await this.stub.start();
    const config = loadConfig({
      PUBLIC_BASE_URL: PUBLIC,
      SIMULATOR: 'off',
      TWILIO_ACCOUNT_SID: this.stub.accountSid,
      TWILIO_AUTH_TOKEN: this.stub.authToken,
      TWILIO_WHATSAPP_FROM: SENDER,
      TWILIO_API_BASE_URL: this.stub.url,
      ...env,
    });
    const { clock } = this;
    const options = { log: silentLog, clock, dataDir: 'temporary', inProcess: true, contentDir };
    this.product = await assemble(config, options);
    this.#server = await listen(this.product.app, 0);
    const { port } = this.#server.address() as AddressInfo;
    this.stub.product = { publicBaseUrl: PUBLIC, url: `http://127.0.0.1:${port}` };
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.close();
    await this.product.stop();
    await this.stub.stop();
  }

  /** He writes on WhatsApp, and what is due leaves. */
  async writes(Body: string): Promise<void> {
    const { status } = await this.stub.inbound({ From: `whatsapp:${HIS}`, To: `whatsapp:${SENDER}`, Body });
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
    await this.product.world.settle();
  }

  async him(): Promise<ParticipantDocument> {
    const he = await this.product.people.registry.at(AT);
    if (!he) throw new Error('Nobody has written yet.');
    return he;
  }

  /** A week's lesson falls due for him, and what can leave leaves. */
  async lesson(week: number): Promise<void> {
    const { _id } = await this.him();
    const effect: StoredEffect = {
      type: 'say',
      purpose: 'lesson',
      parts: [{ key: `lesson.${week}.lesson` }],
      standalone: [{ key: `lesson.${week}.sms` }],
      id: `${_id}:${++this.#sequence}:0`,
      at: this.clock.now(),
    };
    await this.product.delivery.relay([
      { participantId: _id, address: AT, language: 'hi', effects: [effect] },
    ]);
    await this.product.delivery.deliverDue();
  }
}
