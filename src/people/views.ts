/** What somebody with a role sees of others while his conversation takes a step: his own groups, nobody else's. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import { agreesTo, isActionTried, type MemberView, type View } from '../conversation';
import type { GroupDocument, Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';

type Seen = Pick<
  ParticipantDocument,
  '_id' | 'status' | 'profile' | 'consents' | 'lessons' | 'pledges' | 'lastHeardAt'
>;

export class Views {
  constructor(
    private readonly groups: Model<GroupDocument>,
    private readonly participants: Model<ParticipantDocument>,
    private readonly clock: Clock,
  ) {}

  /** Undefined for whoever has no role: an ordinary Saathi costs no query. */
  async of({ _id, roles }: Pick<ParticipantDocument, '_id' | 'roles'>): Promise<View | undefined> {
    if (!roles) return undefined;
    const at = this.clock.now();
    if (!roles.mentor) return { at, groups: [] };
    const groups = await this.groups.find({ mentorId: _id }).sort({ createdAt: 1 }).lean<GroupDocument[]>();
    const people = await this.#people(
      groups.flatMap(({ members }) => members.map((one) => one.participantId)),
    );
    return {
      at,
      groups: groups.map(({ _id: code, name, members }) => ({
        code,
        name,
        members: members
          .toSorted((one, other) => one.number - other.number)
          .flatMap((member) => toMember(member, people.get(member.participantId))),
      })),
    };
  }

  async #people(ids: string[]): Promise<Map<string, Seen>> {
    if (ids.length === 0) return new Map();
    const found = await this.participants
      .find({ _id: { $in: ids } })
      .select({ status: 1, profile: 1, consents: 1, lessons: 1, pledges: 1, lastHeardAt: 1 })
      .lean<Seen[]>();
    return new Map(found.map((one) => [one._id, one]));
  }
}

/** Counts only, and only where he agreed: nothing that he wrote is among what is taken along. */
function toMember(
  { number, participantId, talkWanted, askedAfter }: Member,
  person: Seen | undefined,
): MemberView[] {
  if (!person) return [];
  const { status, profile, consents, lessons, pledges, lastHeardAt } = person;
  const lastDoneAt = lessons.findLast(({ completedAt }) => completedAt)?.completedAt;
  const shown = {
    progress: {
      lessons: lessons.filter(({ completedAt }) => completedAt).length,
      actions: lessons.filter(isActionTried).length,
      pledges: pledges.length,
    },
    ...(lastHeardAt && { lastHeardAt }),
    ...(lastDoneAt && { lastDoneAt }),
  };
  return [
    {
      number,
      participantId,
      name: profile.name ?? '',
      language: profile.language ?? 'hi',
      status,
      ...(agreesTo(consents, 'mentor') && shown),
      ...(talkWanted && { talkWantedAt: talkWanted.at }),
      ...(askedAfter && { askedAfterAt: askedAfter.at }),
    },
  ];
}
