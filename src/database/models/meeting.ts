/** A group's meeting: when, where, and afterwards who came. Who will come stands with each member himself. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { Reminder } from '../../conversation/meeting-draft';

/** Who came, as it was said once; a later one corrects it. */
export interface AttendanceNote {
  /** The order that said it: carried out twice it counts once. */
  order: string;
  at: Date;
  /** Participants' ids. */
  present: string[];
  guests: number;
}

export interface MeetingDocument {
  _id: string;
  group: string;
  mentorId: string;
  /** When it begins. */
  at: Date;
  place: string;
  reminders: Reminder[];
  state: 'called' | 'cancelled' | 'held';
  /** When those concerned are told of its latest state. */
  tellAt: Date;
  /** Counts changes of time, place or state: what was to be said of an earlier one is taken back. */
  revision: number;
  createdAt: Date;
  /** Orders that have changed it: carried out twice each changes it once. */
  orders: string[];
  attendance: AttendanceNote[];
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<MeetingDocument>(
  {
    _id: { type: String, required: true },
    group: { type: String, required: true },
    mentorId: { type: String, required: true },
    at: { type: Date, required: true },
    place: { type: String, required: true },
    reminders: { type: [String], required: true },
    state: { type: String, enum: ['called', 'cancelled', 'held'], required: true },
    tellAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    orders: { type: [String], required: true },
    attendance: { type: [mixed], required: true } as never,
  },
  { collection: 'meetings', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Each step of a mentor looks here for the meetings of his groups. */
schema.index({ group: 1, at: -1 });

/** The meetings on a connection. */
export function meetingModel(connection: Connection): Model<MeetingDocument> {
  return (
    (connection.models.Meeting as Model<MeetingDocument> | undefined) ??
    connection.model<MeetingDocument>('Meeting', schema)
  );
}
