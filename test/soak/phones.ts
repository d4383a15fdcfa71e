/** The people of a soak and the provider's way to the product: webhooks that are repeated, doubled and out of order. */
import { newSid } from '../support/twilio-stub/messages';
import { sign, type StoredMessage, type TwilioStub } from '../support/twilio-stub';
import type { Cluster } from './cluster';
import { pause, pick, shuffled, type Chance } from './world';

export const PUBLIC = 'https://saathi.example.org';
export const SENDER = '+14155238886';
/** What only these people write: it must turn up in no log. */
export const WORDS = ['Ganga-Kinare', 'Pipal-Tale', 'Devendra'] as const;
/** Joins, and asks for his lesson on Sundays at eleven: eight simulated minutes after the soak begins. */
const JOINING = [
  'hello',
  'english',
  'yes',
  '34',
  WORDS[2],
  'uttarakhand',
  'almora',
  'no',
  'sunday',
  '11 am',
  'later',
];
const TALK = ['help', 'menu', WORDS[0], 'help', 'menu', WORDS[1]];
const INBOUND = '/webhooks/twilio/inbound';

export interface Written {
  sid: string;
  text: string;
  /** When it was acknowledged, in simulated milliseconds; every message is repeated until it is. */
  acknowledgedAt?: number;
}

export interface Parts {
  cluster: Cluster;
  stub: TwilioStub;
  now: () => number;
}

function liveWeb({ webs }: Cluster, random: Chance): string | undefined {
  const up = webs.filter(({ port }) => port !== undefined);
  return up.length === 0 ? undefined : `http://127.0.0.1:${pick(random, up).port}`;
}

export class Phone {
  readonly written: Written[] = [];
  /** The message that said STOP. */
  stop: Written | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly number: string,
    private readonly stops: boolean,
    private readonly parts: Parts,
    private readonly random: Chance,
  ) {}

  /** Writes until the time is over; resolves when all that was written is acknowledged. */
  async live(isOver: () => boolean): Promise<void> {
    const { random } = this;
    for (const text of JOINING) {
      await this.#write(text);
      await pause(random() * 800);
    }
    let talk = 6 + Math.floor(random() * 12);
    while (!isOver()) {
      const burst = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        this.#write(pick(random, TALK)),
      );
      await Promise.all(burst);
      talk -= burst.length;
      if (this.stops && talk <= 0) break;
      await pause(300 + random() * 2_500);
    }
    if (this.stops) {
      await this.#write('stop');
      this.stop = this.written.at(-1);
      await pause(2_000 + random() * 4_000);
      if (random() < 0.5) for (const text of ['start', 'help']) await this.#write(text);
    }
    await this.#last;
  }

  async #write(text: string): Promise<void> {
    const one: Written = { sid: newSid('SM'), text };
    this.written.push(one);
    const twice = this.random() < 0.2;
    await Promise.all([this.#deliver(one), ...(twice ? [this.#deliver(one)] : [])]);
    one.acknowledgedAt = this.parts.now();
    if (this.random() < 0.1) this.#last = Promise.all([this.#last, this.#repeatLater(one)]);
  }

  async #repeatLater(one: Written): Promise<void> {
    await pause(this.random() * 3_000);
    await this.#deliver(one);
  }

  /** As Twilio does with a retry policy: again, to whichever process answers, until it says 200. */
  async #deliver({ sid, text }: Written): Promise<void> {
    const { cluster, stub } = this.parts;
    const fields = {
      MessageSid: sid,
      AccountSid: stub.accountSid,
      From: `whatsapp:${this.number}`,
      To: `whatsapp:${SENDER}`,
      Body: text,
      NumMedia: '0',
    };
    for (;;) {
      const url = liveWeb(cluster, this.random);
      if (url !== undefined) {
        try {
          const { status } = await fetch(url + INBOUND, {
            method: 'POST',
            headers: { 'X-Twilio-Signature': sign(stub.authToken, PUBLIC + INBOUND, fields) },
            body: new URLSearchParams(fields),
            signal: AbortSignal.timeout(3_000),
          });
          if (status === 200) return;
          if (status !== 503) throw new TypeError(`unexpected ${status}`);
        } catch (error) {
          if (error instanceof TypeError && error.message.startsWith('unexpected')) throw error;
        }
      }
      await pause(100 + this.random() * 400);
    }
  }
}

/** Tells the product what became of a message: in any order, more than once, sometimes not at all. */
export async function receipts(message: StoredMessage, parts: Parts, random: Chance): Promise<void> {
  const statuses = shuffled(random, ['sent', 'delivered', 'read', 'delivered', 'sent']);
  for (const status of statuses.slice(Math.floor(random() * 3))) {
    await pause(random() * 300);
    const url = liveWeb(parts.cluster, random);
    if (url === undefined) continue;
    parts.stub.product = { publicBaseUrl: PUBLIC, url };
    await parts.stub.callback(message.sid, status).catch(() => undefined);
  }
}
