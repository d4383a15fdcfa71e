/** The audit trail: who looked at or did what as operator or officer. Append-only; each entry carries the one before. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface AuditRow {
  /** 1, 2, 3 … without a gap. */
  _id: number;
  at: Date;
  /** Whose hand it was: `operator`, `officer:<participant id>`, `system`. */
  who: string;
  /** What was done, e.g. `people.exported`. */
  did: string;
  /** To what: ids and counts, never a name, a number or anybody's words. */
  what: string;
  /** Hash of the entry before; of nothing for the first. */
  previous: string;
  /** SHA-256 of this entry with `previous`. */
  hash: string;
  /** HMAC of `hash` with a key outside the database … */
  seal: string;
  /** … and that key's id. */
  key: string;
}

const text = { type: String, required: true } as const;
const schema = new Schema<AuditRow>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    who: text,
    did: text,
    what: text,
    previous: text,
    hash: text,
    seal: text,
    key: text,
  },
  { collection: 'audit', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Listing since a moment, and what is too old to be kept. */
schema.index({ at: 1 });

/** The audit trail on a connection. */
export function auditModel(connection: Connection): Model<AuditRow> {
  return (
    (connection.models.Audit as Model<AuditRow> | undefined) ?? connection.model<AuditRow>('Audit', schema)
  );
}
