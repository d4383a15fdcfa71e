/**
 * WhatsApp through the web client of a phone's owner (whatsapp-web.js in the machine's own Chromium): for pilots,
 * off by default. Read docs/whatsapp-web.md before switching it on.
 */
import path from 'node:path';
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { Capabilities, Channel, InboundMessage, OutboundMessage, Receipt, SendResult } from '../channel';
import { Acks } from './acks';
import { clearBlock } from './block-marker';
import { Bounded } from './bounded';
import { Handled } from './handled';
import { Inbox } from './inbox';
import { fetchIncoming, type IncomingMedia } from './incoming-media';
import type { Lease } from './lease-keeper';
import { LIMITS, type Limits } from './limits';
import { pairingDigits, qrForTerminal, TERMS_WARNING } from './login';
import { Outgoing } from './outgoing';
import type { Session, SessionEvent } from './session';
import { Supervisor, type WhatsAppWebAlert } from './supervisor';
import type { Phase } from './watchdog';

export type { Lease } from './lease-keeper';
export type { WhatsAppWebAlert } from './supervisor';
export { nextGap, WHATSAPP_WEB_PACE } from './pacing';
export { qrForPage } from './login';

export interface WhatsAppWebParts {
  /** The session lies in `whatsapp-web/` there, and must outlive a restart (a volume). */
  dataDir: string;
  chromium: { path?: string; args: readonly string[] };
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  log: Log;
  lease: Lease;
  /** Takes a message for good. May be given the same id twice after a crash; a rejection brings it again. */
  receive: (message: InboundMessage) => Promise<void>;
  receipts: (receipts: Receipt[]) => Promise<void>;
  /** Whether somebody at this address has ever written to us. */
  wroteFirst: (address: string) => Promise<boolean>;
  alert?: (alert: WhatsAppWebAlert) => void;
  /** Where the code is shown; by default on standard output, if that is a terminal. */
  print?: (text: string) => void;
  limits?: Partial<Limits>;
}

export interface WhatsAppWebStatus {
  state: Phase;
  since: Date;
  /** What the phone scans, while it is to be linked: a secret, shown as a picture by `qrForPage`. */
  qr?: string;
  /** What is typed on the phone, while it is to be linked: a secret. */
  pairingCode?: string;
  /** Restarts since the session was last well. */
  failures: number;
  /** What an operator was told of and is not over. */
  problem?: string;
}

const CAPABILITIES: Capabilities = {
  medium: 'whatsapp',
  canReply: true,
  // Buttons and lists are not delivered any more when an unofficial client sends them.
  canTap: 0,
  canSendMedia: true,
  isPrivate: true,
  textLimit: 4096,
};
const CHATS_REMEMBERED = 5_000;

/** The channel. Nothing happens before `start`. */
export function createWhatsAppWeb(parts: WhatsAppWebParts): WhatsAppWeb {
  return new WhatsAppWeb(parts);
}

export class WhatsAppWeb implements Channel {
  readonly id = 'whatsapp';
  readonly sender = 'whatsapp-web';
  readonly #parts: WhatsAppWebParts;
  readonly #limits: Limits;
  readonly #folder: string;
  readonly #handled: Handled;
  readonly #acks = new Acks();
  readonly #inbox: Inbox;
  readonly #outgoing: Outgoing;
  readonly #supervisor: Supervisor;
  #qr: string | undefined;
  #pairingCode: string | undefined;
  /** The number that an operator wants to link by code, asked for again when the browser was started anew. */
  #pairing: { digits: string; askedOf?: Session } | undefined;
  #newlyLinked = false;
  #scans: NodeJS.Timeout | undefined;

  constructor(parts: WhatsAppWebParts) {
    const { clock, random, log, lease, receive, wroteFirst, chromium } = parts;
    this.#parts = parts;
    this.#limits = { ...LIMITS, ...parts.limits };
    this.#folder = path.resolve(parts.dataDir, 'whatsapp-web');
    this.#handled = new Handled(this.#folder, (error) =>
      log.error({ error }, 'What was received by WhatsApp Web could not be noted down'),
    );
    const chats = new Bounded<string, string>(CHATS_REMEMBERED);
    const limits = this.#limits;
    this.#inbox = new Inbox({ receive, handled: this.#handled, chats, clock, log, limits });
    this.#outgoing = new Outgoing({
      wroteFirst,
      chats,
      acks: this.#acks,
      clock,
      limits,
      hung: (session) => this.#supervisor.hung(session),
    });
    this.#supervisor = new Supervisor({
      folder: this.#folder,
      chromium,
      lease,
      clock,
      random,
      log,
      limits,
      alert: (alert) => parts.alert?.(alert),
      heard: (event, session) => this.#heard(event, session),
      ready: (session) => this.#ready(session),
    });
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  /** Begins and returns: linking a phone and coming up take their time, and `status` tells how far it is. */
  async start(): Promise<void> {
    this.#parts.log.warn({}, TERMS_WARNING);
    await this.#handled.load();
    this.#inbox.open();
    await this.#supervisor.start();
  }

  /** Closes the browser, keeps the login, gives the lease back. */
  async stop(): Promise<void> {
    clearInterval(this.#scans);
    await this.#inbox.stop();
    await this.#supervisor.stop();
    await this.#handled.flush();
  }

  /** Whether this process can send now. Nothing should be claimed for this sender where it can't. */
  available(): boolean {
    return this.#supervisor.state.phase === 'ready';
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const { session, state } = this.#supervisor;
    if (state.phase === 'ready' && session) return this.#outgoing.send(session, message);
    const { phase, told } = state;
    if (phase === 'blocked' || phase === 'login')
      return { outcome: 'sender-down', code: told ?? phase, reason: NOT_READY[phase] };
    // A browser that starts anew is back soon; one that keeps failing is a matter for an operator.
    if (state.failures >= this.#limits.tellAfter)
      return { outcome: 'sender-down', code: told ?? phase, reason: NOT_READY[phase] };
    return { outcome: 'retry', code: phase, reason: NOT_READY[phase], retryAfterMs: this.#limits.notReadyMs };
  }

  async find(message: {
    id: string;
    to: string;
    after: Date;
  }): Promise<{ providerId: string } | 'absent' | undefined> {
    const { session, state } = this.#supervisor;
    return state.phase === 'ready' && session ? this.#outgoing.find(session, message) : undefined;
  }

  /** How it stands. `qr` and `pairingCode` let whoever reads them take the number over: for operators only. */
  status(): WhatsAppWebStatus {
    const { phase, since, failures, told } = this.#supervisor.state;
    const login = phase === 'login';
    return {
      state: phase,
      since: new Date(since),
      failures,
      ...(login && this.#qr !== undefined && { qr: this.#qr }),
      ...(login && this.#pairingCode !== undefined && { pairingCode: this.#pairingCode }),
      ...(told !== undefined && { problem: told }),
    };
  }

  /**
   * Links by a code that is typed on the phone instead of scanned.
   * @param phone the number of that phone, with country code. @returns the code, eight characters.
   * @throws Error with a sentence for the operator.
   */
  async requestPairingCode(phone: string): Promise<string> {
    const digits = pairingDigits(phone);
    if (digits === undefined)
      throw new Error('Write the phone number with its country code, such as +91 and ten digits.');
    const { session, state } = this.#supervisor;
    if (state.phase !== 'login' || !session)
      throw new Error(
        `WhatsApp Web does not wait for a phone now (${state.phase}); ask again when it shows a code.`,
      );
    this.#pairing = { digits, askedOf: session };
    return session
      .call((client) => client.requestPairingCode(digits, true), this.#limits.sendMs)
      .catch(() => {
        throw new Error('WhatsApp gave no pairing code; scan the QR code, or try again in some minutes.');
      });
  }

  /** A voice note or picture by an inbound message's `mediaRef`, or why not. Never throws. */
  async fetchMedia(ref: string): Promise<IncomingMedia> {
    const { session } = this.#supervisor;
    return session ? fetchIncoming(session, ref, this.#limits.mediaMs) : { refused: 'unreachable' };
  }

  /** An operator has settled a block with WhatsApp. Takes effect at the next start. */
  async unblock(): Promise<void> {
    await clearBlock(this.#folder);
  }

  #heard(event: SessionEvent, session: Session): void {
    switch (event.type) {
      case 'qr':
        this.#newlyLinked = true;
        void this.#showQr(event.qr, this.#qr === undefined);
        this.#qr = event.qr;
        this.#pairAgain(session);
        return;
      case 'code':
        this.#newlyLinked = true;
        this.#pairingCode = event.code;
        this.#print(`WhatsApp: Linked devices, Link with phone number instead, code ${event.code}\n`);
        return;
      case 'message':
        this.#inbox.message(session, event.message);
        return;
      case 'call':
        this.#inbox.call(session, event.call);
        return;
      case 'ack':
        this.#tick(event.message.id._serialized, event.ack);
        return;
      case 'undecrypted':
        this.#parts.log.warn({}, 'A WhatsApp message could not be decrypted');
    }
  }

  #ready(session: Session): void {
    this.#qr = this.#pairingCode = this.#pairing = undefined;
    if (this.#newlyLinked || !this.#handled.isLinked) this.#handled.linked(this.#parts.clock.now().getTime());
    this.#newlyLinked = false;
    void this.#inbox.scan(session);
    clearInterval(this.#scans);
    this.#scans = setInterval(() => {
      if (!session.gone.aborted) void this.#inbox.scan(session);
    }, this.#limits.scanEveryMs);
    this.#scans.unref();
  }

  #tick(providerId: string, ack: number): void {
    const receipt = this.#acks.heard(providerId, ack, this.#parts.clock.now());
    if (!receipt) return;
    const outboxId = this.#outgoing.outboxIdOf(providerId);
    this.#parts
      .receipts([{ ...receipt, ...(outboxId !== undefined && { outboxId }) }])
      .catch((error: unknown) => {
        this.#parts.log.error({ error }, 'A receipt of WhatsApp Web could not be noted down');
      });
  }

  #pairAgain(session: Session): void {
    if (!this.#pairing || this.#pairing.askedOf === session) return;
    const { digits } = this.#pairing;
    this.#pairing = { digits, askedOf: session };
    session
      .call((client) => client.requestPairingCode(digits, true), this.#limits.sendMs)
      .catch(() => this.#parts.log.warn({}, 'WhatsApp gave no new pairing code; scan the QR code'));
  }

  async #showQr(qr: string, first: boolean): Promise<void> {
    if (this.#parts.print || process.stdout.isTTY)
      this.#print(`WhatsApp: Linked devices, Link a device, and scan:\n${await qrForTerminal(qr)}\n`);
    else if (first)
      this.#parts.log.info({}, 'WhatsApp Web waits to be linked: the code is on the protected page');
  }

  #print(text: string): void {
    if (this.#parts.print) this.#parts.print(text);
    else if (process.stdout.isTTY) process.stdout.write(text);
  }
}

const NOT_READY: Record<Phase, string> = {
  stopped: 'WhatsApp Web is not running in this process',
  elsewhere: 'another process holds the WhatsApp Web session',
  starting: 'WhatsApp Web is starting',
  login: 'WhatsApp Web is not linked to a phone',
  linking: 'WhatsApp Web is coming up',
  ready: 'WhatsApp Web is coming up',
  waiting: 'WhatsApp Web has a fault and is started anew',
  blocked: 'WhatsApp has blocked this number',
};
