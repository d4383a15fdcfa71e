/**
 * The one contract between the product and a way to reach people. A folder per channel beside this file
 * implements it (courier's habit); adding one touches nothing else but `main.ts`.
 */

/** What a person holds in his hand: decides how a message is rendered, whichever provider carries it. */
export type Medium = 'whatsapp' | 'sms';

/** Whose door an address belongs to. WhatsApp Web and Twilio WhatsApp both serve `whatsapp` addresses. */
export type ChannelId = 'whatsapp' | 'sms' | 'simulator';

/**
 * An address on a channel. `address` is `+91…`, `IN.…` (WhatsApp user name without a number) or, for the
 * simulator, `whatsapp/+91…` and `sms/+91…`.
 */
export interface Address {
  channel: ChannelId;
  address: string;
}

/** `whatsapp +919800000001`: the unique key of an identity. */
export function identityKey({ channel, address }: Address): string {
  return `${channel} ${address}`;
}

/** What a channel can do. Rendering steps down accordingly; nothing else asks which channel it is. */
export interface Capabilities {
  medium: Medium;
  /** Can he answer here at all? (SMS to India: no.) */
  canReply: boolean;
  /** How many options can be shown for tapping: 0 none, 3 quick replies, 10 a list. */
  canTap: number;
  canSendMedia: boolean;
  /** End-to-end encrypted and on his own screen: sensitive words may be sent. */
  isPrivate: boolean;
  /** Longest text in characters that one message carries (Twilio: 1,600). */
  textLimit: number;
}

/** An option as it is shown: `id` comes back on a tap, `label` is what he reads. */
export interface ShownOption {
  id: string;
  label: string;
}

export interface OutboundMedia {
  /** Absolute URL that the provider can fetch. */
  url: string;
  contentType: string;
}

/** An approved template (Twilio Content API), for use outside WhatsApp's 24-hour window. */
export interface OutboundTemplate {
  contentSid: string;
  variables: Record<string, string>;
}

/** A message ready to leave. `text` already holds the numbered options where they can't be tapped. */
export interface OutboundMessage {
  /** The outbox id, unique for ever: goes into the status callback's URL and into reconciliation. */
  id: string;
  to: string;
  text: string;
  options: ShownOption[];
  media?: OutboundMedia;
  template?: OutboundTemplate;
  /** Seconds after which the provider should drop it (Twilio `validityPeriod`, 1–36,000). */
  validForSeconds?: number;
}

/** Why a message can never arrive there. Decides what the product does next (docs/operations.md). */
export type FailureKind =
  | 'consent' // he blocked or opted out: 21610, 63014
  | 'address' // no such person here: 21211, 21614, 30005, 63003 …
  | 'window' // outside 24 h and no template: 63016
  | 'template' // paused or wrong template: 63027, 63041 …
  | 'marketing-cap' // 63049
  | 'filter' // 30007, 30004: review the text
  | 'expired' // 30036
  | 'sender' // 63007, 63015, 30018 …, told by a receipt: the sender's own set-up is wrong, its circuit opens
  | 'undelivered' // 30003, 30008, 63012: transient delivery, at most two more tries, hours apart
  | 'other';

/** What became of a send. `code` is the provider's, `reason` is our sentence; neither holds a number or a text. */
export type SendResult =
  | { outcome: 'accepted'; providerId: string; segments?: number }
  | { outcome: 'retry'; code?: string; reason: string; retryAfterMs?: number }
  | { outcome: 'unknown'; code?: string; reason: string }
  | { outcome: 'failed'; kind: FailureKind; code?: string; reason: string }
  | { outcome: 'sender-down'; code?: string; reason: string };

/** What a provider says later. Ranked by delivery, never moved backwards. */
export interface Receipt {
  /** Our own id from the callback's URL, when it is there. */
  outboxId?: string;
  providerId: string;
  status: 'queued' | 'sent' | 'delivered' | 'read' | 'failed';
  failure?: { kind: FailureKind; code?: string };
  at: Date;
}

export type InboundKind =
  | 'text'
  | 'tap'
  | 'voice'
  | 'image'
  | 'video'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'call'
  | 'unknown';

/** A message from a person, the same shape from every channel. */
export interface InboundMessage {
  /** The provider's id: the same message delivered twice has the same id. */
  id: string;
  from: Address;
  kind: InboundKind;
  /** What he wrote (at most 4,096 characters kept); empty for media without a caption. */
  text: string;
  /** For a tap: the option's id as it was sent, if the provider gave it back. */
  optionId?: string;
  /** The provider's reference to a voice note or picture; fetched only when somebody needs it. */
  mediaRef?: string;
  /** The provider has answered him already (Twilio Advanced Opt-Out): what changes is kept, nothing is said twice. */
  answered?: true;
  /** Business-scoped user id, where WhatsApp gives one beside the number. */
  userId?: string;
  at: Date;
}

/** A way to reach people. Implementations never throw from `send`: every fault is a SendResult. */
export interface Channel {
  readonly id: ChannelId;
  /** The sender that paces and circuits belong to, e.g. `twilio-whatsapp`. Holds no phone number. */
  readonly sender: string;
  capabilities(address: string): Capabilities;
  /**
   * Can this process send at this moment? Where it says no, nothing is claimed here and nothing looked up: another
   * process may hold the session. Without it: always.
   */
  available?(): boolean;
  send(message: OutboundMessage): Promise<SendResult>;
  /**
   * After an unknown outcome: did the provider take it? `undefined` when it cannot say yet. `except`: the provider's
   * ids of his other messages, known already, so that one of those is not taken for this one.
   */
  find?(message: {
    id: string;
    to: string;
    after: Date;
    except?: readonly string[];
  }): Promise<{ providerId: string } | 'absent' | undefined>;
  /**
   * Asks the provider to forget a message of his, by the id that it came with. Never throws. Without it: the provider
   * cannot be asked (docs/care.md says what then remains there).
   */
  forget?(messageId: string): Promise<'forgotten' | 'later'>;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}
