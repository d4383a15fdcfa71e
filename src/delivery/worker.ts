/** When the courier goes round: on demand until nothing is due any more, or for as long as the process lives. */
import { performance } from 'node:perf_hooks';
import type { Channel, ChannelId } from '../channels/channel';
import type { Courier } from './courier';
import { sweep, type SweepParts } from './sweep';

export interface WorkerParts extends SweepParts {
  courier: Courier;
  channels: ReadonlyMap<ChannelId, Channel>;
  pollMs: number;
  /** Asks providers to forget what they should. */
  redact: () => Promise<void>;
}

/** How often what time has left is put in order while the worker runs. */
const SWEEP_EVERY_MS = 1_000;

export class Worker {
  readonly #parts: WorkerParts;
  /** Rounds of this process follow one another, whoever asks for them. */
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;
  #redacting: Promise<void> | undefined;
  #stopping = false;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Goes round until nothing that is due can leave any more. */
  async deliverDue(limit = Infinity): Promise<number> {
    const { courier } = this.#parts;
    await this.#redact();
    await this.#inTurn(() => sweep(this.#parts.channels.values(), this.#parts));
    let sent = 0;
    while (!this.#stopping) {
      // Whoever is in flight gets no second message: one that lands during the round may have held something back.
      const before = courier.inFlight;
      const { started, moved } = await this.#inTurn(() => courier.round(limit - sent));
      sent += started;
      if (started + moved === 0 || sent >= limit) {
        if (courier.inFlight === 0 && (before === 0 || sent >= limit)) return sent;
        await courier.landing();
      } else await courier.room();
    }
    return sent;
  }

  /** Runs until stopped. */
  start(): void {
    this.#stopping = false;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Takes nothing new and returns when all in flight has landed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
    await this.#redacting;
    await this.#turn;
    await this.#parts.courier.landed();
  }

  /** There is something new. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    const { courier, clock, log, pollMs } = this.#parts;
    let swept = -Infinity;
    let failures = 0;
    while (!this.#stopping) {
      this.#woken = false;
      try {
        if (performance.now() - swept >= SWEEP_EVERY_MS) {
          await this.#inTurn(() => sweep(this.#parts.channels.values(), this.#parts));
          // Beside the sending, which a slow provider must not hold up.
          void this.#redact();
          swept = performance.now();
        }
        const { started, moved, nextAt } = await this.#inTurn(() => courier.round());
        failures = 0;
        if (started + moved === 0)
          await this.#rest(
            nextAt ? Math.min(pollMs, Math.max(10, nextAt.getTime() - clock.now().getTime())) : pollMs,
          );
      } catch (error) {
        failures++;
        log.error({ error, failures }, 'The outbox could not be read or written; trying again');
        await this.#rest(Math.min(30_000, 250 * 2 ** failures));
      }
    }
  }

  /** Never throws: what a provider or the database did not take is tried again. */
  #redact(): Promise<void> {
    const { redact, log } = this.#parts;
    this.#redacting ??= redact()
      .catch((error: unknown) => log.error({ error }, 'Redactions could not be read or written'))
      .finally(() => (this.#redacting = undefined));
    return this.#redacting;
  }

  /** Waits for the time, for something new, or for a message to land. */
  async #rest(milliseconds: number): Promise<void> {
    if (this.#woken) return;
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    const { courier } = this.#parts;
    await (courier.inFlight > 0 ? Promise.race([time, courier.landing()]) : time);
    clearTimeout(timer);
    this.#wake = undefined;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
