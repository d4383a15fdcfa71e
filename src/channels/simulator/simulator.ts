/** A channel without a provider: pretend phones that live in this process's memory. */
import type { Clock } from '../../clock';
import type {
  Capabilities,
  Channel,
  InboundKind,
  InboundMessage,
  Medium,
  OutboundMessage,
  SendResult,
} from '../channel';
import { parseAddress } from './address';
import { Phone, type PhoneMessage, type SentStatus } from './phone';

export type { PhoneMessage, SentStatus } from './phone';

/** What the pretend phones can do, by what they show. */
export const CAPABILITIES: Record<Medium, Capabilities> = {
  whatsapp: {
    medium: 'whatsapp',
    canReply: true,
    canTap: 10,
    canSendMedia: true,
    isPrivate: true,
    textLimit: 4096,
  },
  sms: { medium: 'sms', canReply: true, canTap: 0, canSendMedia: false, isPrivate: false, textLimit: 1600 },
};

/** Longest text kept of what a person writes (the InboundMessage contract). */
const INBOUND_TEXT_LIMIT = 4096;
const WITH_MEDIA: readonly InboundKind[] = ['voice', 'image', 'video', 'document', 'sticker'];

export type PhoneEvent =
  | { type: 'message'; address: string; message: PhoneMessage }
  | { type: 'status'; address: string; id: string; status: SentStatus };

/** What a person does on the pretend phone. */
export interface Outgoing {
  kind: InboundKind;
  text?: string | undefined;
  /** For a tap: an option that this phone was shown. */
  optionId?: string | undefined;
  /** For a voice note. */
  seconds?: number | undefined;
}

/** The person can't do that on this phone: an unknown option, a tap on an SMS, an address of another channel. */
export class ImpossibleOnPhone extends Error {
  override readonly name = 'ImpossibleOnPhone';
}

export interface SimulatorParts {
  clock: Clock;
  /** Makes provider ids, unique for ever. */
  makeId: () => string;
  /** Messages kept per address (500) and addresses kept (1,000); the one first used is forgotten first. */
  messagesKept?: number;
  phonesKept?: number;
}

export class Simulator implements Channel {
  readonly id = 'simulator';
  readonly sender = 'simulator';
  readonly #phones = new Map<string, Phone>();
  readonly #listeners = new Set<(event: PhoneEvent) => void>();
  readonly #parts: Required<SimulatorParts>;

  constructor(parts: SimulatorParts) {
    this.#parts = { messagesKept: 500, phonesKept: 1000, ...parts };
  }

  /** By the address's medium; anything that isn't `sms/…` counts as WhatsApp. */
  capabilities(address: string): Capabilities {
    return CAPABILITIES[parseAddress(address)?.medium ?? 'whatsapp'];
  }

  /** Shows the message on the phone, once per outbox id. Fails where a provider would refuse it. */
  send(message: OutboundMessage): Promise<SendResult> {
    return Promise.resolve(this.#show(message));
  }

  /** `absent` means that no phone here shows it (after a restart none does). */
  find({ id, to }: { id: string; to: string; after: Date }): Promise<{ providerId: string } | 'absent'> {
    const providerId = this.#phones.get(to)?.providerIdOf(id);
    return Promise.resolve(providerId === undefined ? 'absent' : { providerId });
  }

  /** Hears everything that happens on any phone, until the returned function is called. */
  subscribe(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the phone at this address shows, newest last; empty for one that was never used. */
  history(address: string): PhoneMessage[] {
    return this.#phones.get(address)?.messages ?? [];
  }

  /** Addresses of the phones kept here, in the order in which they were first used. */
  addresses(): string[] {
    return [...this.#phones.keys()];
  }

  /** Makes a phone known before its first message. Throws ImpossibleOnPhone for a malformed address. */
  open(address: string): void {
    this.#phone(address);
  }

  /**
   * The person writes, taps, speaks …: shown on his phone, and returned as the product receives it. Hand it to
   * the inbound path, then `mark` what became of it. Throws ImpossibleOnPhone where his phone could not do that.
   */
  outgoing(address: string, input: Outgoing): InboundMessage {
    const phone = this.#phone(address);
    if (phone.medium === 'sms' && input.kind !== 'text') {
      throw new ImpossibleOnPhone('An SMS carries only text: send the number of the option, or write.');
    }
    const option = input.kind === 'tap' ? this.#tapped(phone, input.optionId) : undefined;
    const text = keepWhole(option?.label ?? input.text ?? '', INBOUND_TEXT_LIMIT);
    const id = this.#parts.makeId();
    const at = this.#parts.clock.now();
    const seconds = input.seconds === undefined ? {} : { seconds: input.seconds };
    this.#add(address, phone, {
      id,
      direction: 'sent',
      kind: input.kind,
      text,
      options: [],
      ...seconds,
      status: 'sent',
      at,
    });
    return {
      id,
      from: { channel: 'simulator', address },
      kind: input.kind,
      text,
      ...(option ? { optionId: option.id } : {}),
      ...(WITH_MEDIA.includes(input.kind) ? { mediaRef: `simulator:${input.kind}/${id}` } : {}),
      at,
    };
  }

  /** Sets the ticks of a message that the person sent. */
  mark(address: string, id: string, status: SentStatus): void {
    if (this.#phones.get(address)?.mark(id, status)) this.#tell({ type: 'status', address, id, status });
  }

  #show(message: OutboundMessage): SendResult {
    const address = parseAddress(message.to);
    if (!address) return { outcome: 'failed', kind: 'address', reason: 'Not an address of the simulator.' };
    const { textLimit, canSendMedia, canTap } = CAPABILITIES[address.medium];
    if (message.text.length > textLimit) {
      return {
        outcome: 'failed',
        kind: 'other',
        code: '21617',
        reason: `Text is longer than ${textLimit} characters.`,
      };
    }
    if (message.media && !canSendMedia) {
      return { outcome: 'failed', kind: 'other', reason: `A picture can't go by ${address.medium}.` };
    }
    const phone = this.#phone(message.to);
    const known = phone.providerIdOf(message.id);
    if (known !== undefined) return { outcome: 'accepted', providerId: known };
    const providerId = this.#parts.makeId();
    phone.remember(message.id, providerId);
    const shown = this.#add(message.to, phone, {
      id: providerId,
      direction: 'received',
      kind: message.media ? kindOf(message.media.contentType) : 'text',
      text: message.text,
      options: message.options.length <= canTap ? message.options : [],
      ...(message.media ? { media: message.media } : {}),
      at: this.#parts.clock.now(),
    });
    return { outcome: 'accepted', providerId, ...(shown.sms ? { segments: shown.sms.segments } : {}) };
  }

  #phone(address: string): Phone {
    const medium = parseAddress(address)?.medium;
    if (!medium) throw new ImpossibleOnPhone('An address is whatsapp/+919800000001 or sms/+919800000001.');
    const known = this.#phones.get(address);
    if (known) return known;
    const [oldest] = this.#phones.keys();
    if (this.#phones.size >= this.#parts.phonesKept && oldest !== undefined) this.#phones.delete(oldest);
    const phone = new Phone(medium, this.#parts.messagesKept);
    this.#phones.set(address, phone);
    return phone;
  }

  #tapped(phone: Phone, optionId: string | undefined) {
    const option = optionId === undefined ? undefined : phone.optionShown(optionId);
    if (!option) throw new ImpossibleOnPhone('This phone was not shown such an option.');
    return option;
  }

  #add(address: string, phone: Phone, message: Omit<PhoneMessage, 'number' | 'sms'>): PhoneMessage {
    const shown = phone.add(message);
    this.#tell({ type: 'message', address, message: shown });
    return shown;
  }

  #tell(event: PhoneEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** At most `limit` UTF-16 units, without cutting a character in two. */
function keepWhole(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

function kindOf(contentType: string): InboundKind {
  if (contentType.startsWith('audio/')) return 'voice';
  return contentType.startsWith('image/') ? 'image' : 'document';
}
