/**
 * Signals: the one way in which anything outside reaches a participant's conversation. Each is a durable timer with
 * data, put among his timers in one bulk write for however many people; the tick fires it through a step.
 */
import type { Model, mongo } from 'mongoose';
import type { SignalName, Signals as SignalData } from '../conversation';
import type { ParticipantDocument } from '../database/models/participant';

/** To whom: the same to all, or each his own data. */
export type Recipients<Name extends SignalName> =
  { ids: string[]; data: SignalData[Name] } | { each: { id: string; data: SignalData[Name] }[] };

export interface Signal<Name extends SignalName> {
  /** Names it for ever: sent again it has no second effect on whoever has it or had it lately. */
  id: string;
  event: Name;
  /** When it fires; at once with the next tick if that is past. */
  due: Date;
  /** Not worth anything after this moment. */
  expiresAt?: Date;
}

/** As many signal ids are remembered as could still be repeated after a crash. */
const REMEMBERED = 20;
/** Writes of one command, so that a large audience does not hold up everybody else's. */
const AT_ONCE = 1_000;

type Write = mongo.AnyBulkWriteOperation<ParticipantDocument>;

export class Signals {
  readonly #participants: Model<ParticipantDocument>;

  constructor(participants: Model<ParticipantDocument>) {
    this.#participants = participants;
  }

  /**
   * Sends a signal; nothing is read. A turn that is under way loses its race and reads again. Idempotent by the
   * signal's id. Whoever does not exist any more is passed over.
   * @returns how many got it now
   */
  async send<Name extends SignalName>(to: Recipients<Name>, signal: Signal<Name>): Promise<number> {
    const each = 'ids' in to ? to.ids.map((id) => ({ id, data: to.data })) : to.each;
    return this.#write(each.map(({ id, data }) => sending(id, signal, data)));
  }

  /**
   * Takes back a signal that has not fired; where it has, nothing happens. It can't be sent again under its id.
   * @returns from how many it was taken
   */
  async withdraw(ids: string[], signalId: string): Promise<number> {
    return this.#write(
      ids.map((_id) => ({
        updateOne: {
          filter: { _id, 'conversation.timers.id': signalId },
          update: { $pull: { 'conversation.timers': { id: signalId } }, $inc: { sequence: 1 } } as never,
        },
      })),
    );
  }

  async #write(writes: Write[]): Promise<number> {
    let changed = 0;
    for (let from = 0; from < writes.length; from += AT_ONCE) {
      const { modifiedCount } = await this.#participants.collection.bulkWrite(
        writes.slice(from, from + AT_ONCE) as never,
        { ordered: false },
      );
      changed += modifiedCount;
    }
    return changed;
  }
}

function sending<Name extends SignalName>(
  _id: string,
  { id, event, due, expiresAt }: Signal<Name>,
  data: SignalData[Name],
): Write {
  const timer = { id, event, due, data, ...(expiresAt && { expiresAt }) };
  return {
    updateOne: {
      filter: { _id, signals: { $ne: id } },
      update: {
        $push: {
          'conversation.timers': { $each: [timer], $sort: { due: 1 } },
          signals: { $each: [id], $slice: -REMEMBERED },
        },
        $min: { nextDue: due },
        $inc: { sequence: 1 },
      },
    },
  };
}
