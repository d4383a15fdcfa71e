/** A broadcast: one message to an audience, from its draft to what became of it. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { BroadcastCounts, MediaKind } from '../../conversation/broadcast';
import type { Language } from '../../conversation/participant';

export type BroadcastState = 'draft' | 'scheduled' | 'sending' | 'paused' | 'done' | 'cancelled';

/** Who sends it: somebody from his own chat, or an operator by the name he signs with. */
export type BroadcastAuthor =
  { hat: 'mentor' | 'coordinator'; participantId: string } | { hat: 'campaign'; operator: string };

/** Where its author may reach; the audience lies within it whatever he asks. Empty: everywhere. */
export interface BroadcastScope {
  groups?: string[];
  state?: string;
  district?: string;
}

/** When it falls due for each man by himself: see src/programme/occasion.ts. */
export interface BroadcastOccasion {
  on: { own: 'joined' } | { day: string } | { date: string };
  offsetDays: number;
  hour: number;
}

/** What it asks of a conversation: to be interrupted, to be free, or nothing at all. */
export type BroadcastMode = 'interrupt' | 'free' | 'passive';

export interface BroadcastDocument {
  /** The id of the order that made it: ordered twice it is there once. */
  _id: string;
  by: BroadcastAuthor;
  /** Under which name it comes. */
  name: string;
  /** As `audienceSchema` of src/programme/audience.ts takes it. */
  audience: object;
  scope: BroadcastScope;
  /** Places in which coordinators see it: ids of content/geography.yaml, and `all` where it knows no borders. */
  areas: string[];
  /** In his language where it is there, otherwise in the first. */
  words: Partial<Record<Language, string>>;
  /** The provider's reference until it has been fetched, then what it is. */
  media?: { kind: MediaKind; ref?: string; contentType?: string };
  mode: BroadcastMode;
  state: BroadcastState;
  /** What it was when it was paused. */
  pausedFrom?: 'scheduled' | 'sending' | 'done';
  createdAt: Date;
  /** When it was confirmed: counts towards the author's day. */
  confirmedAt?: Date;
  /** When it begins to leave. */
  startsAt?: Date;
  occasion?: BroadcastOccasion;
  startedAt?: Date;
  finishedAt?: Date;
  /** The last of the audience that it was handed to. */
  cursor?: string;
  /** How many it was handed to. */
  told: number;
  /** Those for whom its occasion is past. */
  passedOver: number;
  /** How often those whom it did not reach were tried again. */
  retries: number;
  /** The last whom the present retry has come to. */
  retryCursor?: string;
  /** Signals that have not fired are being taken back, so far. */
  withdrawCursor?: string;
  counts?: BroadcastCounts;
  countedAt?: Date;
  /** When there is something to do for it next; absent when there is nothing more. */
  dueAt?: Date;
  /** Counts changes; every write is conditional on it. */
  revision: number;
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<BroadcastDocument>(
  {
    _id: { type: String, required: true },
    by: { type: mixed, required: true } as never,
    name: { type: String, default: '' },
    audience: { type: mixed, required: true },
    scope: { type: mixed, required: true },
    areas: { type: [String], required: true },
    words: { type: mixed, required: true },
    media: mixed,
    mode: { type: String, enum: ['interrupt', 'free', 'passive'], required: true },
    state: {
      type: String,
      enum: ['draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled'],
      required: true,
    },
    pausedFrom: String,
    createdAt: { type: Date, required: true },
    confirmedAt: Date,
    startsAt: Date,
    occasion: mixed,
    startedAt: Date,
    finishedAt: Date,
    cursor: String,
    told: { type: Number, required: true },
    passedOver: { type: Number, required: true },
    retries: { type: Number, required: true },
    retryCursor: String,
    withdrawCursor: String,
    counts: mixed,
    countedAt: Date,
    dueAt: Date,
    revision: { type: Number, required: true },
  },
  { collection: 'broadcasts', versionKey: false, strict: 'throw', minimize: false, autoIndex: false },
);

/** Every tick looks here for what is to be done. */
schema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
/** What somebody has sent, and how much of it today. */
schema.index({ 'by.participantId': 1, createdAt: -1 });
/** What was sent in an area, and in all of them. */
schema.index({ areas: 1, createdAt: -1 });
schema.index({ createdAt: -1 });

/** The broadcasts on a connection. */
export function broadcastModel(connection: Connection): Model<BroadcastDocument> {
  return (
    (connection.models.Broadcast as Model<BroadcastDocument> | undefined) ??
    connection.model<BroadcastDocument>('Broadcast', schema)
  );
}
