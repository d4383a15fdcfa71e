/** People: who they are, what they agreed to, and the one write that each message to us makes. */
import type { Connection } from 'mongoose';
import { journalModel } from '../database/models/journal';
import { participantModel } from '../database/models/participant';
import { reflectionModel } from '../database/models/reflection';
import { tombstoneModel } from '../database/models/tombstone';
import { Registry, type RegistryParts } from './registry';
import { Relaying, type RelayingParts } from './relaying';
import { Turns, type TurnParts } from './turns';

export { aboutOf, placeOnly } from './document';
export { agreeToSms, withdrawSms, type FallbackResult } from './fallback';
export { reseal, sealing, withKey } from './reflections';
export { toJournalRow } from './anonymous';
export type { Outgoing } from './relaying';
export { Registry, Relaying, Turns };

type Own = 'participants' | 'journal' | 'reflections' | 'tombstones' | 'relaying' | 'isBuried';

export type PeopleParts = Omit<RegistryParts, Own> &
  Omit<TurnParts, Own> &
  Pick<RelayingParts, 'relay'> & { connection: Connection };

export interface People {
  turns: Turns;
  registry: Registry;
  relaying: Relaying;
}

/** Wires the people's part on a connection whose indexes are made. */
export function createPeople({ connection, relay, ...parts }: PeopleParts): People {
  const participants = participantModel(connection);
  const registry = new Registry({
    participants,
    journal: journalModel(connection),
    reflections: reflectionModel(connection),
    tombstones: tombstoneModel(connection),
    clock: parts.clock,
    secret: parts.secret,
  });
  const relaying = new Relaying({ participants, relay, onError: parts.onFault });
  const turns = new Turns({ ...parts, participants, relaying, isBuried: (id) => registry.isBuried(id) });
  return { turns, registry, relaying };
}
