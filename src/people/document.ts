/** Between the document in the database and the participant that the conversation knows. */
import { DateTime } from 'luxon';
import { identityKey, type Address } from '../channels/channel';
import type { Participant, Stepped } from '../conversation';
import type { About } from '../database/models/journal';
import type { Identity, ParticipantDocument } from '../database/models/participant';

/** As many inbound ids are remembered as a provider could still repeat while he goes on writing. */
const RECENT_IDS = 20;

export function toParticipant({ _id, ...document }: ParticipantDocument): Participant {
  const { sequence, status, profile, consents, lessons, pledges, createdAt, conversation } = document;
  const { lastHeardAt, lastStop, roles, invited, meeting } = document;
  return {
    id: _id,
    sequence,
    status,
    profile,
    consents,
    lessons,
    pledges,
    createdAt,
    conversation,
    ...(lastHeardAt && { lastHeardAt }),
    ...(lastStop !== undefined && { lastStop }),
    ...(roles && { roles }),
    ...(invited && { invited }),
    ...(meeting && { meeting }),
  };
}

/** Where he is reached: the identity he last wrote from. */
export function currentAddress({
  identities,
  current,
}: Pick<ParticipantDocument, 'identities' | 'current'>): Address {
  const identity = identities.find(({ key }) => key === current) ?? identities[0];
  if (!identity) throw new Error('A participant without an identity cannot be reached.');
  return { channel: identity.channel, address: identity.address };
}

/** Where he belongs and what he is, as figures are cut by it. */
export function aboutOf(document: Pick<ParticipantDocument, 'identities' | 'current' | 'profile'>): About {
  const { state, district, group, language, joinedAt, zone } = document.profile;
  return {
    channel: currentAddress(document).channel,
    ...(state !== undefined && { state }),
    ...(district !== undefined && { district }),
    ...(group !== undefined && { group }),
    ...(language && { language }),
    ...(joinedAt && { joined: monthOf(joinedAt, zone) }),
  };
}

/** What is left of that once he is erased: a group is small and a month of joining narrows it down. */
export function placeOnly({ state, channel }: About): About {
  return { channel, ...(state !== undefined && { state }) };
}

/** `2026-01`. */
function monthOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM');
}

/** What he wrote from, added to what we know of him; writing opens a closed identity again. */
function identitiesAfter(known: Identity[], from: Address, userId: string | undefined, at: Date): Identity[] {
  const key = identityKey(from);
  const others = known.filter((identity) => identity.key !== key);
  const { since = at, agreedAt } = known.find((identity) => identity.key === key) ?? {};
  return [
    ...others,
    { key, ...from, since, ...(userId !== undefined && { userId }), ...(agreedAt && { agreedAt }) },
  ];
}

/** An inbound message as far as the document must know it. */
export interface Received {
  id: string;
  from: Address;
  userId?: string | undefined;
}

/** The fields that one step writes, all in one update. */
export type StepWrite = Omit<ParticipantDocument, '_id' | 'createdAt' | 'signals'>;

/**
 * What is written after a step: the new conversation, the effects that wait to be carried out (earlier ones
 * first), and, for an inbound message, its id and where it came from.
 */
export function afterStep(
  before: ParticipantDocument | undefined,
  stepped: Stepped,
  received?: Received,
): StepWrite {
  const { participant, effects } = stepped;
  const { id: _id, createdAt: _createdAt, ...known } = participant;
  const waiting = [...(before?.effects ?? []), ...effects];
  const nextDue = participant.conversation.timers[0]?.due;
  const at = effects[0]?.at;
  const since = before?.unrelayedSince ?? at;
  const recent = before?.recent ?? [];
  return {
    ...known,
    identities: received
      ? identitiesAfter(
          before?.identities ?? [],
          received.from,
          received.userId,
          participant.lastHeardAt ?? participant.createdAt,
        )
      : (before?.identities ?? []),
    current: received ? identityKey(received.from) : (before?.current ?? ''),
    recent: received ? [...recent, received.id].slice(-RECENT_IDS) : recent,
    effects: waiting,
    ...(waiting.length > 0 && since && { unrelayedSince: since }),
    ...(nextDue && { nextDue }),
  };
}

/** Fields that a step may leave out and that must then go from the document. */
const OPTIONAL = ['lastHeardAt', 'unrelayedSince', 'nextDue', 'roles', 'invited', 'meeting'] as const;

/** The update for a step's write: sets what is there, removes what is not. */
export function updateFor(write: StepWrite): {
  $set: StepWrite;
  $unset?: Partial<Record<(typeof OPTIONAL)[number], 1>>;
} {
  const missing = OPTIONAL.filter((field) => !(field in write));
  return missing.length === 0
    ? { $set: write }
    : { $set: write, $unset: Object.fromEntries(missing.map((field) => [field, 1])) };
}
