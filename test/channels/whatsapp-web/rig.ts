/** The real channel in real Chromium against the stand-in, with everything that it says caught. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InboundMessage, OutboundMessage, Receipt, SendResult } from '../../../src/channels/channel';
import {
  createWhatsAppWeb,
  type Lease,
  type WhatsAppWeb,
  type WhatsAppWebAlert,
} from '../../../src/channels/whatsapp-web';
import type { Limits } from '../../../src/channels/whatsapp-web/limits';
import { systemClock } from '../../../src/clock';
import { createLog } from '../../../src/log';
import { CHROMIUM_ARGS, findChromium } from '../../support/chromium';
import { browsersOn } from '../../support/whatsapp-web-standin/processes';
import type { Standin } from '../../support/whatsapp-web-standin/standin';

/** Short enough for tests, long enough for a busy machine. */
const LIMITS: Partial<Limits> = {
  tickMs: 50,
  pollMs: 4_000,
  pollEveryMs: 1_000,
  pageMs: 6_000,
  startMs: 45_000,
  readyMs: 20_000,
  backOffMs: 200,
  sendMs: 8_000,
  ackMs: 8_000,
  lookupMs: 5_000,
  againMs: 300,
  leaseRetryMs: 200,
  renewEveryMs: 200,
};

/** A lease that any number of channels can ask for. */
export class SharedLease {
  holder: symbol | undefined;

  /** The lease as one process sees it. */
  seenBy(me: symbol): Lease {
    const mine = () => this.holder === me;
    return {
      acquire: () => {
        this.holder ??= me;
        return Promise.resolve(mine());
      },
      renew: () => Promise.resolve(mine()),
      release: () => {
        if (mine()) this.holder = undefined;
        return Promise.resolve();
      },
    };
  }
}

export interface RigOptions {
  limits?: Partial<Limits>;
  /** A folder of an earlier rig, to come back to its session. */
  dataDir?: string;
  lease?: Lease;
}

export class Rig {
  readonly received: InboundMessage[] = [];
  readonly receipts: Receipt[] = [];
  readonly alerts: WhatsAppWebAlert[] = [];
  readonly printed: string[] = [];
  readonly logged: string[] = [];
  /** Addresses that never wrote. */
  readonly strangers = new Set<string>();
  /** Takes a message; replaced by tests that let it fail. */
  take: (message: InboundMessage) => Promise<void> = () => Promise.resolve();
  readonly dataDir: string;
  readonly channel: WhatsAppWeb;
  #messages = 0;

  constructor(
    readonly standin: Standin,
    options: RigOptions = {},
  ) {
    this.dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'whatsapp-web-'));
    this.channel = createWhatsAppWeb({
      dataDir: this.dataDir,
      chromium: { path: findChromium()!, args: [...CHROMIUM_ARGS, ...standin.chromiumArgs] },
      clock: systemClock,
      random: () => 0.5,
      log: createLog({ level: 'debug', destination: { write: (line: string) => this.#note(line) } }),
      lease: options.lease ?? new SharedLease().seenBy(Symbol('alone')),
      receive: async (message) => {
        await this.take(message);
        this.received.push(message);
      },
      receipts: (receipts) => Promise.resolve(void this.receipts.push(...receipts)),
      wroteFirst: (address) => Promise.resolve(!this.strangers.has(address)),
      alert: (alert) => this.alerts.push(alert),
      print: (text) => this.printed.push(text),
      limits: { ...LIMITS, ...options.limits },
    });
  }

  #note(line: string): void {
    this.logged.push(line);
    if (process.env.SHOW_LOG) process.stderr.write(line);
  }

  /** The profile that Chromium has open. */
  get profile(): string {
    return path.join(this.dataDir, 'whatsapp-web', 'session');
  }

  get state() {
    return this.channel.status().state;
  }

  /** Looks again and again until `condition` gives something. */
  async until<T>(condition: () => T | undefined | false, what: string, timeoutMs = 30_000): Promise<T> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const found = condition();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > end)
        throw new Error(
          `Waited ${timeoutMs} ms in vain: ${what} (${this.state}).\n${this.logged.slice(-15).join('')}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Starts, and links with the stand-in's phone where it is asked for. */
  async ready(): Promise<void> {
    await this.channel.start();
    await this.until(() => this.state === 'login' || this.state === 'ready', 'a code or a login', 60_000);
    if (this.state === 'login') await this.standin.pair();
    await this.isReady();
  }

  isReady(timeoutMs = 60_000): Promise<boolean> {
    return this.until(() => this.state === 'ready', 'the session to be ready', timeoutMs);
  }

  /** After a fault: no longer ready, and then ready again. */
  async isReadyAgain(): Promise<void> {
    await this.until(() => this.state !== 'ready', 'the fault to be noticed');
    await this.isReady();
  }

  message(text: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
    return { id: `out-${++this.#messages}`, to: '+919800000001', text, options: [], ...more };
  }

  send(text: string, more: Partial<OutboundMessage> = {}): Promise<SendResult> {
    return this.channel.send(this.message(text, more));
  }

  /** Both ways work, once each, and there is one browser. Throws what is not so. */
  async talks(word: string): Promise<void> {
    const heard = () => this.received.filter(({ text }) => text === `in ${word}`).length;
    await this.standin.deliver({ from: '919800000001@c.us', body: `in ${word}` });
    await this.until(() => heard() > 0, `"in ${word}" to be handed over`);
    const { outcome } = await this.send(`out ${word}`);
    const taken = this.standin.accepted.filter(({ body }) => body === `out ${word}`).length;
    const browsers = browsersOn(this.profile).length;
    expect({ word, heard: heard(), outcome, taken, browsers }).toEqual({
      word,
      heard: 1,
      outcome: 'accepted',
      taken: 1,
      browsers: 1,
    });
  }

  async stop({ keepSession = false } = {}): Promise<void> {
    await this.channel.stop();
    if (!keepSession) rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
