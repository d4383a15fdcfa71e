/** Pictures and voice notes that go with broadcasts, for as long as somebody may still be sent them. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface BroadcastMediaRow {
  /** The broadcast's id: it has one at most. */
  _id: string;
  contentType: string;
  bytes: Buffer;
  /** Gone after this moment. */
  until: Date;
}

const schema = new Schema<BroadcastMediaRow>(
  {
    _id: { type: String, required: true },
    contentType: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'broadcastmedia', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ until: 1 });

/** They on a connection. */
export function broadcastMediaModel(connection: Connection): Model<BroadcastMediaRow> {
  return (
    (connection.models.BroadcastMedia as Model<BroadcastMediaRow> | undefined) ??
    connection.model<BroadcastMediaRow>('BroadcastMedia', schema)
  );
}
