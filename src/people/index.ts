/** People: who they are, what they agreed to, and the one write that each message to us makes. */
import type { Connection } from 'mongoose';
import { BROADCASTS_A_DAY } from '../conversation';
import { insertNew } from '../database/duplicate';
import { broadcastModel } from '../database/models/broadcast';
import { caseModel } from '../database/models/case';
import { erasureModel } from '../database/models/erasure';
import { groupModel } from '../database/models/group';
import { meetingModel } from '../database/models/meeting';
import { journalModel } from '../database/models/journal';
import { numberMoveModel } from '../database/models/number-move';
import { participantModel } from '../database/models/participant';
import { reflectionModel, type ReflectionRow } from '../database/models/reflection';
import { tombstoneModel } from '../database/models/tombstone';
import type { Vault } from '../vault';
import { toJournalRow, type Entry } from './anonymous';
import { Attention } from './attention';
import { Enrolment } from './enrolment';
import { Groups } from './groups';
import { Handover, type HandoverParts } from './handover';
import { Numbers } from './numbers';
import { JodiService } from './jodis';
import { createOrders, type OrderHandlers } from './orders';
import { withKey } from './reflections';
import { Registry, type RegistryParts } from './registry';
import { Relaying, type RelayingParts } from './relaying';
import { Signals } from './signals';
import { Views } from './views';
import { Turns, type TurnParts } from './turns';

export { addresseeOf, seenBy, sentToday } from './broadcasts';
export { aboutOf, currentAddress, placeOnly } from './document';
export { Enrolment, type EnrolmentResult } from './enrolment';
export { Groups } from './groups';
export { Handover } from './handover';
export { joinLink } from './join-link';
export { whoHas } from './phones';
export { NoRoll, reader, readRoll, ROLES, type Enrolled, type Roll, type Row } from './roll';
export { agreeToSms, withdrawSms, type FallbackResult } from './fallback';
export { groupAnswers } from './group-answers';
export { reseal, sealing, withKey } from './reflections';
export { keyedHash, toJournalRow, type Entry } from './anonymous';
export type { Outgoing } from './relaying';
export { createOrders, Registry, Relaying, Signals, Turns, type OrderHandlers };

type Own =
  | 'participants'
  | 'journal'
  | 'reflections'
  | 'tombstones'
  | 'erasures'
  | 'broadcasts'
  | 'relaying'
  | 'isBuried'
  | 'viewOf'
  | 'groups'
  | 'jodis';

export type PeopleParts = Omit<RegistryParts, Own> &
  Omit<TurnParts, Own> &
  Pick<RelayingParts, 'relay'> & {
    connection: Connection;
    vault: Pick<Vault, 'seal'>;
    /** A group has gone to another mentor. */
    onTaken?: HandoverParts['onTaken'];
    /** Our WhatsApp sender, `+919800000001`, where there is one that can be written to by number. */
    whatsappNumber?: string | undefined;
    /** How many broadcasts one may send in 24 hours. */
    broadcastsADay?: { mentor: number; coordinator: number };
  };

/** Orders that concern people and their groups. */
type PeoplesOrders =
  | 'create group'
  | 'join group'
  | 'remove member'
  | 'move member'
  | 'offer group'
  | 'answer group offer'
  | 'vouch for number'
  | 'claim number'
  | 'invite mentor'
  | 'tell mentor'
  | 'ask after'
  | 'seek jodi'
  | 'answer jodi'
  | 'confirm jodi'
  | 'tell jodi'
  | 'end jodi';

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
export function createPeople({ connection, relay, vault, ...parts }: PeopleParts): People {
  const participants = participantModel(connection);
  const signals = new Signals(participants);
  const grouping = { groups: groupModel(connection), participants, signals, clock: parts.clock };
  const groups = new Groups(grouping);
  const attention = new Attention({ ...grouping, vault });
  const jodis = new JodiService(grouping);
  const views = new Views({
    ...grouping,
    cases: caseModel(connection),
    meetings: meetingModel(connection),
    mediumAt: (from) => parts.mediumOf({ from }),
    broadcasts: broadcastModel(connection),
    whatsappNumber: parts.whatsappNumber,
    aDay: parts.broadcastsADay ?? BROADCASTS_A_DAY,
  });
  const registry = new Registry({
    participants,
    journal: journalModel(connection),
    reflections: reflectionModel(connection),
    tombstones: tombstoneModel(connection),
    erasures: erasureModel(connection),
    ...(parts.onErased && { onErased: parts.onErased }),
    broadcasts: broadcastModel(connection),
    groups,
    jodis,
    clock: parts.clock,
    forgetCases: parts.forgetCases,
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
    onTaken: parts.onTaken,
  });
  const numbers = new Numbers({
    groups: groupModel(connection),
    participants,
    moves: numberMoveModel(connection),
    signals,
    clock: parts.clock,
    secret: parts.secret,
    erase: (id) => registry.erase(id),
  });
  const enrolment = new Enrolment({ participants, signals, makeId: parts.makeId, zone: parts.zone });
  const orders: People['orders'] = {
    'create group': (placed) => groups.create(placed),
    'join group': (placed) => groups.join(placed),
    'tell mentor': (placed) => attention.tellMentor(placed),
    'ask after': (placed) => attention.askAfter(placed),
    'remove member': (placed) => groups.remove(placed),
    'move member': (placed) => groups.move(placed),
    'offer group': (placed) => handover.offer(placed),
    'answer group offer': (placed) => handover.answer(placed),
    'vouch for number': (placed) => numbers.vouch(placed),
    'claim number': (placed) => numbers.claim(placed),
    'invite mentor': (placed) => enrolment.inviteMentor(placed),
    'seek jodi': (placed) => jodis.seek(placed),
    'answer jodi': (placed) => jodis.answer(placed),
    'confirm jodi': (placed) => jodis.confirm(placed),
    'tell jodi': (placed) => jodis.tell(placed),
    'end jodi': (placed) => jodis.end(placed),
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
