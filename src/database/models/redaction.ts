/** His messages that a provider is asked to forget: nothing but their ids, gone once it has. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelId } from '../../channels/channel';

export interface RedactionRow {
  /** The provider's id of his message. */
  _id: string;
  channel: ChannelId;
  createdAt: Date;
  /** When it is tried (again); absent once it was given up. */
  dueAt?: Date;
  attempts: number;
}

const schema = new Schema<RedactionRow>(
  {
    _id: { type: String, required: true },
    channel: { type: String, required: true },
    createdAt: { type: Date, required: true },
    dueAt: Date,
    attempts: { type: Number, required: true, min: 0 },
  },
  { collection: 'redactions', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });

/** The redactions on a connection. */
export function redactionModel(connection: Connection): Model<RedactionRow> {
  return (
    (connection.models.Redaction as Model<RedactionRow> | undefined) ??
    connection.model<RedactionRow>('Redaction', schema)
  );
}
