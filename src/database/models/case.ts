/** A case: what whoever answers a call for help must know, without a word of what was told and without a link to him. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelId } from '../../channels/channel';
import type { Tier } from '../../content/model';
import type { CaseRequest, Outcome } from '../../conversation/case';

export interface CaseDocument extends Pick<
  CaseRequest,
  'kind' | 'topic' | 'state' | 'district' | 'urgency' | 'reach' | 'time'
> {
  /** A keyed hash of the order that opened it: carried out twice it opens one. */
  _id: string;
  /** A keyed hash of who asked, so that he can take it back; gone once it is closed. */
  asker?: string;
  /** Sealed: his name, number and evidence of his yes. Gone once it is closed. */
  contact?: string;
  /** Id of the key that it is sealed with. */
  key?: string;
  /** For figures. */
  channel: ChannelId;
  /** Whose it is now: the officers of this tier … */
  tier: Tier;
  /** … and this place, a district or a state. */
  place: string;
  status: 'open' | 'acknowledged' | 'closed';
  openedAt: Date;
  /** When it rises unless somebody has answered; absent once it is closed. */
  dueAt?: Date;
  /** Present until the officers of its tier and place have been told. */
  untold?: true;
  /** Who has it: a participant's id. */
  officer?: string;
  acknowledgedAt?: Date;
  closedAt?: Date;
  outcome?: Outcome;
}

const schema = new Schema<CaseDocument>(
  {
    _id: { type: String, required: true },
    asker: String,
    contact: String,
    key: String,
    channel: { type: String, required: true },
    kind: { type: String, required: true },
    topic: { type: String, required: true },
    state: { type: String, required: true },
    district: String,
    urgency: { type: String, required: true },
    reach: { type: String, required: true },
    time: String,
    tier: { type: String, required: true },
    place: { type: String, required: true },
    status: { type: String, enum: ['open', 'acknowledged', 'closed'], required: true },
    openedAt: { type: Date, required: true },
    dueAt: Date,
    untold: Boolean,
    officer: String,
    acknowledgedAt: Date,
    closedAt: Date,
    outcome: String,
  },
  { collection: 'cases', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Each step of an officer looks here for what he may see. */
schema.index({ place: 1, tier: 1, status: 1, openedAt: 1 });
/** What he who asked takes back. */
schema.index({ asker: 1 }, { sparse: true });
/** Every tick looks here for what nobody has answered … */
schema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
/** … and here for officers who have not been told. */
schema.index({ untold: 1 }, { partialFilterExpression: { untold: { $exists: true } } });

/** The cases on a connection. */
export function caseModel(connection: Connection): Model<CaseDocument> {
  return (
    (connection.models.Case as Model<CaseDocument> | undefined) ??
    connection.model<CaseDocument>('Case', schema)
  );
}
