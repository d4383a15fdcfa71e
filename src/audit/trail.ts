/** The audit trail in the database: several processes append to one chain. */
import type { Connection } from 'mongoose';
import { isDuplicate } from '../database/duplicate';
import { auditModel, type AuditRow } from '../database/models/audit';
import { secretFrom } from '../secret';
import { rowAfter, trimmedTo, verifyRows, type Entry, type SealKeys, type Verdict } from './chain';

export interface Audit {
  /**
   * Appends an entry. Resolves once it is kept: whoever is audited does nothing before.
   * @param entry ids and counts only: it outlives the people it speaks of
   * @throws when the database does not take it
   */
  record(entry: Entry): Promise<void>;
  /** All entries since a moment, in order. */
  since(at: Date): AsyncIterable<AuditRow>;
  /** @param noted a head printed by an earlier verification, `number:hash` */
  verify(noted?: string): Promise<Verdict>;
  /** Lets the entries from before a moment go, and says so in the trail. @returns how many went */
  trim(before: Date, at: Date): Promise<number>;
}

/** Somebody else appended first, so often in a row that something must be wrong. */
const MOST_RACES = 1000;
/** Entries let go in one write. */
const BATCH = 1000;

export function createAudit(connection: Connection, keys: SealKeys): Audit {
  const model = auditModel(connection);
  let before: Promise<unknown> = Promise.resolve();

  async function append(entry: Entry): Promise<void> {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const last = await model
        .findOne()
        .sort({ _id: -1 })
        .select({ hash: 1 })
        .lean<Pick<AuditRow, '_id' | 'hash'>>();
      try {
        await model.create([rowAfter(last ?? undefined, entry, keys.current)]);
        return;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
    throw new Error('The audit trail could not be written: others always wrote first.');
  }

  const record = (entry: Entry): Promise<void> => {
    // One after the other within a process; between processes the number decides.
    const done = before.then(() => append(entry));
    before = done.catch(() => undefined);
    return done;
  };

  return {
    record,
    since: (at) =>
      model
        .find({ at: { $gte: at } })
        .sort({ _id: 1 })
        .lean<AuditRow>()
        .cursor(),
    verify: (noted) => verifyRows(model.find().sort({ _id: 1 }).lean<AuditRow>().cursor(), keys, noted),
    async trim(moment, at) {
      const last = await model
        .findOne({ at: { $lt: moment } })
        .sort({ at: -1 })
        .lean<AuditRow>();
      if (!last) return 0;
      await record({ at, who: 'system', did: 'audit.trimmed', what: trimmedTo(last) });
      let gone = 0;
      for (;;) {
        const old = await model
          .find({ _id: { $lte: last._id } })
          .sort({ _id: 1 })
          .limit(BATCH)
          .select({ _id: 1 })
          .lean();
        const { deletedCount } = await model.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
        gone += deletedCount;
        if (old.length < BATCH) return gone;
      }
    },
  };
}

/** The keys of an installation: its configured data keys, or the key file in the data folder (as the vault's). */
export function auditKeys(
  { current, earlier }: { current?: string | undefined; earlier: readonly string[] },
  dataDir: string,
): SealKeys {
  return { current: secretFrom(current, dataDir, 'data-key'), earlier };
}
