/** A changed number for which a mentor vouches, until the new phone confirms it with the code. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface NumberMove {
  /** The new number, `+919800000001`: vouched for anew, the later one counts. */
  _id: string;
  code: string;
  /** Whose number it is to be. */
  participantId: string;
  /** The mentor who vouches. */
  by: string;
  at: Date;
  /** Wrong codes so far. */
  tries: number;
}

const schema = new Schema<NumberMove>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    participantId: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    tries: { type: Number, required: true },
  },
  { collection: 'numberMoves', versionKey: false, strict: 'throw', autoIndex: false },
);

/** What is too old is cleared away by it. */
schema.index({ at: 1 });
/** Whoever is erased takes what was vouched for him along. */
schema.index({ participantId: 1 });

/** The changed numbers on a connection. */
export function numberMoveModel(connection: Connection): Model<NumberMove> {
  return (
    (connection.models.NumberMove as Model<NumberMove> | undefined) ??
    connection.model<NumberMove>('NumberMove', schema)
  );
}
