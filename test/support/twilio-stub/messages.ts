/** What the stand-in for Twilio has really taken: its own truth, against which invariants are checked. */
import { randomBytes } from 'node:crypto';

export interface StoredMessage {
  sid: string;
  to: string;
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  mediaUrls: string[];
  contentSid?: string;
  contentVariables?: string;
  validityPeriod?: number;
  statusCallback?: string;
  /** `o` of the status callback's URL: the sender's own id. */
  outboxId?: string;
  status: string;
  errorCode: number | null;
  direction: 'outbound-api' | 'inbound';
  createdAt: Date;
  sentAt: Date | null;
  segments: number;
}

export interface Filter {
  to?: string;
  from?: string;
  sentAfter?: Date;
  sentBefore?: Date;
}

export const newSid = (prefix: string) => prefix + randomBytes(16).toString('hex');

/** Messages by id and by recipient, in the order in which they were taken. */
export class MessageStore {
  readonly #bySid = new Map<string, StoredMessage>();
  readonly #byRecipient = new Map<string, StoredMessage[]>();

  add(message: StoredMessage): void {
    if (this.#bySid.has(message.sid)) throw new Error('A message id was given twice.');
    this.#bySid.set(message.sid, message);
    const his = this.#byRecipient.get(message.to);
    if (his) his.push(message);
    else this.#byRecipient.set(message.to, [message]);
  }

  get(sid: string): StoredMessage | undefined {
    return this.#bySid.get(sid);
  }

  delete(sid: string): boolean {
    const message = this.#bySid.get(sid);
    if (!message) return false;
    this.#bySid.delete(sid);
    const his = this.#byRecipient.get(message.to);
    his?.splice(his.indexOf(message), 1);
    return true;
  }

  /** Newest first, as Twilio lists. */
  list({ to, from, sentAfter, sentBefore }: Filter): StoredMessage[] {
    const candidates = to === undefined ? [...this.#bySid.values()] : [...(this.#byRecipient.get(to) ?? [])];
    return candidates
      .filter((message) => from === undefined || message.from === from)
      .filter(({ sentAt }) => sentAfter === undefined || (sentAt !== null && sentAt >= sentAfter))
      .filter(({ sentAt }) => sentBefore === undefined || (sentAt !== null && sentAt <= sentBefore))
      .reverse();
  }
}
