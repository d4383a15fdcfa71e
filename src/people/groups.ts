/** Groups: made, joined, left. Whoever is concerned is told by a signal. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { PlacedOrder, Signals as SignalData } from '../conversation';
import { isDuplicate } from '../database/duplicate';
import { LARGEST_GROUP, type GroupDocument, type Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';
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
    const { groups, participants, clock } = this.#parts;
    for (;;) {
      const group = await this.withCode(code);
      if (!group) return this.#tell(participantId, id, 'UNGROUPED', { group: code, why: 'unknown' });
      const isIn = group.members.some((one) => one.participantId === participantId);
      const number = freeNumber(group.members);
      if (!isIn && number === undefined)
        return this.#tell(participantId, id, 'UNGROUPED', { group: code, why: 'full' });
      if (!isIn && number !== undefined) {
        const member: Member = { number, participantId, since: clock.now() };
        const { matchedCount } = await groups.updateOne(
          { _id: code, revision: group.revision },
          { $push: { members: member }, $inc: { revision: 1 } },
        );
        if (matchedCount === 0) continue;
      }
      await this.leaveOthers(participantId, code);
      const mentor = await participants
        .findById(group.mentorId)
        .select({ profile: 1 })
        .lean<Pick<ParticipantDocument, 'profile'>>();
      const data = { group: code, name: group.name, mentor: mentor?.profile.name ?? '' };
      return this.#tell(participantId, id, 'GROUPED', data);
    }
  }

  /** Takes him out of every group but this one. */
  async leaveOthers(participantId: string, but?: string): Promise<void> {
    await this.#parts.groups.updateMany(
      { 'members.participantId': participantId, ...(but !== undefined && { _id: { $ne: but } }) },
      { $pull: { members: { participantId } }, $inc: { revision: 1 } },
    );
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

function freeNumber(members: Member[]): number | undefined {
  const taken = new Set(members.map(({ number }) => number));
  return Array.from({ length: LARGEST_GROUP }, (_, index) => index + 1).find((number) => !taken.has(number));
}
