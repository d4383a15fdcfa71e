/**
 * Ids of people who were erased, for as long as backups are kept: a restored backup is made to forget them again. An
 * id alone leads to nobody; the same list is kept in a file apart from the database.
 */
import { Schema, type Connection, type Model } from 'mongoose';

export interface ErasureRow {
  /** The participant's id. */
  _id: string;
  at: Date;
}

const schema = new Schema<ErasureRow>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'erasures', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ at: 1 });

/** The list on a connection. */
export function erasureModel(connection: Connection): Model<ErasureRow> {
  return (
    (connection.models.Erasure as Model<ErasureRow> | undefined) ??
    connection.model<ErasureRow>('Erasure', schema)
  );
}
