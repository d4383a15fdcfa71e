/** Groups: made, joined, left. Whoever is concerned is told by a signal. */
import type { Model } from 'mongoose';
import { LARGEST_GROUP } from '../../flows/mentor/group';
import type { Clock } from '../clock';
import type { PlacedOrder, Signals as SignalData } from '../conversation';
import { isDuplicate } from '../database/duplicate';
import type { GroupDocument, Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';
import { coordinatorsFor } from './coordinators';
import { groupCode } from './group-code';
import type { Signals } from './signals';

export interface GroupsParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  clock: Clock;
}

export class Groups {
  readonly #parts: GroupsParts;

  constructor(parts: GroupsParts) {
    this.#parts = parts;
  }

  /** The group with this code. */
  async withCode(code: string): Promise<GroupDocument | undefined> {
    return (await this.#parts.groups.findById(code).lean<GroupDocument>()) ?? undefined;
  }

  /** A mentor's new group; its code is told him by a signal. Who is no mentor gets none. */
  async create({ id, participantId, at, order: { name } }: PlacedOrder<'create group'>): Promise<void> {
    const { groups, participants } = this.#parts;
    const he = await participants.findById(participantId).lean<ParticipantDocument>();
    if (!he?.roles?.mentor) return;
    const { state, district } = he.profile;
    const group: Omit<GroupDocument, '_id'> = {
      name,
      mentorId: participantId,
      ...(state !== undefined && { state }),
      ...(district !== undefined && { district }),
      createdAt: at,
      members: [],
      revision: 0,
      madeBy: id,
    };
    for (let attempt = 0; ; attempt += 1) {
      const code = groupCode(id, attempt);
      try {
        await groups.create([{ _id: code, ...group }]);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        if ((await this.withCode(code))?.madeBy !== id) continue;
      }
      return this.#tell(participantId, id, 'GROUP_MADE', { group: code, name });
    }
  }

  /** He is in the group now, and no longer in another one; or he is told why not. */
  async join({ id, participantId, order: { code } }: PlacedOrder<'join group'>): Promise<void> {
    const group = await this.#enter(code, participantId);
    if (typeof group === 'string')
      return this.#tell(participantId, id, 'UNGROUPED', { group: code, why: group });
    await this.#settle(participantId, id, group);
  }

  /** A man of the mentor's leaves the group and is told; what he did stays his. */
  async remove({ id, participantId, order }: PlacedOrder<'remove member'>): Promise<void> {
    const group = await this.#ownedBy(participantId, order.group);
    if (!group || !has(group, order.member)) return;
    // Told first: brought again after a crash in between, the order no longer finds him in the group.
    await this.#tell(order.member, id, 'UNGROUPED', { group: group._id, why: 'removed' });
    await this.#parts.groups.updateOne(
      { _id: group._id, mentorId: participantId },
      { $pull: { members: { participantId: order.member } }, $inc: { revision: 1 } },
    );
  }

  /** A man of the mentor's goes to another group of the same mentor, under its next free number, and is told. */
  async move({ id, participantId, order }: PlacedOrder<'move member'>): Promise<void> {
    const from = await this.#ownedBy(participantId, order.group);
    const to = await this.#ownedBy(participantId, order.to);
    if (!from || !to || !(has(from, order.member) || has(to, order.member))) return;
    const group = await this.#enter(order.to, order.member);
    if (typeof group !== 'string') await this.#settle(order.member, id, group);
  }

  /** Puts somebody into a group, whoever's it is (the operator's door); he is told. */
  async place(participantId: string, code: string, id: string): Promise<'placed' | 'unknown' | 'full'> {
    const group = await this.#enter(code, participantId);
    if (typeof group === 'string') return group;
    await this.#settle(participantId, id, group);
    return 'placed';
  }

  /** The name of its mentor; empty where it has none. */
  async mentorOf({ mentorId }: Pick<GroupDocument, 'mentorId'>): Promise<string> {
    const mentor = await this.#parts.participants
      .findById(mentorId)
      .select({ profile: 1 })
      .lean<Pick<ParticipantDocument, 'profile'>>();
    return mentor?.profile.name ?? '';
  }

  async #ownedBy(mentorId: string, code: string): Promise<GroupDocument | undefined> {
    const group = await this.withCode(code);
    return group?.mentorId === mentorId ? group : undefined;
  }

  /** Makes him a member under the first free number; one who is a member already stays it. */
  async #enter(code: string, participantId: string): Promise<GroupDocument | 'unknown' | 'full'> {
    const { groups, clock } = this.#parts;
    for (;;) {
      const group = await this.withCode(code);
      if (!group) return 'unknown';
      if (has(group, participantId)) return group;
      const number = freeNumber(group.members);
      if (number === undefined) return 'full';
      const member: Member = { number, participantId, since: clock.now() };
      const { matchedCount } = await groups.updateOne(
        { _id: code, revision: group.revision },
        { $push: { members: member }, $inc: { revision: 1 } },
      );
      if (matchedCount > 0) return group;
    }
  }

  /** This is his only group now, and he hears of it. */
  async #settle(participantId: string, orderId: string, group: GroupDocument): Promise<void> {
    await this.leaveOthers(participantId, group._id);
    const data = { group: group._id, name: group.name, mentor: await this.mentorOf(group) };
    await this.#tell(participantId, orderId, 'GROUPED', data);
  }

  /** Takes him out of every group but this one. */
  async leaveOthers(participantId: string, but?: string): Promise<void> {
    await this.#parts.groups.updateMany(
      { 'members.participantId': participantId, ...(but !== undefined && { _id: { $ne: but } }) },
      { $pull: { members: { participantId } }, $inc: { revision: 1 } },
    );
  }

  /** The groups of a mentor who goes for good have none; those who answer for the area are told. Idempotent. */
  async orphan(mentorId: string): Promise<void> {
    const { groups, participants, signals, clock } = this.#parts;
    const left = await groups.find({ mentorId }).lean<GroupDocument[]>();
    for (const { _id, name, state, district } of left) {
      const ids = await coordinatorsFor(participants, { state, district });
      await signals.send(
        { ids, data: { group: _id, name } },
        { id: `orphaned:${_id}:${mentorId}`, event: 'GROUP_ORPHANED', due: clock.now() },
      );
      await groups.updateOne({ _id, mentorId }, { $set: { mentorId: '' }, $inc: { revision: 1 } });
    }
  }

  async #tell<Name extends 'GROUP_MADE' | 'GROUPED' | 'UNGROUPED'>(
    participantId: string,
    orderId: string,
    event: Name,
    data: SignalData[Name],
  ): Promise<void> {
    const { signals, clock } = this.#parts;
    await signals.send<Name>(
      { ids: [participantId], data },
      { id: `${orderId}:told`, event, due: clock.now() },
    );
  }
}

function has({ members }: GroupDocument, participantId: string): boolean {
  return members.some((one) => one.participantId === participantId);
}

function freeNumber(members: Member[]): number | undefined {
  const taken = new Set(members.map(({ number }) => number));
  return Array.from({ length: LARGEST_GROUP }, (_, index) => index + 1).find((number) => !taken.has(number));
}
