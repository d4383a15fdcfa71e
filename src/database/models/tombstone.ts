/**
 * What is left of somebody who was erased: keyed hashes of his last message ids, for two days, so that a
 * provider's repeated webhook does not begin a new conversation with a man who has just left.
 */
import { Schema, type Connection, type Model } from 'mongoose';

export interface Tombstone {
  /** Keyed hash of an inbound message id. */
  _id: string;
  at: Date;
}

/** Providers repeat webhooks for hours, not days (facts: courier remembers 24–48 h). */
const KEPT_SECONDS = 48 * 3600;

const schema = new Schema<Tombstone>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'tombstones', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** The tombstones on a connection. */
export function tombstoneModel(connection: Connection): Model<Tombstone> {
  return (
    (connection.models.Tombstone as Model<Tombstone> | undefined) ??
    connection.model<Tombstone>('Tombstone', schema)
  );
}
