/**
 * A man has a new number. His mentor, who knows him, vouches for it and gets a code; the new phone confirms with that
 * code. Then everything that is his follows him, and whoever has his old number finds nothing of him.
 */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { PlacedOrder, SignalName, Signals as SignalData } from '../conversation';
import type { GroupDocument } from '../database/models/group';
import type { NumberMove } from '../database/models/number-move';
import type { ParticipantDocument } from '../database/models/participant';
import { keyedHash } from './anonymous';
import { phoneOf } from './phones';
import type { Signals } from './signals';

export interface NumbersParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  moves: Model<NumberMove>;
  signals: Signals;
  clock: Clock;
  /** Keys the codes, so that nobody works one out. */
  secret: string;
  /** Takes away what the new phone began before it was known whose it is. */
  erase: (participantId: string) => Promise<void>;
}

const WORTH_MS = 7 * 86_400_000;
const MOST_TRIES = 5;
/** Marks the addresses of the new phone while they go from one participant to the other. */
const LEAVING = 'leaving ';

export class Numbers {
  readonly #parts: NumbersParts;

  constructor(parts: NumbersParts) {
    this.#parts = parts;
  }

  /** A mentor vouches for a man of his group: he is told the code, the man tells it from the new phone. */
  async vouch({ id, participantId, at, order }: PlacedOrder<'vouch for number'>): Promise<void> {
    const { groups, participants, moves, secret } = this.#parts;
    const group = await groups.findById(order.group).lean<GroupDocument>();
    const isHis =
      group?.mentorId === participantId && group.members.some((one) => one.participantId === order.member);
    if (!isHis) return;
    const he = await participants.findById(order.member).lean<ParticipantDocument>();
    if (!he) return;
    await moves.deleteMany({ at: { $lt: new Date(at.getTime() - WORTH_MS) } });
    const code = codeFor(id, secret);
    await moves.updateOne(
      { _id: order.phone },
      { $set: { code, participantId: order.member, by: participantId, at, tries: 0 } },
      { upsert: true },
    );
    await this.#tell(participantId, id, 'NUMBER_VOUCHED', { name: he.profile.name ?? '', code });
  }

  /** The new phone says the code. Whoever has lessons of his own under that number is not mixed up with another. */
  async claim({ id, participantId, at, order }: PlacedOrder<'claim number'>): Promise<void> {
    const { participants, moves, erase } = this.#parts;
    const newcomer = await participants.findById(participantId).lean<ParticipantDocument>();
    const phone = newcomer?.identities.map(phoneOf).find((one) => one !== undefined);
    if (!newcomer || phone === undefined) return;
    const move = await moves.findById(phone).lean<NumberMove>();
    const he = move && (await participants.findById(move.participantId).lean<ParticipantDocument>());
    const isGood =
      move?.code === order.code && move.tries < MOST_TRIES && move.at.getTime() + WORTH_MS > at.getTime();
    if (!he || !isGood || newcomer.profile.joinedAt !== undefined || newcomer.roles) {
      await moves.updateOne({ _id: phone }, { $inc: { tries: 1 } });
      return this.#tell(participantId, id, 'NUMBER_REFUSED', {});
    }
    // One after the other, each of which can be done again: an address is never with two participants.
    const identities = newcomer.identities.map((one) => ({ ...one, key: one.key.replace(LEAVING, '') }));
    await participants.updateOne(
      { _id: participantId },
      {
        $set: { identities: identities.map((one) => ({ ...one, key: LEAVING + one.key })) },
        $inc: { sequence: 1 },
      },
    );
    await participants.updateOne(
      { _id: he._id },
      { $set: { identities, current: newcomer.current }, $inc: { sequence: 1 } },
    );
    await this.#tell(he._id, id, 'NUMBER_MOVED', {});
    await erase(participantId);
    await moves.deleteOne({ _id: phone });
  }

  async #tell<Name extends SignalName>(
    to: string,
    orderId: string,
    event: Name,
    data: SignalData[Name],
  ): Promise<void> {
    const { signals, clock } = this.#parts;
    await signals.send<Name>({ ids: [to], data }, { id: `${orderId}:told`, event, due: clock.now() });
  }
}

/** Six digits, the same for the same order. */
function codeFor(orderId: string, secret: string): string {
  const number = parseInt(
    Buffer.from(keyedHash(`number ${orderId}`, secret), 'base64url')
      .toString('hex')
      .slice(0, 12),
    16,
  );
  return String(number % 1_000_000).padStart(6, '0');
}
