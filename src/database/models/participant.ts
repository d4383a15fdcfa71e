/** A participant: one document, one atomic write per inbound message. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelId } from '../../channels/channel';
import type { StoredEffect } from '../../conversation/effect';
import type { Participant } from '../../conversation/participant';

export interface Identity {
  /** `whatsapp +919800000001`, unique over all participants. */
  key: string;
  channel: ChannelId;
  address: string;
  /** WhatsApp's business-scoped user id, where it came with the number. */
  userId?: string;
  since: Date;
  /** Nothing is sent here until he writes from here again. */
  closed?: 'opted-out' | 'unreachable';
  /** He agreed, then, to be reached here when the address that he writes from fails. */
  agreedAt?: Date;
}

export interface ParticipantDocument extends Omit<Participant, 'id'> {
  _id: string;
  identities: Identity[];
  /** Key of the identity he last wrote from: there he is answered. */
  current: string;
  /** The last inbound message ids: a duplicate is dropped. */
  recent: string[];
  /** The last signals' ids: one that comes again has no second effect. */
  signals?: string[];
  /** What the last steps asked for and nobody has carried out yet. */
  effects: StoredEffect[];
  /** Present while there are such effects: the moment of the oldest. */
  unrelayedSince?: Date;
  /** When his earliest timer is due; absent when he has none. */
  nextDue?: Date;
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<ParticipantDocument>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true, min: 0 },
    status: { type: String, enum: ['joining', 'active', 'stopped', 'gone'], required: true },
    profile: { type: mixed, required: true },
    consents: { type: [mixed], required: true } as never,
    lessons: { type: [mixed], required: true } as never,
    pledges: { type: [mixed], required: true } as never,
    lastHeardAt: Date,
    lastStop: Number,
    createdAt: { type: Date, required: true },
    conversation: { type: mixed, required: true },
    identities: { type: [mixed], required: true } as never,
    current: { type: String, required: true },
    recent: { type: [String], required: true },
    signals: { type: [String], default: undefined },
    roles: mixed,
    invited: mixed,
    meeting: mixed,
    effects: { type: [mixed], required: true } as never,
    unrelayedSince: Date,
    nextDue: Date,
  },
  { collection: 'participants', versionKey: false, strict: 'throw', minimize: false, autoIndex: false },
);

/** Every inbound message looks him up here. */
schema.index({ 'identities.key': 1 }, { unique: true });
/** An audience is a group (broadcasts) … */
schema.index({ 'profile.group': 1 }, { partialFilterExpression: { 'profile.group': { $exists: true } } });
/** … and those who answer for an area are few. */
schema.index(
  { 'roles.coordinator.level': 1 },
  { partialFilterExpression: { 'roles.coordinator.level': { $exists: true } } },
);
/** Every tick looks here for what is due … */
schema.index({ nextDue: 1 }, { partialFilterExpression: { nextDue: { $exists: true } } });
/** … and here for what a crash left behind. */
schema.index({ unrelayedSince: 1 }, { partialFilterExpression: { unrelayedSince: { $exists: true } } });

/** Who fell silent while joining, and who stopped long ago: what retention looks for. */
schema.index({ lastHeardAt: 1 }, { partialFilterExpression: { status: 'joining' } });
schema.index({ lastHeardAt: 1, status: 1 }, { partialFilterExpression: { status: 'stopped' } });

/** Officers of a place, who are told of its cases. */
schema.index({ 'roles.officer.place': 1 }, { sparse: true });

/** The participants on a connection. Indexes are made by `createIndexes()` on start. */
export function participantModel(connection: Connection): Model<ParticipantDocument> {
  return (
    (connection.models.Participant as Model<ParticipantDocument> | undefined) ??
    connection.model<ParticipantDocument>('Participant', schema)
  );
}
