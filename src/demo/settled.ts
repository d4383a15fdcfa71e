/** Somebody who is there already, without the history that led to it: for trying out what happens in company. */
import type { Connection } from 'mongoose';
import { nextLessonAt } from '../../flows/time';
import { identityKey, type Address } from '../channels/channel';
import { newcomer, type Language, type Profile, type Roles } from '../conversation';
import { insertNew } from '../database/duplicate';
import { groupModel, type GroupDocument } from '../database/models/group';
import { participantModel, type ParticipantDocument } from '../database/models/participant';

export interface Settled {
  id: string;
  address: Address;
  language: Language;
  name: string;
  /** Ids from content/geography.yaml. */
  state: string;
  district: string;
  /** Has he joined as a Saathi? Otherwise he is only what his roles say. */
  isSaathi: boolean;
  roles?: Roles;
  /** Code of the group he is in. */
  group?: string;
  /** ISO weekday and hour of his weekly lesson; without it no lesson comes by itself. */
  lesson?: { day: number; hour: number };
  /** Version of the notice that he agreed to. */
  notice: string;
}

const DAY_MS = 86_400_000;

/** His document at the moment `at`: he joined a day ago and stands at home, or under his mentor's hat. */
export function settled(who: Settled, at: Date): ParticipantDocument {
  const { id, address, language, name, state, district, isSaathi, roles, group, lesson, notice } = who;
  const since = new Date(at.getTime() - DAY_MS);
  const { id: _id, ...blank } = newcomer(id, since);
  const profile: Profile = {
    ...blank.profile,
    language,
    name,
    state,
    district,
    ...(group !== undefined && { group }),
    ...(isSaathi && { joinedAt: since, lessonDay: lesson?.day ?? 7, lessonHour: lesson?.hour ?? 18 }),
  };
  const key = identityKey(address);
  const due = isSaathi && lesson ? nextLessonAt(profile, at, 0) : undefined;
  return {
    _id: id,
    ...blank,
    status: 'active',
    profile,
    // Whoever is in a group lets its mentor see how he does.
    consents: (group === undefined ? (['lessons'] as const) : (['lessons', 'mentor'] as const)).map(
      (purpose) => ({
        purpose,
        notice,
        language,
        channel: address.channel,
        messageId: `${id}-agreed`,
        at: since,
        given: true,
      }),
    ),
    ...(roles && { roles }),
    lastHeardAt: since,
    conversation: {
      ...blank.conversation,
      ...(isSaathi ? { state: 'talk.home' } : { state: 'mentor.home', scratch: { hat: 'mentor' as const } }),
      timers: due ? [{ id: 'lesson', event: 'LESSON_DUE', due, sequence: 0 }] : [],
    },
    identities: [{ key, ...address, since }],
    current: key,
    recent: [],
    effects: [],
    ...(due && { nextDue: due }),
  };
}

/** A group that is there already, its members numbered in the order given. */
export function settledGroup(
  { code, name, mentorId, members }: { code: string; name: string; mentorId: string; members: string[] },
  at: Date,
): GroupDocument {
  const since = new Date(at.getTime() - DAY_MS);
  return {
    _id: code,
    name,
    mentorId,
    createdAt: since,
    members: members.map((participantId, index) => ({ number: index + 1, participantId, since })),
    revision: 0,
    madeBy: `made-${code}`,
  };
}

/** Puts them into a database whose indexes are made; whoever is there already stays as he is. */
export async function settle(
  connection: Connection,
  people: ParticipantDocument[],
  groups: GroupDocument[],
): Promise<void> {
  await insertNew(participantModel(connection).collection, people);
  await insertNew(groupModel(connection).collection, groups);
}
