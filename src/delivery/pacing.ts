/**
 * How fast a sender may go and whether it may go at all, agreed between all processes through one small row
 * a sender. The token bucket is the generic cell rate algorithm: one moment, moved forward atomically.
 */
import type { Clock } from '../clock';
import type { Circuit, SenderRow } from '../database/models/sender';
import { spread, type Random } from './back-off';
import type { SenderRules } from './sender-rules';
import { unlessDuplicate } from '../database/duplicate';
import { type Rows } from './store';

export interface PacingParts {
  senders: Rows<SenderRow>;
  clock: Clock;
  random: Random;
}

/** A circuit is tried again after one minute, then two, four … at most thirty. */
const FIRST_PROBE_MS = 60_000;
const LAST_PROBE_MS = 1_800_000;
/** A process that took the probe and died gives it up after this long. */
const PROBE_LEASE_MS = 120_000;

export interface Allowance {
  /** Messages that may leave now. */
  places: number;
  /** When it is worth asking again, if none may. */
  nextAt?: Date;
}

/** What bucket, pause and circuit let through at this moment. */
export function allowance(row: SenderRow | undefined, rules: SenderRules, now: Date): Allowance {
  if (row?.paused) return { places: 0 };
  if (row?.pausedUntil && row.pausedUntil > now) return { places: 0, nextAt: row.pausedUntil };
  if (row?.circuit)
    return row.circuit.probeAt <= now ? { places: 1 } : { places: 0, nextAt: row.circuit.probeAt };
  if (rules.everyMs <= 0) return { places: Infinity };
  const ahead = row ? Math.max(0, row.nextSlotAt.getTime() - now.getTime()) : 0;
  const places = Math.floor(rules.burst - ahead / rules.everyMs);
  if (places > 0) return { places };
  return { places: 0, nextAt: new Date(now.getTime() + ahead - (rules.burst - 1) * rules.everyMs) };
}

export interface Grant {
  places: number;
  /** The one message that tries whether a broken sender works again. */
  probe: boolean;
}

export class Pacing {
  readonly #parts: PacingParts;
  /** Rows as they were last read: good for one `take`, which finds out by itself when they are stale. */
  readonly #seen = new Map<string, SenderRow | undefined>();

  constructor(parts: PacingParts) {
    this.#parts = parts;
  }

  /** How many messages may be prepared for this sender; the promise is only `take`'s. */
  async allowance(sender: string, rules: SenderRules): Promise<Allowance> {
    const row = await this.#row(sender);
    this.#seen.set(sender, row);
    return allowance(row, rules, this.#parts.clock.now());
  }

  /**
   * Takes up to `wanted` places and says how many were granted. With an open circuit that is one at most:
   * the probe, and to one process only.
   */
  async take(sender: string, wanted: number, rules: SenderRules): Promise<Grant> {
    const { senders, clock, random } = this.#parts;
    for (;;) {
      const now = clock.now();
      const row = this.#seen.has(sender) ? this.#seen.get(sender) : await this.#row(sender);
      this.#seen.delete(sender);
      const granted = Math.min(wanted, allowance(row, rules, now).places);
      if (granted <= 0) return { places: 0, probe: false };
      if (row?.circuit) {
        const probe = await senders.updateOne(
          { _id: sender, 'circuit.probeAt': row.circuit.probeAt, paused: { $exists: false } },
          { $set: { 'circuit.probeAt': new Date(now.getTime() + PROBE_LEASE_MS) } },
        );
        return { places: probe.modifiedCount, probe: true };
      }
      const grant = { places: granted, probe: false };
      if (rules.everyMs <= 0) return grant;
      const from = Math.max(row?.nextSlotAt.getTime() ?? 0, now.getTime());
      const nextSlotAt = new Date(from + granted * (rules.gap?.(random) ?? rules.everyMs));
      if (!row) {
        if (await unlessDuplicate(senders.insertOne({ _id: sender, nextSlotAt }))) return grant;
      } else if (
        (
          await senders.updateOne(
            { _id: sender, nextSlotAt: row.nextSlotAt, paused: { $exists: false } },
            { $set: { nextSlotAt } },
          )
        ).modifiedCount === 1
      ) {
        return grant;
      }
    }
  }

  /** The provider said "too fast": everybody holds back for a while. */
  async slowDown(sender: string, milliseconds: number): Promise<void> {
    const { senders, clock } = this.#parts;
    const now = clock.now();
    await this.#ensure(sender, now);
    await senders.updateOne(
      { _id: sender },
      { $max: { pausedUntil: new Date(now.getTime() + milliseconds) } },
    );
  }

  /**
   * The sender does not work: nothing more leaves before a probe.
   * @param probe this was the probe of an open circuit, the next one comes later.
   * @returns whether this opened the circuit, so that the operator is told once and not by every process.
   */
  async open(
    sender: string,
    { code, reason, probe }: { code?: string | undefined; reason: string; probe: boolean },
  ): Promise<boolean> {
    const { senders, clock } = this.#parts;
    const now = clock.now();
    await this.#ensure(sender, now);
    const failed: Omit<Circuit, 'since' | 'failures' | 'probeAt'> = {
      reason,
      ...(code !== undefined && { code }),
    };
    const circuit = { ...failed, since: now, failures: 1, probeAt: this.#nextProbe(now, 1) };
    const { modifiedCount } = await senders.updateOne(
      { _id: sender, circuit: { $exists: false } },
      { $set: { circuit } },
    );
    if (modifiedCount === 1) return true;
    // Several messages were under way when it broke: theirs is the failure that is known already.
    const open = probe ? (await this.#row(sender))?.circuit : undefined;
    if (open) {
      const failures = open.failures + 1;
      const again = { ...failed, since: open.since, failures, probeAt: this.#nextProbe(now, failures) };
      await senders.updateOne({ _id: sender, 'circuit.probeAt': open.probeAt }, { $set: { circuit: again } });
    }
    return false;
  }

  #nextProbe(now: Date, failures: number): Date {
    const wait = Math.min(LAST_PROBE_MS, FIRST_PROBE_MS * 2 ** (failures - 1));
    return new Date(now.getTime() + spread(wait, this.#parts.random));
  }

  /** The probe got through. @returns whether a circuit was open until now. */
  async close(sender: string): Promise<boolean> {
    const closed = await this.#parts.senders.updateOne(
      { _id: sender, circuit: { $exists: true } },
      { $unset: { circuit: 1 } },
    );
    return closed.modifiedCount === 1;
  }

  async #row(sender: string): Promise<SenderRow | undefined> {
    return (await this.#parts.senders.findOne({ _id: sender })) ?? undefined;
  }

  async #ensure(sender: string, now: Date): Promise<void> {
    if (!(await this.#row(sender)))
      await unlessDuplicate(this.#parts.senders.insertOne({ _id: sender, nextSlotAt: now }));
  }
}
