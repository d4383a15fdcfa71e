/** What somebody with a role sees of others while his conversation takes a step: his own groups, the cases of his post. */
import type { Model } from 'mongoose';
import type { Address, Medium } from '../channels/channel';
import type { Clock } from '../clock';
import {
  agreesTo,
  isActionTried,
  type CaseView,
  type MeetingView,
  type MemberView,
  type OfficerRole,
  type View,
} from '../conversation';
import type { BroadcastDocument } from '../database/models/broadcast';
import type { CaseDocument } from '../database/models/case';
import type { GroupDocument, Member } from '../database/models/group';
import type { MeetingDocument } from '../database/models/meeting';
import type { ParticipantDocument } from '../database/models/participant';
import { areaViewOf, broadcastsViewOf } from './broadcasts';
import { currentAddress } from './document';
import { groupAnswers } from './group-answers';
import { joinLink } from './join-link';

export interface ViewsParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  meetings: Model<MeetingDocument>;
  broadcasts: Model<BroadcastDocument>;
  cases: Model<CaseDocument>;
  /** How many broadcasts one may send in 24 hours. */
  aDay: { mentor: number; coordinator: number };
  clock: Clock;
  /** Our WhatsApp sender, `+919800000001`, where there is one that can be written to by number. */
  whatsappNumber?: string | undefined;
  /** What he holds in his hand at an address. */
  mediumAt: (address: Address) => Medium;
}

const SEEN = {
  status: 1,
  profile: 1,
  consents: 1,
  lessons: 1,
  pledges: 1,
  lastHeardAt: 1,
  meeting: 1,
  identities: 1,
  current: 1,
} as const;
type Seen = Pick<ParticipantDocument, '_id' | keyof typeof SEEN>;

/** As many meetings of a group as a mentor can still have to do with. */
const MEETINGS = 3;

export class Views {
  readonly #parts: ViewsParts;

  constructor(parts: ViewsParts) {
    this.#parts = parts;
  }

  /** Undefined for whoever has no role: an ordinary Saathi costs no query. */
  async of({ _id, roles }: Pick<ParticipantDocument, '_id' | 'roles'>): Promise<View | undefined> {
    if (!roles) return undefined;
    const { groups: all, broadcasts, aDay, clock, whatsappNumber } = this.#parts;
    const at = clock.now();
    const cases = roles.officer && { cases: await this.#cases(_id, roles.officer) };
    const area = roles.coordinator && {
      area: await areaViewOf(broadcasts, _id, roles.coordinator, at, aDay.coordinator),
    };
    if (!roles.mentor) return { at, groups: [], ...cases, ...area };
    const groups = await all.find({ mentorId: _id }).sort({ createdAt: 1 }).lean<GroupDocument[]>();
    const people = await this.#people(
      groups.flatMap(({ members }) => members.map((one) => one.participantId)),
    );
    const views = groups.map(async ({ _id: code, name, members }) => ({
      code,
      name,
      ...(whatsappNumber !== undefined && { joinLink: joinLink(whatsappNumber, code) }),
      members: members
        .toSorted((one, other) => one.number - other.number)
        .flatMap((member) => this.#toMember(member, people.get(member.participantId))),
      meetings: await this.#meetings(code),
      ...groupAnswers(members.map(({ participantId }) => people.get(participantId)?.lessons ?? [])),
    }));
    return {
      at,
      broadcasts: await broadcastsViewOf(broadcasts, _id, at, aDay.mentor),
      groups: await Promise.all(views),
      ...cases,
      ...area,
    };
  }

  /** What waits at his post, and what he has taken himself; a colleague's is a colleague's. */
  async #cases(officer: string, { tier, place }: OfficerRole): Promise<CaseView[]> {
    const found = await this.#parts.cases
      .find({ place, tier, status: { $in: ['open', 'acknowledged'] } })
      .sort({ openedAt: 1 })
      .lean<CaseDocument[]>();
    return found
      .filter((one) => one.status === 'open' || one.officer === officer)
      .map((one) => toCase(one, one.officer === officer));
  }

  async #meetings(group: string): Promise<MeetingView[]> {
    const found = await this.#parts.meetings
      .find({ group, state: { $in: ['called', 'held'] } })
      .sort({ at: -1 })
      .limit(MEETINGS)
      .lean<MeetingDocument[]>();
    return found.map(({ _id: id, at, place, reminders, attendance }) => {
      const noted = attendance.at(-1);
      return {
        id,
        at,
        place,
        reminders,
        ...(noted && { attendance: { present: noted.present, guests: noted.guests } }),
      };
    });
  }

  async #people(ids: string[]): Promise<Map<string, Seen>> {
    if (ids.length === 0) return new Map();
    const found = await this.#parts.participants
      .find({ _id: { $in: ids } })
      .select(SEEN)
      .lean<Seen[]>();
    return new Map(found.map((one) => [one._id, one]));
  }

  /** Counts only, and only where he agreed: nothing that he wrote is among what is taken along. */
  #toMember(
    { number, participantId, talkWanted, askedAfter }: Member,
    person: Seen | undefined,
  ): MemberView[] {
    if (!person) return [];
    const { status, profile, consents, lessons, pledges, lastHeardAt, meeting } = person;
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
        medium: this.#parts.mediumAt(currentAddress(person)),
        ...(agreesTo(consents, 'mentor') && shown),
        ...(talkWanted && { talkWantedAt: talkWanted.at }),
        ...(askedAfter && { askedAfterAt: askedAfter.at }),
        ...(meeting && { meeting }),
      },
    ];
  }
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
