/** People: who they are, what they agreed to, and the one write that each message to us makes. */
import type { Connection } from 'mongoose';
import { insertNew } from '../database/duplicate';
import { erasureModel } from '../database/models/erasure';
import { groupModel } from '../database/models/group';
import { journalModel } from '../database/models/journal';
import { participantModel } from '../database/models/participant';
import { reflectionModel, type ReflectionRow } from '../database/models/reflection';
import { tombstoneModel } from '../database/models/tombstone';
import { toJournalRow, type Entry } from './anonymous';
import { Attention } from './attention';
import { Groups } from './groups';
import { Handover } from './handover';
import { createOrders, type OrderHandlers } from './orders';
import { withKey } from './reflections';
import { Registry, type RegistryParts } from './registry';
import { Relaying, type RelayingParts } from './relaying';
import { Signals } from './signals';
import { Views } from './views';
import { Turns, type TurnParts } from './turns';

export { aboutOf, currentAddress, placeOnly } from './document';
export { agreeToSms, withdrawSms, type FallbackResult } from './fallback';
export { reseal, sealing, withKey } from './reflections';
export { toJournalRow } from './anonymous';
export type { Outgoing } from './relaying';
export { createOrders, Registry, Relaying, Signals, Turns, type OrderHandlers };

type Own =
  | 'participants'
  | 'journal'
  | 'reflections'
  | 'tombstones'
  | 'erasures'
  | 'relaying'
  | 'isBuried'
  | 'viewOf'
  | 'groups';

export type PeopleParts = Omit<RegistryParts, Own> &
  Omit<TurnParts, Own> &
  Pick<RelayingParts, 'relay'> & { connection: Connection };

/** Orders that concern people and their groups. */
type PeoplesOrders =
  | 'create group'
  | 'join group'
  | 'remove member'
  | 'move member'
  | 'offer group'
  | 'answer group offer'
  | 'tell mentor'
  | 'ask after';

export interface People {
  turns: Turns;
  registry: Registry;
  relaying: Relaying;
  signals: Signals;
  groups: Groups;
  /** Entries and reflections as they are kept; those already there are left as they are. */
  journal: { write(entries: Entry[]): Promise<void> };
  reflections: { keep(kept: ReflectionRow[]): Promise<void> };
  /** The orders that people's own services carry out. */
  orders: Pick<OrderHandlers, PeoplesOrders>;
}

/** Wires the people's part on a connection whose indexes are made. */
export function createPeople({ connection, relay, ...parts }: PeopleParts): People {
  const participants = participantModel(connection);
  const signals = new Signals(participants);
  const grouping = { groups: groupModel(connection), participants, signals, clock: parts.clock };
  const groups = new Groups(grouping);
  const attention = new Attention(grouping);
  const views = new Views(groupModel(connection), participants, parts.clock);
  const registry = new Registry({
    participants,
    journal: journalModel(connection),
    reflections: reflectionModel(connection),
    tombstones: tombstoneModel(connection),
    erasures: erasureModel(connection),
    ...(parts.onErased && { onErased: parts.onErased }),
    groups,
    clock: parts.clock,
    secret: parts.secret,
  });
  const relaying = new Relaying({ participants, relay, onError: parts.onFault });
  const turns = new Turns({
    ...parts,
    participants,
    relaying,
    viewOf: (document) => views.of(document),
    isBuried: (id) => registry.isBuried(id),
  });
  const handover = new Handover({
    groups: groupModel(connection),
    participants,
    signals,
    clock: parts.clock,
  });
  const orders: People['orders'] = {
    'create group': (placed) => groups.create(placed),
    'join group': (placed) => groups.join(placed),
    'tell mentor': (placed) => attention.tellMentor(placed),
    'ask after': (placed) => attention.askAfter(placed),
    'remove member': (placed) => groups.remove(placed),
    'move member': (placed) => groups.move(placed),
    'offer group': (placed) => handover.offer(placed),
    'answer group offer': (placed) => handover.answer(placed),
  };
  const journal = {
    write: (entries: Entry[]) =>
      insertNew(
        journalModel(connection).collection,
        entries.map((entry) => toJournalRow(entry, parts.secret)),
      ),
  };
  const reflections = {
    keep: (kept: ReflectionRow[]) => insertNew(reflectionModel(connection).collection, kept.map(withKey)),
  };
  return { turns, registry, relaying, signals, groups, journal, reflections, orders };
}
