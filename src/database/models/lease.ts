/** A thing that only one process may hold at a time (a WhatsApp Web session, say), by name. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface LeaseRow {
  /** What is held, e.g. `whatsapp-web`. */
  _id: string;
  /** Whoever holds it: random for each holding, so that an old holder can't be mistaken for the new one. */
  token: string;
  until: Date;
}

const schema = new Schema<LeaseRow>(
  {
    _id: { type: String, required: true },
    token: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'leases', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Leases on a connection: one small row each. */
export function leaseModel(connection: Connection): Model<LeaseRow> {
  return (
    (connection.models.Lease as Model<LeaseRow> | undefined) ?? connection.model<LeaseRow>('Lease', schema)
  );
}
