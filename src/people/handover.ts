/** A group goes from one mentor to another: offered, and his only once he has taken it himself. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { PlacedOrder, SignalName, Signals as SignalData } from '../conversation';
import type { GroupDocument } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';
import { whoHas } from './phones';
import type { Signals } from './signals';

export interface HandoverParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  clock: Clock;
  /** What lies ahead of the group is its new mentor's now. May be called again for the same group. */
  onTaken?: ((group: string, at: Date) => Promise<void>) | undefined;
}

export class Handover {
  readonly #parts: HandoverParts;

  constructor(parts: HandoverParts) {
    this.#parts = parts;
  }

  /**
   * Offers a group of his to the mentor at this number. He is not told whether there is one: nobody finds out in this
   * way whose number it is. A later offer takes the place of an earlier one.
   */
  async offer({ id, participantId, at, order }: PlacedOrder<'offer group'>): Promise<void> {
    await this.propose(order.group, { id, from: participantId, phone: order.phone, at });
  }

  /**
   * The same on behalf of a mentor, or for a group that has none (the operator's door).
   * @returns what hindered it
   */
  async propose(
    code: string,
    { id, from, phone, at }: { id: string; from: string; phone: string; at: Date },
  ): Promise<'offered' | 'no-group' | 'no-mentor'> {
    const { groups, participants } = this.#parts;
    const group = await groups.findById(code).lean<GroupDocument>();
    if (group?.mentorId !== from) return 'no-group';
    const other = await whoHas(participants, phone);
    if (!other?.roles?.mentor || other._id === from) return 'no-mentor';
    const giver = await participants.findById(from).lean<ParticipantDocument>();
    await groups.updateOne(
      { _id: code, mentorId: from },
      { $set: { offer: { from, to: other._id, at } }, $inc: { revision: 1 } },
    );
    await this.#tell([other._id], `${id}:told`, 'GROUP_OFFERED', {
      group: code,
      name: group.name,
      from: giver?.profile.name ?? '',
      count: group.members.length,
    });
    return 'offered';
  }

  /** The answer of the mentor to whom it was offered; of anybody else nothing comes. */
  async answer(placed: PlacedOrder<'answer group offer'>): Promise<void> {
    const { groups, participants } = this.#parts;
    const { id, participantId, order } = placed;
    const group = await groups.findById(order.group).lean<GroupDocument>();
    const offer = group?.offer;
    if (!group || offer?.to !== participantId || (offer.answered ?? id) !== id) return;
    const he = await participants.findById(participantId).lean<ParticipantDocument>();
    const takes = offer.taken ?? (order.takes && he?.roles?.mentor !== undefined);
    if (offer.answered === undefined) {
      const { matchedCount } = await groups.updateOne(
        { _id: group._id, revision: group.revision },
        {
          $set: {
            ...(takes && { mentorId: participantId }),
            offer: { ...offer, answered: id, taken: takes },
          },
          $inc: { revision: 1 },
        },
      );
      // The group changed in between: once more from the beginning.
      if (matchedCount === 0) return this.answer(placed);
    }
    const mentor = he?.profile.name ?? '';
    if (offer.from !== '')
      await this.#tell([offer.from], `${id}:from`, 'OFFER_ANSWERED', {
        group: group._id,
        name: group.name,
        mentor,
        takes,
      });
    if (!takes) return;
    const ids = group.members.map((one) => one.participantId);
    await this.#tell(ids, `${id}:men`, 'MENTOR_CHANGED', { name: group.name, mentor });
    await this.#parts.onTaken?.(group._id, placed.at);
  }

  async #tell<Name extends SignalName>(
    ids: string[],
    id: string,
    event: Name,
    data: SignalData[Name],
  ): Promise<void> {
    const { signals, clock } = this.#parts;
    await signals.send<Name>({ ids, data }, { id, event, due: clock.now() });
  }
}
