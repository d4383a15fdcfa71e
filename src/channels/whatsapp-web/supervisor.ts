/** Carries out what the watchdog decides: one browser at a time, one after the other, watched by a clock. */
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import { readBlock, writeBlock } from './block-marker';
import { chromiumAt, NO_CHROMIUM } from './chromium';
import { guardRejections } from './guard';
import { LeaseKeeper, type Lease, type LeaseTimes } from './lease-keeper';
import { profileIn } from './library';
import { forgetProfile, freeProfile } from './profile';
import { sentence, Session, type SessionEvent } from './session';
import { TookTooLong } from './within';
import {
  decide,
  STOPPED,
  type Command,
  type Phase,
  type WatchEvent,
  type WatchLimits,
  type WatchState,
} from './watchdog';

/** Something that an operator should act on. Holds no number and no text. */
export interface WhatsAppWebAlert {
  code: string;
  reason: string;
}

export interface SupervisorParts {
  /** Where session and marks are kept. */
  folder: string;
  chromium: { path?: string; args: readonly string[] };
  lease: Lease;
  clock: Clock;
  random: () => number;
  log: Log;
  limits: WatchLimits & LeaseTimes & { tickMs: number; pollMs: number; pageMs: number };
  alert: (alert: WhatsAppWebAlert) => void;
  /** All that a running session tells, after the watchdog has heard it. */
  heard: (event: SessionEvent, session: Session) => void;
  /** The session is ready, once more or for the first time. */
  ready: (session: Session) => void;
}

export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #lease: LeaseKeeper;
  #state: WatchState = STOPPED;
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Closing and launching follow one another: never is there a second browser. */
  #work: Promise<void> = Promise.resolve();
  #unguard: (() => void) | undefined;
  /** Browsers launched so far, for whoever watches. */
  launches = 0;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#lease = new LeaseKeeper(
      parts.lease,
      parts.limits,
      () => this.#now(),
      parts.log,
      (held) => this.#on({ type: 'lease', held }),
    );
  }

  get state(): Readonly<WatchState> {
    return this.#state;
  }

  /** The session while it can be asked for something. */
  get session(): Session | undefined {
    const usable: readonly Phase[] = ['login', 'linking', 'ready'];
    return usable.includes(this.#state.phase) ? this.#session : undefined;
  }

  /** Begins; does not wait for anybody to scan a code. */
  async start(): Promise<void> {
    if (this.#timer) return;
    this.#unguard = guardRejections((reason) => {
      this.#on({ type: 'fault', code: 'page-lost', reason: `The page did not come up (${reason}).` });
    });
    this.#timer = setInterval(() => this.#on({ type: 'tick' }), this.#parts.limits.tickMs);
    this.#timer.unref();
    const blocked = await readBlock(this.#parts.folder);
    this.#on({ type: 'start', ...(blocked !== undefined && { blocked }) });
    await this.#work;
  }

  /** Closes the browser and gives the lease back, in this order. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#on({ type: 'stop' });
    await this.#work;
    this.#unguard?.();
    this.#unguard = undefined;
  }

  /** A call to the page hung. */
  hung(session: Session): void {
    if (session === this.#session) this.#on({ type: 'hung' });
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #on(event: WatchEvent): void {
    const before = this.#state.phase;
    const moment = { now: this.#now(), limits: this.#parts.limits, random: this.#parts.random() };
    const [state, commands] = decide(this.#state, event, moment);
    this.#state = state;
    if (state.phase !== before)
      this.#parts.log.info({ phase: state.phase, after: before, on: event.type }, 'WhatsApp Web');
    for (const command of commands) this.#do(command);
  }

  #do(command: Command): void {
    const { log, alert, folder } = this.#parts;
    switch (command.do) {
      case 'alert':
        log.warn({ code: command.code, reason: command.reason }, 'WhatsApp Web needs somebody');
        alert({ code: command.code, reason: command.reason });
        return;
      case 'poll':
        void this.#poll();
        return;
      case 'scan':
        if (this.#session) this.#parts.ready(this.#session);
        return;
      case 'refresh':
        void this.#session
          ?.evaluate("window.require('WAWebCmd').Cmd.refreshQR()", this.#parts.limits.pollMs)
          .catch((error: unknown) => this.#fault('page-hangs', error));
        return;
      case 'close':
        this.#next(() => this.#close());
        return;
      case 'launch':
        this.#next(() => this.#launch());
        return;
      case 'forget':
        this.#next(() => forgetProfile(profileIn(folder)));
        return;
      case 'block':
        this.#next(() => writeBlock(folder, command.code));
        return;
      case 'acquire':
        this.#next(() => this.#lease.acquire());
        return;
      case 'release':
        this.#next(() => this.#lease.release());
    }
  }

  #next(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => {
      this.#parts.log.error({ error }, 'A step of the WhatsApp Web watchdog failed');
    });
  }

  #fault(code: 'page-lost' | 'start-failed' | 'no-chromium' | 'page-hangs', error: unknown): void {
    // The library's own words may quote what people wrote or their numbers: only our sentence goes on.
    this.#parts.log.warn({ code, problem: sentence(error) }, 'WhatsApp Web has a fault');
    this.#on({ type: 'fault', code: code === 'page-hangs' ? 'page-lost' : code, reason: REASONS[code] });
  }

  async #close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  async #launch(): Promise<void> {
    if (this.#state.phase !== 'starting') return;
    const { folder, chromium, limits, log } = this.#parts;
    const found = chromiumAt(chromium.path);
    if (found === undefined) {
      this.#on({ type: 'fault', code: 'no-chromium', reason: NO_CHROMIUM });
      return;
    }
    try {
      if (await freeProfile(profileIn(folder))) log.warn({}, 'An orphaned Chromium on the session was ended');
    } catch (error) {
      this.#fault('start-failed', error);
      return;
    }
    const session = new Session({
      folder,
      chromium: { path: found, args: chromium.args },
      pageMs: limits.pageMs,
      tell: (event) => {
        if (session === this.#session) this.#hear(event, session);
      },
    });
    this.#session = session;
    this.launches += 1;
    session.start();
  }

  #hear(event: SessionEvent, session: Session): void {
    switch (event.type) {
      case 'qr':
      case 'code':
        this.#on({ type: 'code' });
        break;
      case 'authenticated':
      case 'ready':
        this.#on({ type: event.type });
        break;
      case 'line':
        this.#on({ type: 'line', state: event.state });
        break;
      case 'disconnected':
        // States of WhatsApp, in capitals; anything else is the library's own words.
        this.#on({ type: 'disconnected', reason: /^[A-Z_]+$/.test(event.reason) ? event.reason : 'ENDED' });
        break;
      case 'browser-gone':
      case 'page-crashed':
        this.#on({ type: 'fault', code: event.type, reason: REASONS[event.type] });
        break;
      case 'page-lost':
        // It was left for another before it was up, and that one tells for itself.
        if (/context was destroyed/i.test(event.reason)) break;
        this.#fault(event.type, event.reason);
        break;
      case 'start-failed':
        this.#fault(event.type, event.reason);
    }
    this.#parts.heard(event, session);
  }

  async #poll(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const state = await session
      .call((client) => client.getState(), this.#parts.limits.pollMs)
      .then((answer) => answer ?? LOADING)
      // A page that answers with an error is alive, but being loaded; it may take the time that a lost line may.
      .catch((error: unknown) => (error instanceof TookTooLong ? undefined : LOADING));
    if (session === this.#session) this.#on({ type: 'polled', state });
  }
}

const LOADING = 'OPENING';
const REASONS = {
  'browser-gone': 'Chromium has ended.',
  'page-crashed': 'The page of WhatsApp Web has crashed.',
  'page-lost': 'The page of WhatsApp Web was left and did not come up again.',
  'page-hangs': 'The page of WhatsApp Web does not answer.',
  'start-failed': 'WhatsApp Web could not be started.',
  'no-chromium': NO_CHROMIUM,
} as const;
