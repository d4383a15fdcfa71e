/** What one pretend phone shows: its messages, newest last, never more than it can keep. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { InboundKind, Medium, OutboundMedia, ShownOption } from '../channel';

/** Ticks on a message that the person sent: gone out, taken in by the product, answered for; or not taken. */
export type SentStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** One message as the phone shows it. Everything is seen from the phone: `received` came from the product. */
export interface PhoneMessage {
  /** The provider's id. */
  id: string;
  /** Counts the phone's messages from 1, without gaps. */
  number: number;
  direction: 'received' | 'sent';
  kind: InboundKind;
  text: string;
  /** Only those that can be tapped here; otherwise they stand numbered in the text. */
  options: ShownOption[];
  media?: OutboundMedia;
  /** Length of a voice note. */
  seconds?: number;
  /** On SMS: what this message costs to carry. */
  sms?: { segments: number; encoding: 'GSM-7' | 'UCS-2' };
  /** Only for `sent`. */
  status?: SentStatus;
  at: Date;
}

/** Segments and encoding of an SMS as Twilio counts them (without its smart encoding). */
function measureSms(text: string): { segments: number; encoding: 'GSM-7' | 'UCS-2' } {
  const measured = new SegmentedMessage(text);
  return { segments: measured.segmentsCount, encoding: measured.encodingName };
}

/** The messages of one address. Forgets the oldest beyond `limit`; remembers twice as many outbox ids. */
export class Phone {
  readonly #messages: PhoneMessage[] = [];
  readonly #providerIds = new Map<string, string>();
  #count = 0;

  constructor(
    readonly medium: Medium,
    private readonly limit: number,
  ) {}

  /** Newest last. A copy: changing it changes nothing here. */
  get messages(): PhoneMessage[] {
    return structuredClone(this.#messages);
  }

  /** Puts a message at the end and says how it now stands there. */
  add(message: Omit<PhoneMessage, 'number' | 'sms'>): PhoneMessage {
    this.#count += 1;
    const sms = this.medium === 'sms' && message.kind !== 'call' ? { sms: measureSms(message.text) } : {};
    const kept = { ...message, ...sms, number: this.#count };
    this.#messages.push(kept);
    if (this.#messages.length > this.limit) this.#messages.shift();
    return structuredClone(kept);
  }

  /** Sets the ticks of a message that was sent; false when the phone no longer holds it. */
  mark(id: string, status: SentStatus): boolean {
    const message = this.#messages.find((each) => each.id === id && each.direction === 'sent');
    if (message) message.status = status;
    return message !== undefined;
  }

  /** The option as it was shown last, if any message still held here showed it. */
  optionShown(optionId: string): ShownOption | undefined {
    const shown = this.#messages.flatMap((message) => message.options);
    return shown.findLast((option) => option.id === optionId);
  }

  remember(outboxId: string, providerId: string): void {
    this.#providerIds.set(outboxId, providerId);
    const [oldest] = this.#providerIds.keys();
    if (this.#providerIds.size > this.limit * 2 && oldest !== undefined) this.#providerIds.delete(oldest);
  }

  providerIdOf(outboxId: string): string | undefined {
    return this.#providerIds.get(outboxId);
  }
}
