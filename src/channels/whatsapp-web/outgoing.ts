/** Sending, and finding out afterwards whether something was sent. */
import type { Clock } from '../../clock';
import type { OutboundMessage, SendResult } from '../channel';
import type { Acks } from './acks';
import { Bounded } from './bounded';
import { createMedia, type LibraryMessage, type SendOptions } from './library';
import { chatOf } from './mapping';
import { fetchOutgoing } from './outgoing-media';
import { sendFault } from './send-faults';
import type { Session } from './session';
import { TookTooLong } from './within';

export interface OutgoingParts {
  /** Whether this person has ever written to us. */
  wroteFirst: (address: string) => Promise<boolean>;
  chats: Bounded<string, string>;
  acks: Acks;
  clock: Clock;
  /** A call to the page hung. */
  hung: (session: Session) => void;
  /** All in milliseconds: for the call, with a file, for the server's tick, for a question to the page. */
  limits: { sendMs: number; mediaMs: number; ackMs: number; lookupMs: number };
}

/** A message that left or may have left. */
interface Tried {
  outboxId: string;
  chatId: string;
  text: string;
  providerId?: string;
  /** The page has not come back from sending it yet. */
  pendingOn?: Session;
}

const REMEMBERED = 2_000;
const LOOKED_AT = 30;
/** Times that a message is looked at while its tick is waited for. */
const TICK_LOOKS = 3;
/** WhatsApp's times are whole seconds, and the page's clock is this machine's. */
const LEEWAY_MS = 5_000;
/** Before that much time "not there" means nothing. */
const SETTLED_MS = 60_000;

export class Outgoing {
  readonly #parts: OutgoingParts;
  readonly #tried = new Bounded<string, Tried>(REMEMBERED);
  readonly #byProviderId = new Bounded<string, string>(REMEMBERED);

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
  }

  /** Our id of a message that WhatsApp names. */
  outboxIdOf(providerId: string): string | undefined {
    return this.#byProviderId.get(providerId);
  }

  /** Never throws. `accepted` only when WhatsApp's server has it. */
  async send(session: Session, message: OutboundMessage): Promise<SendResult> {
    const chatId = this.#parts.chats.get(message.to) ?? chatOf(message.to);
    if (chatId === undefined)
      return {
        outcome: 'failed',
        kind: 'address',
        code: 'form',
        reason: 'WhatsApp Web reaches telephone numbers only',
      };
    try {
      if (!(await this.#parts.wroteFirst(message.to)))
        return {
          outcome: 'failed',
          kind: 'consent',
          code: 'not-first',
          reason: 'he has never written to this number, and WhatsApp Web writes to nobody first',
        };
    } catch {
      return { outcome: 'retry', reason: 'whether he wrote first could not be looked up' };
    }
    return this.#deliver(session, message, chatId);
  }

  /** After an unknown outcome. `undefined` while nothing can be said. Never throws. */
  async find(
    session: Session,
    { id, to, after }: { id: string; to: string; after: Date },
  ): Promise<{ providerId: string } | 'absent' | undefined> {
    const tried = this.#tried.get(id);
    // The page may still come back from it: then it would be sent after all.
    if (tried?.pendingOn === session && !session.gone.aborted) return undefined;
    const chatId = tried?.chatId ?? this.#parts.chats.get(to) ?? chatOf(to);
    if (chatId === undefined) return 'absent';
    try {
      const found = (await this.#lastSent(session, chatId))
        .filter(({ timestamp }) => timestamp * 1000 >= after.getTime() - LEEWAY_MS)
        .find((message) => this.#isIt(message, id, tried));
      if (found) return this.#verdictOn(found, id);
      return this.#parts.clock.now().getTime() - after.getTime() > SETTLED_MS ? 'absent' : undefined;
    } catch {
      return undefined;
    }
  }

  async #deliver(session: Session, message: OutboundMessage, chatId: string): Promise<SendResult> {
    const { sendMs, mediaMs, ackMs } = this.#parts.limits;
    let content: unknown = message.text;
    const options: SendOptions = { linkPreview: false, sendSeen: true };
    if (message.media) {
      const file = await fetchOutgoing(message.media, mediaMs);
      if ('failed' in file) return file.failed;
      content = await createMedia(file.contentType, file.base64, file.fileName);
      if (message.text) options.caption = message.text;
      if (/^audio\/ogg\b/.test(file.contentType)) options.sendAudioAsVoice = true;
    }
    const tried: Tried = { outboxId: message.id, chatId, text: message.text };
    this.#tried.set(message.id, tried);
    try {
      const sent = await session.call(
        (client) => {
          tried.pendingOn = session;
          const call = client.sendMessage(chatId, content, options);
          const settled = () => {
            delete tried.pendingOn;
          };
          call.then(settled, settled);
          return call;
        },
        message.media ? sendMs + mediaMs : sendMs,
      );
      if (!sent)
        return { outcome: 'unknown', code: 'no-message', reason: 'WhatsApp Web gave no message back' };
      return await this.#afterTick(session, tried, sent, ackMs);
    } catch (error) {
      if (error instanceof TookTooLong) this.#parts.hung(session);
      return sendFault(error);
    }
  }

  async #afterTick(session: Session, tried: Tried, sent: LibraryMessage, ackMs: number): Promise<SendResult> {
    const providerId = sent.id._serialized;
    this.#remember(tried, providerId);
    const first = sent.ack ?? 0;
    const ack = first !== 0 ? first : await this.#tick(session, providerId, ackMs);
    if (ack === undefined)
      return { outcome: 'unknown', code: 'no-ack', reason: 'WhatsApp has not confirmed the message in time' };
    return ack > 0
      ? { outcome: 'accepted', providerId }
      : { outcome: 'failed', kind: 'undelivered', code: 'ack-error', reason: 'WhatsApp refused the message' };
  }

  /**
   * The tick that decides, as it is told, and as the message shows it: after a page was loaded anew `ready` may come
   * before the library listens to ticks.
   */
  async #tick(session: Session, providerId: string, ackMs: number): Promise<number | undefined> {
    for (let look = 0; look < TICK_LOOKS; look += 1) {
      const told = await this.#parts.acks.decisive(providerId, ackMs / TICK_LOOKS, session.gone);
      if (told !== undefined) return told;
      const shown = await session
        .call((client) => client.getMessageById(providerId), this.#parts.limits.lookupMs)
        .catch(() => undefined);
      if (shown?.ack) return shown.ack;
      if (session.gone.aborted) return undefined;
    }
    return undefined;
  }

  #remember(tried: Tried, providerId: string): void {
    tried.providerId = providerId;
    this.#byProviderId.set(providerId, tried.outboxId);
  }

  #lastSent(session: Session, chatId: string): Promise<LibraryMessage[]> {
    return session.call(async (client) => {
      const chat = await client.getChatById(chatId);
      return (await chat?.fetchMessages({ limit: LOOKED_AT, fromMe: true })) ?? [];
    }, this.#parts.limits.lookupMs);
  }

  /** By its id where we have it, else by its text; after a restart by what nobody else has claimed. */
  #isIt(message: LibraryMessage, outboxId: string, tried: Tried | undefined): boolean {
    const providerId = message.id._serialized;
    if (tried?.providerId !== undefined) return providerId === tried.providerId;
    const owner = this.#byProviderId.get(providerId);
    if (owner !== undefined && owner !== outboxId) return false;
    return tried === undefined || message.body.trim() === tried.text.trim();
  }

  #verdictOn(message: LibraryMessage, outboxId: string): { providerId: string } | 'absent' | undefined {
    const ack = message.ack ?? 0;
    const providerId = message.id._serialized;
    if (ack < 0) return 'absent';
    if (ack === 0) return undefined;
    this.#byProviderId.set(providerId, outboxId);
    return { providerId };
  }
}
