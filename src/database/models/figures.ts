/** Figures of a period for one cut, derived from the journal and the outbox: can be thrown away and made again. */
import { Schema, type Connection, type Model } from 'mongoose';

export interface FiguresRow {
  /** `week 2026-W03 state:UP language:hi` */
  _id: string;
  kind: 'week' | 'month';
  period: string;
  area: string;
  /** Empty for the whole of the area. */
  facet: string;
  /** Only what is not nought. */
  counts: Record<string, number>;
  /** Week of the lesson → its funnel and its answers (`option0` …). */
  lessons?: Record<string, Record<string, number>>;
  /** Journal type → kind → how many. */
  kinds?: Record<string, Record<string, number>>;
  /** When it was worked out. */
  madeAt: Date;
}

const mixed = Schema.Types.Mixed;
const schema = new Schema<FiguresRow>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['week', 'month'], required: true },
    period: { type: String, required: true },
    area: { type: String, required: true },
    facet: { type: String, default: '' },
    counts: { type: mixed, required: true },
    lessons: mixed,
    kinds: mixed,
    madeAt: { type: Date, required: true },
  },
  { collection: 'figures', versionKey: false, strict: 'throw', minimize: false, autoIndex: false },
);

/** One cut over time … */
schema.index({ area: 1, facet: 1, kind: 1, period: 1 });
/** … and all cuts of a period, for tables and when it is made again. */
schema.index({ kind: 1, period: 1, facet: 1, area: 1 });

/** The figures on a connection. */
export function figuresModel(connection: Connection): Model<FiguresRow> {
  return (
    (connection.models.Figures as Model<FiguresRow> | undefined) ??
    connection.model<FiguresRow>('Figures', schema)
  );
}
