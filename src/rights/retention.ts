/** What is kept no longer than it is needed: gone by kind, in bounded batches, whenever the tick looks. */
import type { Connection, Model } from 'mongoose';
import type { Audit } from '../audit';
import type { Clock } from '../clock';
import { broadcastMediaModel } from '../database/models/broadcast-media';
import { erasureModel } from '../database/models/erasure';
import { journalModel } from '../database/models/journal';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import { reflectionModel } from '../database/models/reflection';

/** Days by kind; Infinity: for good. The outbox sweeps its own rows. */
export type Retention = Record<
  'journal' | 'reflections' | 'unfinished' | 'stopped' | 'audit' | 'erased',
  number
>;

export interface RetentionParts {
  connection: Connection;
  clock: Clock;
  retention: Retention;
  audit: Pick<Audit, 'trim'>;
  /** Forgets a person wholly, as DELETE does. */
  erase: (document: ParticipantDocument) => Promise<void>;
}

/** What went in one round, by kind. */
export type Gone = Record<keyof Retention | 'media', number>;

const DAY_MS = 86_400_000;
/** At most so many of a kind in a round: what is left goes in the next. */
const BATCH = 500;

/**
 * Does one round. Several processes may do it at the same time; each query has an index of its own.
 * @returns how much went; a full batch of a kind means that there is more
 */
export async function keepRetention(parts: RetentionParts): Promise<Gone> {
  const { connection, clock, retention, audit, erase } = parts;
  const now = clock.now();
  const participants = participantModel(connection);
  const journal = journalModel(connection);
  const reflections = reflectionModel(connection);
  const erasures = erasureModel(connection);
  const before = (kind: keyof Retention): Date | undefined =>
    Number.isFinite(retention[kind]) ? new Date(now.getTime() - retention[kind] * DAY_MS) : undefined;
  const gone: Gone = { media: 0, journal: 0, reflections: 0, unfinished: 0, stopped: 0, audit: 0, erased: 0 };

  for (const [kind, status] of [
    ['unfinished', 'joining'],
    ['stopped', 'stopped'],
  ] as const) {
    const at = before(kind);
    if (!at) continue;
    const found = await participants
      .find({ status, lastHeardAt: { $lt: at } })
      .sort({ lastHeardAt: 1 })
      .limit(BATCH)
      .lean<ParticipantDocument[]>();
    for (const document of found) await erase(document);
    gone[kind] = found.length;
  }
  const words = before('reflections');
  if (words) {
    const old = await oldest(reflections, { at: { $lt: words } });
    gone.reflections = old.length;
    if (old.length > 0) await reflections.deleteMany({ _id: { $in: old } });
  }
  const linked = before('journal');
  if (linked) {
    // The count stays, the link to the person goes.
    const old = await oldest(journal, { at: { $lt: linked }, participantId: { $exists: true } });
    gone.journal = old.length;
    if (old.length > 0) await journal.updateMany({ _id: { $in: old } }, { $unset: { participantId: 1 } });
  }
  const ids = before('erased');
  if (ids) {
    const old = await oldest(erasures, { at: { $lt: ids } });
    gone.erased = old.length;
    if (old.length > 0) await erasures.deleteMany({ _id: { $in: old } });
  }
  // What went with a broadcast carries its own moment: once nobody can be sent it any more.
  gone.media = (await broadcastMediaModel(connection).deleteMany({ until: { $lt: now } })).deletedCount;
  const trail = before('audit');
  if (trail) gone.audit = await audit.trim(trail, now);
  return gone;
}

/** Ids of the oldest of a kind, at most one batch. */
async function oldest<Row extends { _id: string; at: Date }>(
  model: Model<Row>,
  filter: Record<string, unknown>,
): Promise<string[]> {
  const found = await model
    .find(filter)
    .sort({ at: 1 })
    .limit(BATCH)
    .select({ _id: 1 })
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}
