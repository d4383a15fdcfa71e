/** WhatsApp's ticks on what we sent: waited for by a send, and told on as receipts. */
import type { Receipt } from '../channel';
import { Bounded } from './bounded';

/** `MessageAck` of whatsapp-web.js: -1 error, 0 pending, 1 server, 2 his phone, 3 read, 4 played. */
const STATUS: Record<number, Receipt['status']> = {
  [-1]: 'failed',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
};
const REMEMBERED = 2_000;
/** Ours, and to a person. */
const TO_PERSON = /^true_\d+@(c\.us|lid)_/;

export class Acks {
  readonly #last = new Bounded<string, number>(REMEMBERED);
  readonly #waiting = new Map<string, (ack: number) => void>();

  /** @returns the receipt to tell on; none for others' messages, groups, and where a send waits for a "no". */
  heard(providerId: string, ack: number, at: Date): Receipt | undefined {
    if (!TO_PERSON.test(providerId)) return undefined;
    const before = this.#last.get(providerId);
    // Ticks only go up; an error counts only while nobody has the message.
    if (before !== undefined && before >= Math.max(ack, 1)) return undefined;
    this.#last.set(providerId, ack);
    const waiting = this.#waiting.get(providerId);
    waiting?.(ack);
    const status = STATUS[ack];
    if (status === undefined || (status === 'failed' && waiting)) return undefined;
    return {
      providerId,
      status,
      at,
      ...(status === 'failed' && { failure: { kind: 'undelivered', code: 'ack-error' } }),
    };
  }

  /** The tick that decides: 1 and more when WhatsApp has it, -1 when it refuses, `undefined` when nothing is known. */
  decisive(providerId: string, ms: number, signal: AbortSignal): Promise<number | undefined> {
    const known = this.#last.get(providerId);
    if (known !== undefined && known !== 0) return Promise.resolve(known);
    return new Promise((resolve) => {
      const settle = (ack?: number) => {
        if (ack === 0) return;
        clearTimeout(timer);
        signal.removeEventListener('abort', gone);
        this.#waiting.delete(providerId);
        resolve(ack);
      };
      const gone = () => settle();
      const timer = setTimeout(settle, ms);
      signal.addEventListener('abort', gone);
      this.#waiting.set(providerId, settle);
      if (signal.aborted) settle();
    });
  }
}
