/** A group: one mentor's 18–25 Saathis. Who is in it stands here; a participant's profile only repeats it. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface Member {
  /** 1–25, his for as long as he is in the group. */
  number: number;
  participantId: string;
  since: Date;
  /** When he last said that he would like to talk to his mentor, whether with his phone number, and the order. */
  talkWanted?: { at: Date; withPhone: boolean; order: string };
  /** When the mentor last had it asked how he is, and by which order. */
  askedAfter?: { at: Date; order: string };
}

/** Of two members: sought (nobody in `to`), asked (`to` has not answered), or on (`since`). */
export interface Jodi {
  id: string;
  by: string;
  to?: string;
  at: Date;
  since?: Date;
}

export interface GroupDocument {
  /** The code that men write to join: 4–8 letters and digits, at least one digit, no look-alikes. */
  _id: string;
  name: string;
  /** Empty once its mentor has been erased, until another takes it over. */
  mentorId: string;
  /** Ids from content/geography.yaml; those of its mentor when it was made. */
  state?: string;
  district?: string;
  partner?: string;
  network?: string;
  createdAt: Date;
  members: Member[];
  /** It was offered to another mentor; `answered` is the order by which he answered. */
  offer?: { from: string; to: string; at: Date; answered?: string; taken?: boolean };
  /** Who looks for a partner among them, who has been asked, and who are a jodi. */
  jodis?: Jodi[];
  /** Counts changes; every write is conditional on it. */
  revision: number;
  /** The order that made it: carried out twice it makes one group. */
  madeBy: string;
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<GroupDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    mentorId: { type: String, default: '' },
    state: String,
    district: String,
    partner: String,
    network: String,
    createdAt: { type: Date, required: true },
    members: { type: [mixed], required: true } as never,
    offer: mixed,
    jodis: { type: [mixed], default: undefined } as never,
    revision: { type: Number, required: true },
    madeBy: { type: String, required: true },
  },
  { collection: 'groups', versionKey: false, strict: 'throw', autoIndex: false },
);

/** Each step of a mentor looks here for what he may see. */
schema.index({ mentorId: 1, createdAt: 1 });
/** Where somebody is a member. */
schema.index({ 'members.participantId': 1 });

/** The groups on a connection. */
export function groupModel(connection: Connection): Model<GroupDocument> {
  return (
    (connection.models.Group as Model<GroupDocument> | undefined) ??
    connection.model<GroupDocument>('Group', schema)
  );
}
