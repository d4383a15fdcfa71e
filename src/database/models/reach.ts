/**
 * Seats under WhatsApp's cap on people reached outside the 24-hour window (facts: 250 unique users per
 * rolling 24 hours for a new portfolio). A seat is taken for 24 hours by one participant.
 */
import { Schema, type Connection, type Model } from 'mongoose';

export interface ReachRow {
  /** `sender:seat`. */
  _id: string;
  sender: string;
  seat: number;
  participantId: string;
  /** The seat is free from then on. */
  until: Date;
}

const schema = new Schema<ReachRow>(
  {
    _id: { type: String, required: true },
    sender: { type: String, required: true },
    seat: { type: Number, required: true, min: 0 },
    participantId: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'reach', versionKey: false, strict: 'throw', autoIndex: false },
);
schema.index({ sender: 1, participantId: 1 });
schema.index({ sender: 1, until: 1 });

/** The seats on a connection. */
export function reachModel(connection: Connection): Model<ReachRow> {
  return (
    (connection.models.Reach as Model<ReachRow> | undefined) ?? connection.model<ReachRow>('Reach', schema)
  );
}
