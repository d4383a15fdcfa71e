/** All that is kept of one person, gathered from every collection that holds something of him, his words opened. */
import type { Connection } from 'mongoose';
import type { Consent, LessonProgress, Pledge, Profile, Roles, Status } from '../conversation';
import { caseModel, type CaseDocument } from '../database/models/case';
import { groupModel, type GroupDocument } from '../database/models/group';
import { journalModel, type JournalRow } from '../database/models/journal';
import { meetingModel, type MeetingDocument } from '../database/models/meeting';
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
  profile: Omit<Profile, 'jodi'>;
  /** That he is in one, and since when; with whom, and how the other does, is the other's. */
  jodi?: { since: Date } | undefined;
  identities: Omit<Identity, 'key'>[];
  consents: Consent[];
  roles?: Roles | undefined;
  lessons: LessonProgress[];
  pledges: Pledge[];
  /** Where his conversation stands, and what will come by itself. */
  conversation: { state: string; timers: { event: string; due: Date }[] };
  /** `number` where he is a member, none where he is the mentor. */
  groups: { code: string; name: string; number?: number | undefined; since: Date }[];
  /** The meeting he was told of last, with his answer, and those at which he was noted. */
  meetings: { at: Date; place: string; answer?: 'yes' | 'no' | undefined; came?: true }[];
  /** Help that he asked for, as long as it can still be told to be his (until it is closed). */
  cases: Pick<CaseDocument, 'kind' | 'status' | 'openedAt' | 'acknowledgedAt'>[];
  reflections: OpenReflection[];
  /** What happened, as it is counted. */
  journal: Pick<JournalRow, 'at' | 'type' | 'data'>[];
  /** Messages to him: when and what for; their words are made when they leave and are not kept. */
  messages: Pick<OutboxRow, 'createdAt' | 'purpose' | 'channel' | 'state' | 'times'>[];
}

/**
 * @param asker stands for him among the cases (src/care)
 * @returns undefined when there is nobody of that id (any more)
 */
export async function holdingsOf(
  connection: Connection,
  vault: Vault,
  id: string,
  asker: string,
): Promise<Holdings | undefined> {
  const he = await participantModel(connection).findById(id).lean<ParticipantDocument>();
  if (!he) return undefined;
  const [groups, cases, reflections, journal, messages] = await Promise.all([
    groupModel(connection)
      .find({ $or: [{ 'members.participantId': id }, { mentorId: id }] })
      .lean<GroupDocument[]>(),
    caseModel(connection).find({ asker }).sort({ openedAt: 1 }).lean<CaseDocument[]>(),
    reflectionModel(connection).find({ participantId: id }).sort({ at: 1 }).lean<ReflectionRow[]>(),
    journalModel(connection).find({ participantId: id }).sort({ at: 1 }).lean<JournalRow[]>(),
    outboxModel(connection).find({ participantId: id }).sort({ sequence: 1 }).lean<OutboxRow[]>(),
  ]);
  const noted = await meetingModel(connection)
    .find({ group: { $in: groups.map(({ _id }) => _id) } })
    .sort({ at: 1 })
    .lean<MeetingDocument[]>();
  const { status, createdAt, lastHeardAt, consents, roles, lessons, pledges, conversation } = he;
  const { jodi, ...profile } = he.profile;
  return {
    id,
    status,
    createdAt,
    lastHeardAt,
    profile,
    jodi: jodi && { since: jodi.since },
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
    meetings: meetingsOf(he, noted),
    cases: cases.map(({ kind, status: its, openedAt, acknowledgedAt }) => ({
      kind,
      status: its,
      openedAt,
      ...(acknowledgedAt && { acknowledgedAt }),
    })),
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

function meetingsOf(
  { _id, meeting }: Pick<ParticipantDocument, '_id' | 'meeting'>,
  noted: MeetingDocument[],
): Holdings['meetings'] {
  const attended = noted.filter(({ attendance }) => attendance.at(-1)?.present.includes(_id));
  const told = meeting && {
    at: meeting.at,
    place: meeting.place,
    answer: meeting.answer,
    ...(attended.some((one) => one._id === meeting.id) && { came: true as const }),
  };
  return [
    ...attended
      .filter((one) => one._id !== meeting?.id)
      .map(({ at, place }) => ({ at, place, came: true as const })),
    ...(told ? [told] : []),
  ];
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
