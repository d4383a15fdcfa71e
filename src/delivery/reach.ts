/**
 * WhatsApp's cap on people reached outside the window: so many seats, each taken for 24 hours by one person.
 * Unlike a counter that is reset at midnight it holds for any 24 hours, as the rule is written.
 */
import type { Clock } from '../clock';
import type { ReachRow } from '../database/models/reach';
import { unlessDuplicate } from '../database/duplicate';
import { type Rows } from './store';

const DAY_MS = 24 * 3_600_000;

export class Reach {
  readonly #seats: Rows<ReachRow>;
  readonly #clock: Clock;
  /** Until when all seats of a sender are known to be taken. */
  readonly #full = new Map<string, Date>();

  constructor(seats: Rows<ReachRow>, clock: Clock) {
    this.#seats = seats;
    this.#clock = clock;
  }

  /** Could somebody new be reached? Said from what was last seen; the promise is only `take`'s. */
  mayHaveRoom(sender: string): boolean {
    const until = this.#full.get(sender);
    return !until || until <= this.#clock.now();
  }

  /**
   * Takes a seat for him, or prolongs the one that he has.
   * @param cap seats in all; Infinity needs none. @returns false when all are taken by others.
   */
  async take(sender: string, participantId: string, cap: number): Promise<boolean> {
    if (!Number.isFinite(cap)) return true;
    const now = this.#clock.now();
    const until = new Date(now.getTime() + DAY_MS);
    const kept = await this.#seats.updateOne(
      { sender, participantId, until: { $gt: now } },
      { $set: { until } },
    );
    if (kept.matchedCount > 0) return true;
    for (;;) {
      const freed = await this.#seats.findOneAndUpdate(
        { sender, until: { $lte: now }, seat: { $lt: cap } },
        { $set: { participantId, until } },
        { sort: { until: 1 } },
      );
      if (freed) return true;
      const seat = await this.#seats.countDocuments({ sender });
      if (seat >= cap) break;
      if (
        await unlessDuplicate(
          this.#seats.insertOne({ _id: `${sender}:${seat}`, sender, seat, participantId, until }),
        )
      )
        return true;
    }
    const [first] = await this.#seats
      .find({ sender, seat: { $lt: cap } })
      .sort({ until: 1 })
      .limit(1)
      .toArray();
    if (first) this.#full.set(sender, first.until);
    return false;
  }

  /** Which of them have a seat already: they may be written to, however full it is. */
  async seated(sender: string, participantIds: string[]): Promise<Set<string>> {
    const found = await this.#seats
      .find({ sender, participantId: { $in: participantIds }, until: { $gt: this.#clock.now() } })
      .toArray();
    return new Set(found.map(({ participantId }) => participantId));
  }

  /** Seats taken at this moment. */
  async taken(sender: string): Promise<number> {
    return this.#seats.countDocuments({ sender, until: { $gt: this.#clock.now() } });
  }
}
