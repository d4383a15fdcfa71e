/** Reflections: a Saathi's own words, kept for him alone. No statistic and no export reads this collection. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface ReflectionRow {
  /** The effect's id. */
  _id: string;
  participantId: string;
  at: Date;
  week: number;
  text?: string;
  voiceRef?: string;
  /** Id of the key that `text` and `voiceRef` are sealed with; absent on rows from before they were sealed. */
  key?: string;
}

const schema = new Schema<ReflectionRow>(
  {
    _id: { type: String, required: true },
    participantId: { type: String, required: true },
    at: { type: Date, required: true },
    week: { type: Number, required: true },
    text: String,
    voiceRef: String,
    key: String,
  },
  { collection: 'reflections', versionKey: false, strict: 'throw', autoIndex: false },
);

schema.index({ participantId: 1, at: 1 });
/** What is too old to be kept. */
schema.index({ at: 1 });
/** What is still sealed with an earlier key. */
schema.index({ key: 1 });

/** The reflections on a connection. */
export function reflectionModel(connection: Connection): Model<ReflectionRow> {
  return (
    (connection.models.Reflection as Model<ReflectionRow> | undefined) ??
    connection.model<ReflectionRow>('Reflection', schema)
  );
}
