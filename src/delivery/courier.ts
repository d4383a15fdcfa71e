/** The worker: claims what is due, channel by channel, and sends it, a limited number at a time. */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '../channels/channel';
import { claim, giveBack, markSending, WAITS_FOR } from './claims';
import { refusal } from './decide';
import type { Despatch, Held } from './despatch';
import { plan, type Planned, type PlannerParts } from './planner';
import { senderRules, type SenderRules } from './sender-rules';

export interface CourierParts extends PlannerParts {
  despatch: Despatch;
  ids: () => string;
  senders: Record<string, Partial<SenderRules>>;
  /** Messages in flight at the same time in this process. */
  concurrency: number;
  leaseMs: number;
  /** Milliseconds of a clock that only runs forward. */
  monotonic?: () => number;
}

/** How long the places of slow sends are waited for before the few that are free are filled. */
const ROOM_MS = 10;

export interface Round {
  /** Sends started. */
  started: number;
  /** Rows that were put elsewhere. */
  moved: number;
  /** When a sender that may not send now may send again. */
  nextAt?: Date;
}

export class Courier {
  readonly #parts: CourierParts;
  readonly #monotonic: () => number;
  readonly #flights = new Map<string, Promise<void>>();

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#monotonic = parts.monotonic ?? (() => performance.now());
  }

  /** Messages in flight. */
  get inFlight(): number {
    return this.#flights.size;
  }

  /**
   * Resolves when there is room for another round: half of the places are free, or some are and a moment has
   * passed. A round asks the database as much for one message as for ten.
   */
  async room(): Promise<void> {
    const { concurrency } = this.#parts;
    const over = new AbortController();
    const moment = pause(ROOM_MS, undefined, { signal: over.signal }).catch(() => undefined);
    try {
      let waited = false;
      while (this.#flights.size > (waited ? concurrency - 1 : concurrency / 2)) {
        const next: unknown = await Promise.race<unknown>([
          ...this.#flights.values(),
          ...(waited ? [] : [moment.then(() => 'waited')]),
        ]);
        waited ||= next === 'waited';
      }
    } finally {
      over.abort();
    }
  }

  /** Resolves when messages have landed: the first, and those that land within a moment of it. */
  async landing(): Promise<void> {
    if (this.#flights.size === 0) return;
    await Promise.race(this.#flights.values());
    if (this.#flights.size === 0) return;
    const over = new AbortController();
    const moment = pause(ROOM_MS, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([moment, Promise.all(this.#flights.values())]);
    over.abort();
  }

  /** Resolves when all messages in flight have landed. */
  async landed(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all(this.#flights.values());
  }

  /**
   * One look at every channel: starts as many sends as there is room for and does not wait for them.
   * @param most how many may be started.
   */
  async round(most = Infinity): Promise<Round> {
    const round: Round = { started: 0, moved: 0 };
    for (const channel of this.#parts.channels.values()) {
      if (channel.available?.() === false) continue;
      const room = Math.min(this.#parts.concurrency - this.#flights.size, most - round.started);
      if (room <= 0) break;
      const { started, moved, nextAt } = await this.#serve(channel, room);
      round.started += started;
      round.moved += moved;
      if (nextAt && !(round.nextAt && round.nextAt <= nextAt)) round.nextAt = nextAt;
    }
    return round;
  }

  async #serve(channel: Channel, room: number): Promise<Round> {
    const { outbox, pacing, clock, ids, leaseMs } = this.#parts;
    const rules = senderRules(channel.sender, this.#parts.senders);
    const { places: allowance, nextAt } = await pacing.allowance(channel.sender, rules);
    if (allowance <= 0) return { started: 0, moved: 0, ...(nextAt && { nextAt }) };
    const allowed = Math.min(room, allowance);
    const { send, moved } = await plan(channel, rules, allowed, new Set(this.#flights.keys()), this.#parts);
    const token = ids();
    const since = this.#monotonic();
    const rows = send.map(({ row }) => row);
    const claimed = await claim(outbox, rows, { now: clock.now(), token, leaseMs });
    if (claimed.length === 0) return { started: 0, moved };
    const outside = new Map(send.map(({ row, outside }) => [row._id, outside]));
    const planned = claimed.map((row) => ({ row, outside: outside.get(row._id) ?? false }));
    try {
      return { started: await this.#depart(planned, channel, rules, token, since), moved };
    } catch (error) {
      // Nothing has left yet: what was claimed is given back, as far as the database lets us.
      await this.#release(planned, token).catch(() => undefined);
      throw error;
    }
  }

  /** From the claim to the send. @returns how many sends were started. */
  async #depart(
    planned: Planned[],
    channel: Channel,
    rules: SenderRules,
    token: string,
    since: number,
  ): Promise<number> {
    const { outbox, pacing, clock, leaseMs } = this.#parts;
    const { sender } = channel;
    const { places, probe } = await pacing.take(sender, planned.length, rules);
    await this.#release(planned.slice(places), token);
    const seated = await this.#seat(planned.slice(0, places), channel, rules, token);
    const rows = seated.map(({ row }) => row);
    const ours = new Set(await markSending(outbox, rows, { now: clock.now(), token, sender }));
    const held = seated
      .filter(({ row }) => ours.has(row))
      .map(({ row, outside }): Held => ({ row: { ...row, sender }, token, outside, probe }));
    const willing = await this.#stillWilling(held);
    // Held up for longer than half the lease (a paused process, say): somebody else may be about to take over.
    if (this.#monotonic() - since > leaseMs / 2) {
      await this.#release(willing, token);
      return 0;
    }
    for (const one of willing) this.#launch(one, channel, rules);
    return willing.length;
  }

  /** Gives back what is not to be sent now, as it was. */
  async #release(planned: Planned[], token: string): Promise<void> {
    if (planned.length > 0)
      await this.#parts.outbox.bulkWrite(planned.map(({ row }) => giveBack(row, token, 'open', row.dueAt)));
  }

  /** Takes a seat for each who is reached outside the window; those left standing wait in their lane. */
  async #seat(planned: Planned[], channel: Channel, rules: SenderRules, token: string): Promise<Planned[]> {
    const seated: Planned[] = [];
    for (const one of planned) {
      const { row, outside } = one;
      if (!outside || (await this.#parts.reach.take(channel.sender, row.participantId, rules.dailyReach)))
        seated.push(one);
      else
        await this.#parts.outbox.bulkWrite([
          giveBack(row, token, 'reach', row.dueAt, { error: WAITS_FOR.reach }),
        ]);
    }
    return seated;
  }

  /** The last look before sending: whoever has stopped since gets nothing. */
  async #stillWilling(held: Held[]): Promise<Held[]> {
    const { people, despatch, observe } = this.#parts;
    if (held.length === 0) return [];
    const recipients = await people.recipients(held.map(({ row }) => row.participantId));
    const willing: Held[] = [];
    const refused: Promise<void>[] = [];
    for (const one of held) {
      const reason = refusal(one.row, recipients.get(one.row.participantId));
      if (reason === undefined) willing.push(one);
      else {
        observe({
          sender: one.row.sender ?? one.row.channel,
          channel: one.row.channel,
          outcome: 'cancelled',
        });
        refused.push(
          despatch.record(
            one,
            { next: { state: 'cancelled', error: { kind: 'stopped', reason } }, actions: [] },
            { reason },
          ),
        );
      }
    }
    await Promise.all(refused);
    return willing;
  }

  #launch(held: Held, channel: Channel, rules: SenderRules): void {
    const { despatch, log } = this.#parts;
    const { participantId, _id } = held.row;
    const flight = despatch
      .send(held, channel, rules.window)
      .catch((error: unknown) => {
        log.error(
          { error, row: log.hashed(_id), channel: channel.id },
          'An outcome could not be written; its lease will run out',
        );
      })
      .finally(() => this.#flights.delete(participantId));
    this.#flights.set(participantId, flight);
  }
}
