/** What people write, on its way in: once each, in the order of their chat, with a number where WhatsApp tells it. */
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { InboundMessage } from '../channel';
import type { Bounded } from './bounded';
import type { Handled } from './handled';
import type { LibraryCall, LibraryMessage } from './library';
import { lidAddress, numberOf, personChat, readCall, readMessage, type Unaddressed } from './mapping';
import { sentence, type Session } from './session';

export interface InboxParts {
  /** Takes a message for good; a rejection means that it has not, and it is brought again. */
  receive: (message: InboundMessage) => Promise<void>;
  handled: Handled;
  /** In which chat somebody wrote, by address: he is answered there. */
  chats: Bounded<string, string>;
  clock: Clock;
  log: Log;
  /** All in milliseconds: for one question to the page; until what was not taken is brought again. */
  limits: { lookupMs: number; againMs: number };
}

/** The page's own list of chats: the library's `getChats` asks WhatsApp about every group for it. */
const LIST_CHATS = `window.require('WAWebCollections').Chat.getModelsArray()
  .map((chat) => ({ id: chat.id._serialized, unread: chat.unreadCount || 0, t: chat.t || 0 }))`;
const LEAST_LOOKED_AT = 20;
const MOST_LOOKED_AT = 100;
const LOOKUPS = 2;

export class Inbox {
  readonly #parts: InboxParts;
  readonly #underWay = new Set<string>();
  /** One message after the other in each chat. */
  readonly #turns = new Map<string, Promise<void>>();
  #scanning: Promise<void> | undefined;
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** Takes messages again after `stop`. */
  open(): void {
    this.#stopped = false;
  }

  /** A message, live or found later. Never throws. */
  message(session: Session, message: LibraryMessage): void {
    const now = this.#parts.clock.now();
    const read = readMessage(message, now);
    if ('ignored' in read) return;
    if (read.at.getTime() < this.#parts.handled.floor(now.getTime())) return;
    this.#take(session, read);
  }

  call(session: Session, call: LibraryCall): void {
    const read = readCall(call, this.#parts.clock.now());
    if (!('ignored' in read)) this.#take(session, read);
  }

  /** Looks for what was missed. One look at a time. Never throws. */
  scan(session: Session): Promise<void> {
    this.#scanning ??= this.#scan(session)
      .catch((error: unknown) => {
        if (session.gone.aborted) return;
        this.#parts.log.warn(
          { problem: sentence(error) },
          'Missed WhatsApp messages could not be looked for',
        );
        this.#scanAgain(session);
      })
      .finally(() => (this.#scanning = undefined));
    return this.#scanning;
  }

  /** Waits for what is being handed over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#again);
    await this.#scanning;
    await Promise.all(this.#turns.values());
  }

  #take(session: Session, message: Unaddressed): void {
    const { handled } = this.#parts;
    if (this.#stopped || handled.has(message.id) || this.#underWay.has(message.id)) return;
    this.#underWay.add(message.id);
    const { chatId } = message;
    const turn = (this.#turns.get(chatId) ?? Promise.resolve())
      .then(() => this.#handOver(session, message))
      .catch((error: unknown) => {
        this.#parts.log.error({ error }, 'A WhatsApp message could not be taken; it will be brought again');
        this.#scanAgain(session);
      })
      .finally(() => {
        this.#underWay.delete(message.id);
        if (this.#turns.get(chatId) !== turn) return;
        this.#turns.delete(chatId);
        if (handled.has(message.id)) this.#seen(session, chatId);
      });
    this.#turns.set(chatId, turn);
  }

  async #handOver(session: Session, { chatId, ...message }: Unaddressed): Promise<void> {
    const { receive, handled, chats, clock } = this.#parts;
    const address = await this.#addressOf(session, chatId);
    chats.set(address, chatId);
    await receive({
      ...message,
      from: { channel: 'whatsapp', address },
      ...(chatId.endsWith('@lid') && { userId: chatId }),
    });
    handled.add(message.id, clock.now().getTime());
  }

  /** The number behind a chat. Where WhatsApp keeps it to itself, the hidden id is the address. */
  async #addressOf(session: Session, chatId: string): Promise<string> {
    const known = numberOf(chatId);
    if (known !== undefined) return known;
    for (let tried = 0; tried < LOOKUPS; tried += 1) {
      try {
        const [found] = await session.call(
          (client) => client.getContactLidAndPhone([chatId]),
          this.#parts.limits.lookupMs,
        );
        return numberOf(personChat(found?.pn ?? '') ?? '') ?? lidAddress(chatId);
      } catch (error) {
        // Asked again by the next browser: a passing fault must not make two people of one.
        if (session.gone.aborted) throw error;
      }
    }
    return lidAddress(chatId);
  }

  #seen(session: Session, chatId: string): void {
    // Without ticks he would wonder; and what is seen is not looked through again. It does no harm if it fails.
    session.call((client) => client.sendSeen(chatId), this.#parts.limits.lookupMs).catch(() => undefined);
  }

  #scanAgain(session: Session): void {
    if (this.#stopped) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (!session.gone.aborted) void this.scan(session);
    }, this.#parts.limits.againMs);
    this.#again.unref();
  }

  async #scan(session: Session): Promise<void> {
    const { handled, clock, limits } = this.#parts;
    const begun = clock.now().getTime();
    const floor = handled.floor(begun);
    const chats = await session.evaluate<{ id: string; unread: number; t: number }[]>(
      LIST_CHATS,
      limits.lookupMs,
    );
    const changed = chats.filter(
      ({ id, unread, t }) =>
        personChat(id) !== undefined && t * 1000 >= floor && (unread > 0 || t * 1000 >= handled.changedSince),
    );
    for (const { id, unread } of changed) {
      const limit = Math.min(MOST_LOOKED_AT, Math.max(LEAST_LOOKED_AT, unread));
      const found = await session.call(async (client) => {
        const chat = await client.getChatById(id);
        return (await chat?.fetchMessages({ limit, fromMe: false })) ?? [];
      }, limits.lookupMs);
      for (const message of found.sort((a, b) => a.timestamp - b.timestamp)) this.message(session, message);
    }
    handled.scanned(begun);
  }
}
