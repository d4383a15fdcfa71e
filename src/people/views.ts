/** What somebody with a role sees of others while his conversation takes a step: his own groups, the cases of his post. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import { isActionTried, type CaseView, type MemberView, type OfficerRole, type View } from '../conversation';
import type { CaseDocument } from '../database/models/case';
import type { GroupDocument, Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';

type Seen = Pick<ParticipantDocument, '_id' | 'status' | 'profile' | 'lessons' | 'pledges' | 'lastHeardAt'>;

export class Views {
  constructor(
    private readonly groups: Model<GroupDocument>,
    private readonly cases: Model<CaseDocument>,
    private readonly participants: Model<ParticipantDocument>,
    private readonly clock: Clock,
  ) {}

  /** Undefined for whoever has no role: an ordinary Saathi costs no query. */
  async of({ _id, roles }: Pick<ParticipantDocument, '_id' | 'roles'>): Promise<View | undefined> {
    if (!roles) return undefined;
    const [groups, cases] = await Promise.all([
      roles.mentor ? this.#groups(_id) : [],
      roles.officer && this.#cases(_id, roles.officer),
    ]);
    return { at: this.clock.now(), groups, ...(cases && { cases }) };
  }

  /** What waits at his post, and what he has taken himself; a colleague's is a colleague's. */
  async #cases(officer: string, { tier, place }: OfficerRole): Promise<CaseView[]> {
    const found = await this.cases
      .find({ place, tier, status: { $in: ['open', 'acknowledged'] } })
      .sort({ openedAt: 1 })
      .lean<CaseDocument[]>();
    return found
      .filter((one) => one.status === 'open' || one.officer === officer)
      .map((one) => toCase(one, one.officer === officer));
  }

  async #groups(_id: string): Promise<View['groups']> {
    const groups = await this.groups.find({ mentorId: _id }).sort({ createdAt: 1 }).lean<GroupDocument[]>();
    const people = await this.#people(
      groups.flatMap(({ members }) => members.map((one) => one.participantId)),
    );
    return groups.map(({ _id: code, name, members }) => ({
      code,
      name,
      members: members
        .toSorted((one, other) => one.number - other.number)
        .flatMap((member) => toMember(member, people.get(member.participantId))),
    }));
  }

  async #people(ids: string[]): Promise<Map<string, Seen>> {
    if (ids.length === 0) return new Map();
    const found = await this.participants
      .find({ _id: { $in: ids } })
      .select({ status: 1, profile: 1, lessons: 1, pledges: 1, lastHeardAt: 1 })
      .lean<Seen[]>();
    return new Map(found.map((one) => [one._id, one]));
  }
}

/** Counts only: nothing that he wrote is among what is taken along. */
function toMember(
  { number, participantId, talkWanted, askedAfter }: Member,
  person: Seen | undefined,
): MemberView[] {
  if (!person) return [];
  const { status, profile, lessons, pledges, lastHeardAt } = person;
  const lastDoneAt = lessons.findLast(({ completedAt }) => completedAt)?.completedAt;
  return [
    {
      number,
      participantId,
      name: profile.name ?? '',
      language: profile.language ?? 'hi',
      status,
      lessons: lessons.filter(({ completedAt }) => completedAt).length,
      actions: lessons.filter(isActionTried).length,
      pledges: pledges.length,
      ...(lastHeardAt && { lastHeardAt }),
      ...(lastDoneAt && { lastDoneAt }),
      ...(talkWanted && { talkWantedAt: talkWanted.at }),
      ...(askedAfter && { askedAfterAt: askedAfter.at }),
    },
  ];
}

/** The contact goes along, sealed, only with what he has taken. */
function toCase(one: CaseDocument, isMine: boolean): CaseView {
  const { _id: id, kind, topic, state, district, urgency, reach, time, openedAt, contact } = one;
  return {
    id,
    kind,
    topic,
    state,
    ...(district !== undefined && { district }),
    urgency,
    reach,
    ...(time && { time }),
    openedAt,
    isMine,
    ...(isMine && contact !== undefined && { contact }),
  };
}
