/** The journal: what happened, append-only, without anybody's words. Every statistic comes from it. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelId } from '../../channels/channel';
import type { JournalType } from '../../conversation/effect';
import type { Language } from '../../conversation/participant';

/** Where somebody belongs and what he is, as far as figures are cut by it; as it was when it happened. */
export interface About {
  /** Ids of content/geography.yaml. */
  state?: string;
  district?: string;
  group?: string;
  language?: Language;
  channel: ChannelId;
  /** Month in which he finished joining, `2026-01`. */
  joined?: string;
}

export interface JournalRow {
  /** The effect's id: writing it twice is writing it once. */
  _id: string;
  /** Absent for what is counted without a link to a person. */
  participantId?: string;
  at: Date;
  type: JournalType;
  data?: Record<string, string | number | boolean>;
  about?: About;
}

const schema = new Schema<JournalRow>(
  {
    _id: { type: String, required: true },
    participantId: String,
    at: { type: Date, required: true },
    type: { type: String, required: true },
    data: Schema.Types.Mixed,
    about: Schema.Types.Mixed,
  },
  { collection: 'journal', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ at: 1 });
schema.index({ participantId: 1, at: 1 });
/** What still leads to a person, the oldest first: what retention looks for. */
schema.index({ at: 1, participantId: 1 }, { partialFilterExpression: { participantId: { $exists: true } } });

/** The journal on a connection. */
export function journalModel(connection: Connection): Model<JournalRow> {
  return (
    (connection.models.Journal as Model<JournalRow> | undefined) ??
    connection.model<JournalRow>('Journal', schema)
  );
}
