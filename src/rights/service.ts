/** The rights of one installation, wired once: found by id or number, shown, erased, let go in time. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from 'mongoose';
import type { Audit } from '../audit';
import type { Clock } from '../clock';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import { whoHas, type Outgoing } from '../people';
import type { Vault } from '../vault';
import { ERASED_FILE, erasedIds, erasureOf } from './erasure';
import { holdingsOf, type Holdings } from './holdings';
import { keepRetention, type Gone, type Retention } from './retention';

export interface RightsParts {
  connection: Connection;
  vault: Vault;
  clock: Clock;
  audit: Pick<Audit, 'trim'>;
  retention: Retention;
  /** Where the ids of the erased are noted. */
  dataDir: string;
  /** What stands for a participant among the cases (src/care). */
  askerOf: (participantId: string) => string;
  /** Hands effects to delivery. */
  relay: (batch: Outgoing[]) => Promise<void>;
}

export interface Rights {
  /** @param phone `+919800000001`; otherwise an id is looked for */
  find(who: { id: string } | { phone: string }): Promise<ParticipantDocument | undefined>;
  /** All that is kept of him; undefined when there is nobody of that id. */
  holdings(id: string): Promise<Holdings | undefined>;
  /** Erases him as his own DELETE does, without a goodbye. */
  erase(document: ParticipantDocument): Promise<void>;
  /**
   * Erases again whoever was erased before and is here all the same, out of a restored backup.
   * @returns how many
   */
  eraseAgain(): Promise<number>;
  /** How many that were so far. */
  readonly erasedAgain: number;
  /** A round of retention. */
  letGo(): Promise<Gone>;
}

/** Ids asked for at once. */
const AT_A_TIME = 500;

export function createRights(parts: RightsParts): Rights {
  const { connection, vault, clock, dataDir, relay } = parts;
  const participants = participantModel(connection);
  const erase = (document: ParticipantDocument) => relay([erasureOf(document, clock.now())]);
  let erasedAgain = 0;
  return {
    get erasedAgain() {
      return erasedAgain;
    },
    find: async (who) =>
      'phone' in who
        ? whoHas(participants, who.phone)
        : ((await participants.findById(who.id).lean<ParticipantDocument>()) ?? undefined),
    holdings: (id) => holdingsOf(connection, vault, id, parts.askerOf(id)),
    erase,
    async eraseAgain() {
      const ids = await notedIn(dataDir);
      let count = 0;
      for (let from = 0; from < ids.length; from += AT_A_TIME) {
        const back = await participants
          .find({ _id: { $in: ids.slice(from, from + AT_A_TIME) } })
          .lean<ParticipantDocument[]>();
        for (const document of back) await erase(document);
        count += back.length;
      }
      erasedAgain += count;
      return count;
    },
    letGo: () => keepRetention({ connection, clock, retention: parts.retention, audit: parts.audit, erase }),
  };
}

async function notedIn(dataDir: string): Promise<string[]> {
  try {
    return erasedIds(await readFile(path.join(dataDir, ERASED_FILE), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
