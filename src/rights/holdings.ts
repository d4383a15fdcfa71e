/** All that is kept of one person, gathered from every collection that holds something of him, his words opened. */
import type { Connection } from 'mongoose';
import type { Consent, LessonProgress, Pledge, Profile, Roles, Status } from '../conversation';
import { groupModel, type GroupDocument } from '../database/models/group';
import { journalModel, type JournalRow } from '../database/models/journal';
import { outboxModel, type OutboxRow } from '../database/models/outbox';
import { participantModel, type Identity, type ParticipantDocument } from '../database/models/participant';
import { reflectionModel, type ReflectionRow } from '../database/models/reflection';
import { sealedBy, type Vault } from '../vault';

/** A reflection in his own words; `sealed` where no key of ours opens it any more. */
export interface OpenReflection {
  at: Date;
  week: number;
  text?: string;
  voiceRef?: string;
  sealed?: true;
}

/** Plain values, ready to be written as JSON. */
export interface Holdings {
  id: string;
  status: Status;
  createdAt: Date;
  lastHeardAt?: Date | undefined;
  profile: Profile;
  identities: Omit<Identity, 'key'>[];
  consents: Consent[];
  roles?: Roles | undefined;
  lessons: LessonProgress[];
  pledges: Pledge[];
  /** Where his conversation stands, and what will come by itself. */
  conversation: { state: string; timers: { event: string; due: Date }[] };
  /** `number` where he is a member, none where he is the mentor. */
  groups: { code: string; name: string; number?: number | undefined; since: Date }[];
  reflections: OpenReflection[];
  /** What happened, as it is counted. */
  journal: Pick<JournalRow, 'at' | 'type' | 'data'>[];
  /** Messages to him: when and what for; their words are made when they leave and are not kept. */
  messages: Pick<OutboxRow, 'createdAt' | 'purpose' | 'channel' | 'state' | 'times'>[];
}

/** @returns undefined when there is nobody of that id (any more) */
export async function holdingsOf(
  connection: Connection,
  vault: Vault,
  id: string,
): Promise<Holdings | undefined> {
  const he = await participantModel(connection).findById(id).lean<ParticipantDocument>();
  if (!he) return undefined;
  const [groups, reflections, journal, messages] = await Promise.all([
    groupModel(connection)
      .find({ $or: [{ 'members.participantId': id }, { mentorId: id }] })
      .lean<GroupDocument[]>(),
    reflectionModel(connection).find({ participantId: id }).sort({ at: 1 }).lean<ReflectionRow[]>(),
    journalModel(connection).find({ participantId: id }).sort({ at: 1 }).lean<JournalRow[]>(),
    outboxModel(connection).find({ participantId: id }).sort({ sequence: 1 }).lean<OutboxRow[]>(),
  ]);
  const { status, createdAt, lastHeardAt, profile, consents, roles, lessons, pledges, conversation } = he;
  return {
    id,
    status,
    createdAt,
    lastHeardAt,
    profile,
    identities: he.identities.map(({ key: _key, ...identity }) => identity),
    consents,
    roles,
    lessons,
    pledges,
    conversation: {
      state: conversation.state,
      timers: conversation.timers.map(({ event, due }) => ({ event, due })),
    },
    groups: groups.map(({ _id: code, name, members, createdAt: made }) => {
      const own = members.find(({ participantId }) => participantId === id);
      return { code, name, number: own?.number, since: own?.since ?? made };
    }),
    reflections: reflections.map((row) => opened(row, vault)),
    journal: journal.map(({ at, type, data }) => ({ at, type, ...(data && { data }) })),
    messages: messages.map(({ createdAt: at, purpose, channel, state, times }) => ({
      createdAt: at,
      purpose,
      channel,
      state,
      times,
    })),
  };
}

function opened({ _id, at, week, text, voiceRef }: ReflectionRow, vault: Vault): OpenReflection {
  const open = (value: string) => (sealedBy(value) === undefined ? value : vault.open(value, _id));
  try {
    return {
      at,
      week,
      ...(text !== undefined && { text: open(text) }),
      ...(voiceRef !== undefined && { voiceRef: open(voiceRef) }),
    };
  } catch {
    // The key is gone: he is told so, rather than that there is nothing.
    return { at, week, sealed: true };
  }
}
