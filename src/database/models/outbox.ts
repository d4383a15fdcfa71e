/** Messages waiting to leave, and what became of them. One row a message; texts are never stored. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelId, FailureKind, Medium } from '../../channels/channel';
import type { Link, Option, Part, Picture, Purpose } from '../../conversation/effect';
import type { About } from './journal';
import { LANGUAGES, type Language } from '../../conversation/participant';

/**
 * pending → leased → sending → sent → delivered → read, or an end without success. `sent` means accepted
 * by the provider. `unknown` means that nobody can say whether the provider took it.
 */
export const OUTBOX_STATES = [
  'pending',
  'leased',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'dead',
  'cancelled',
  'expired',
] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/**
 * Where a waiting row is looked for: `open` may go when it is due, `reach` waits for a free seat under the
 * daily cap, `window` until he writes, `paused` until its broadcast goes on, `unknown` for its outcome to be found
 * out. Stored as `channel.waiting`.
 */
export type Waiting = 'open' | 'reach' | 'window' | 'paused' | 'unknown';

/** What is to be said, as keys and parameters: rendered when it leaves, in the language and for the channel of then. */
export interface Say {
  parts: Part[];
  options?: Option[];
  picture?: Picture;
  link?: Link;
  /** What is said instead where he can't answer. */
  standalone?: Part[];
  discreet?: Part[];
}

export interface OutboxRow {
  /** The effect's id `participant:sequence:index`; a fallback's ends in `~channel`. */
  _id: string;
  participantId: string;
  channel: ChannelId;
  /** On that channel; absent once he is erased and the last message has left. */
  address?: string;
  medium: Medium;
  language?: Language;
  say?: Say;
  purpose: Purpose;
  /** PRIORITY of the purpose; the first part of a participant's own order. */
  priority: number;
  /** The step that asked for it and the place within that step: the rest of a participant's own order. */
  sequence: number;
  index: number;
  state: OutboxState;
  /** Present while the row can still leave: pending, leased, sending, or unknown and being looked into. */
  live?: true;
  /** `channel.waiting`, present while nobody holds the row. */
  lane?: string;
  /** The participant, present while the row is held: unique, so that he has one message in flight at most. */
  flight?: string;
  /** Goes out although he has stopped: the confirmation of the very step that stopped or erased him. */
  final?: true;
  /** His quiet hours do not hold it. */
  urgent?: true;
  dueAt: Date;
  expiresAt?: Date;
  createdAt: Date;
  /** Rejections by the provider so far. */
  attempts: number;
  /** Times it was accepted and yet not delivered. */
  resends?: number;
  /** Times its unknown outcome was looked into. */
  checks?: number;
  leaseToken?: string;
  leaseUntil?: Date;
  sender?: string;
  providerId?: string;
  /** Provider ids of earlier tries that ended undelivered: their late receipts no longer count. */
  past?: string[];
  segments?: number;
  /** WhatsApp said that his window is closed, whatever we believed. */
  outside?: true;
  error?: {
    code?: string;
    kind: FailureKind | 'rejected' | 'unknown' | 'stopped' | 'render' | 'withdrawn' | 'paused';
    reason: string;
  };
  /** Where he belongs: for figures. */
  about?: About;
  /** The broadcast that it brings him; of what was sent again or fell back only the last row carries it. */
  broadcast?: string;
  /** A voice note beside a broadcast's words: waits and goes with it, and is not counted. */
  beside?: true;
  /** When it came to each state. */
  times: Partial<Record<OutboxState, Date>>;
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<OutboxRow>(
  {
    _id: { type: String, required: true },
    participantId: { type: String, required: true },
    channel: { type: String, required: true },
    address: String,
    medium: { type: String, enum: ['whatsapp', 'sms'], required: true },
    language: { type: String, enum: [...LANGUAGES] },
    say: mixed,
    purpose: { type: String, required: true },
    priority: { type: Number, required: true, min: 0 },
    sequence: { type: Number, required: true },
    index: { type: Number, required: true },
    state: { type: String, enum: OUTBOX_STATES, required: true },
    live: Boolean,
    lane: String,
    flight: String,
    final: Boolean,
    urgent: Boolean,
    dueAt: { type: Date, required: true },
    expiresAt: Date,
    createdAt: { type: Date, required: true },
    attempts: { type: Number, required: true, min: 0 },
    resends: Number,
    checks: Number,
    leaseToken: String,
    leaseUntil: Date,
    sender: String,
    providerId: String,
    past: { type: [String], default: undefined },
    segments: Number,
    outside: Boolean,
    error: mixed,
    about: mixed,
    broadcast: String,
    beside: Boolean,
    times: { type: mixed, required: true },
  },
  { collection: 'outbox', versionKey: false, strict: 'throw', minimize: false, autoIndex: false },
);

/** Only rows that have the field: most are finished and carry none of these. */
const where = (field: string, more = {}) => ({
  partialFilterExpression: { ...more, [field]: { $exists: true } },
});

/** What may leave next: a lane, a priority, and then whoever has waited longest. */
schema.index({ lane: 1, priority: 1, dueAt: 1 }, where('lane'));
/** All that still waits for a participant (his order, a withdrawal, his window opening), and all of his. */
schema.index({ participantId: 1, live: 1 });
schema.index({ leaseUntil: 1 }, where('leaseUntil'));
schema.index({ expiresAt: 1 }, where('expiresAt', { live: true }));
schema.index({ flight: 1 }, { unique: true, sparse: true });
schema.index({ providerId: 1 }, { unique: true, sparse: true });
/** How a broadcast stands, and whom it has not reached. */
schema.index({ broadcast: 1, participantId: 1 }, where('broadcast'));
/** What is too old to be kept (no TTL index: that would go by the server's clock, not by a simulated one). */
schema.index({ createdAt: 1 });

/** The outbox on a connection. Indexes are made by `createIndexes()` on start. */
export function outboxModel(connection: Connection): Model<OutboxRow> {
  return (
    (connection.models.Outbox as Model<OutboxRow> | undefined) ??
    connection.model<OutboxRow>('Outbox', schema)
  );
}
