/** What the stand-in keeps of each conversation: what WhatsApp's own servers would hold. */

export type Verdict =
  /** Taken, and said so at once. */
  | 'accept'
  /** Taken, but the tick never comes. */
  | 'accept-silent'
  /** Not taken yet: stays with a clock beside it. */
  | 'pending'
  /** Refused: comes back from the call with ack -1. */
  | 'error'
  /** Refused a moment later. */
  | 'error-later'
  /** Not taken; the call never returns. */
  | 'hang'
  /** Taken; the call never returns. */
  | 'accept-hang'
  /** Not taken; the call returns nothing. */
  | 'vanish'
  /** There is no such person. */
  | 'no-lid';

/** Verdicts by which WhatsApp's server has the message. */
export const TAKEN: ReadonlySet<Verdict> = new Set<Verdict>(['accept', 'accept-silent', 'accept-hang']);

/** A message as it lies in a chat; fields named as WhatsApp names them. */
export interface ChatMessage {
  id: string;
  chatId: string;
  fromMe: boolean;
  from: string;
  to: string;
  author?: string;
  type: string;
  body: string;
  caption?: string;
  /** Seconds. */
  t: number;
  ack: number;
  directPath?: string;
  mimetype?: string;
  isStatusV3?: boolean;
  broadcast?: boolean;
  [field: string]: unknown;
}

/** A send as it reached the stand-in. */
export interface Sent {
  id: string;
  /** Our side's serialized id, as the library gives it back. */
  providerId: string;
  chatId: string;
  kind: string;
  body: string;
  caption?: string;
  mimetype?: string;
  directPath?: string;
  verdict: Verdict;
}

export class Records {
  readonly #messages = new Map<string, ChatMessage>();
  readonly #unread = new Map<string, number>();

  add(message: ChatMessage): void {
    this.#messages.set(message.id, message);
    if (!message.fromMe) this.#unread.set(message.chatId, this.unread(message.chatId) + 1);
  }

  get(id: string): ChatMessage {
    const message = this.#messages.get(id);
    if (!message) throw new Error(`The stand-in knows no message ${id}.`);
    return message;
  }

  unread(chatId: string): number {
    return this.#unread.get(chatId) ?? 0;
  }

  seen(chatId: string): void {
    this.#unread.delete(chatId);
  }

  /** All chats as a freshly loaded page gets them, messages oldest first. */
  chats() {
    const ids = new Set([...this.#messages.values()].map(({ chatId }) => chatId));
    return [...ids].map((id) => {
      const messages = [...this.#messages.values()]
        .filter(({ chatId }) => chatId === id)
        .sort((a, b) => a.t - b.t);
      return { id, unread: this.unread(id), t: messages.at(-1)?.t ?? 0, messages };
    });
  }
}
