/** What all processes must agree on about a sender: when it may send next, and whether it works. */
import { Schema, type Connection, type Model } from 'mongoose';

/** A circuit that is open: nothing leaves until a probe gets through. */
export interface Circuit {
  since: Date;
  /** From then on one message may try. */
  probeAt: Date;
  /** Probes that failed, plus one. */
  failures: number;
  code?: string;
  reason: string;
}

export interface SenderRow {
  /** The channel's `sender`, e.g. `twilio-whatsapp`. */
  _id: string;
  /** Theoretical arrival time of the next message (GCRA), the shared token bucket. */
  nextSlotAt: Date;
  /** The provider asked for a pause (429). */
  pausedUntil?: Date;
  circuit?: Circuit;
  /** An operator has paused it, then: nothing is claimed for it until he resumes it. */
  paused?: Date;
}

const schema = new Schema<SenderRow>(
  {
    _id: { type: String, required: true },
    nextSlotAt: { type: Date, required: true },
    pausedUntil: Date,
    paused: Date,
    circuit: {
      type: new Schema<Circuit>(
        {
          since: { type: Date, required: true },
          probeAt: { type: Date, required: true },
          failures: { type: Number, required: true },
          code: String,
          reason: { type: String, required: true },
        },
        { _id: false },
      ),
    },
  },
  { collection: 'senders', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Senders on a connection: one small row each. */
export function senderModel(connection: Connection): Model<SenderRow> {
  return (
    (connection.models.Sender as Model<SenderRow> | undefined) ??
    connection.model<SenderRow>('Sender', schema)
  );
}
