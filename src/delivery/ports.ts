/** What delivery needs from the rest of the house, as narrow interfaces that `main.ts` fills in. */
import type {
  Address,
  Capabilities,
  ChannelId,
  OutboundMedia,
  OutboundTemplate,
  ShownOption,
} from '../channels/channel';
import type { JournalType, Link, Picture, Purpose, StoredEffect } from '../conversation/effect';
import type { PlacedOrder } from '../conversation/order';
import type { Language, Status } from '../conversation/participant';
import type { About } from '../database/models/journal';
import type { Say } from '../database/models/outbox';

/** What a step asked for, on its way to the outside world. */
export interface Delivery {
  participantId: string;
  /** Where he is to be answered: the address that he last used. */
  address: Address;
  /** Absent until he has chosen one. */
  language?: Language | undefined;
  /** Where he belongs: goes with what is counted. */
  about?: About | undefined;
  /** All that waits on the participant, in order. */
  effects: StoredEffect[];
}

/** A participant as delivery must know him in the moment before sending. */
export interface Recipient {
  status: Status;
  /** IANA zone. */
  zone: string;
  lastHeardAt?: Date | undefined;
  /** The step (sequence) of his last STOP. */
  lastStop?: number | undefined;
  /** Channels closed for him, until he writes there again. */
  closed?: Partial<Record<ChannelId, 'opted-out' | 'unreachable'>> | undefined;
  /** Where he agreed to be reached when the first channel fails. */
  fallback?: Address | undefined;
}

export interface PeoplePort {
  /** Read afresh at every call: consent is judged on what is committed now. Who is missing is gone. */
  recipients(participantIds: string[]): Promise<Map<string, Recipient>>;
  /** The provider says that he blocked us or sent its own STOP. Idempotent. */
  optOut(participantId: string, channel: ChannelId, at: Date): Promise<void>;
  /** Nobody is to be found at that address. Idempotent. */
  unreachable(participantId: string, channel: ChannelId, at: Date): Promise<void>;
  /** Profile, conversation and identities go. Idempotent. */
  erase(participantId: string): Promise<void>;
}

export interface JournalEntry {
  /** The effect's id: writing it twice is writing it once. */
  _id: string;
  participantId: string;
  /** To be written without any link to him. */
  anonymous?: true;
  at: Date;
  type: JournalType;
  data?: Record<string, string | number | boolean>;
  about?: About;
}

export interface JournalPort {
  /** Writes entries; those already there are left as they are. */
  write(entries: JournalEntry[]): Promise<void>;
}

export interface KeptReflection {
  /** The effect's id. */
  _id: string;
  participantId: string;
  at: Date;
  week: number;
  text?: string;
  voiceRef?: string;
}

/** Carries out what flows ask to be done to others; each order once, by its id. */
export interface OrdersPort {
  carryOut(orders: PlacedOrder[]): Promise<void>;
}

/** What keeps a broadcast's messages from leaving. */
export type Held = 'paused' | 'cancelled';

export interface BroadcastsPort {
  /** Which of these broadcasts are paused or cancelled at this moment. */
  held(ids: string[]): Promise<Map<string, Held>>;
}

export interface ReflectionsPort {
  /** Keeps reflections; those already there are left as they are. */
  keep(reflections: KeptReflection[]): Promise<void>;
}

export interface Rendered {
  /** Holds the numbered options where they can't be tapped. */
  text: string;
  /** Only what can be tapped. */
  options: ShownOption[];
}

/**
 * Turns keys into what he reads; `link` is his page, or shows a picture where it can't be sent. Undefined when there is nothing to
 * say there (he can't answer, and no text stands alone). Throws for a key that content does not have.
 */
export type RenderPort = (
  say: Say,
  language: Language | undefined,
  capabilities: Capabilities,
  link?: string,
) => Rendered | undefined;

/** Where a picture is to be fetched: an absolute, signed URL and its content type. */
export type MediaUrlPort = (picture: Picture, participantId: string) => OutboundMedia;

/** The address of a page of his own, made when the message leaves: absolute, signed, and open for a day. */
export type LinkPort = (link: Link, participantId: string) => string;

/** The approved template that says the same, for use outside WhatsApp's window; none if there is none. */
export type TemplatePort = (
  say: Say,
  language: Language | undefined,
  purpose: Purpose,
) => OutboundTemplate | undefined;

/** Something that an operator should act on. Never holds a number or a text. */
export interface Alert {
  about: 'sender-down' | 'sender-up' | 'template' | 'filter' | 'dead';
  sender: string;
  code?: string | undefined;
  reason: string;
}
export type AlertPort = (alert: Alert) => void;

/** One outcome of one try, for counters. */
export interface Outcome {
  sender: string;
  channel: ChannelId;
  outcome: 'accepted' | 'retry' | 'unknown' | 'failed' | 'sender-down' | 'cancelled' | 'expired' | 'dead';
}
export type ObservePort = (outcome: Outcome) => void;
