/** Keeps the right to the session: two browsers on one session throw each other out, and look like theft to WhatsApp. */
import type { Log } from '../../log';

/** A thing that one process holds at a time. `main.ts` makes it of the leases collection. */
export interface Lease {
  /** Whether we hold it now. */
  acquire(): Promise<boolean>;
  /** Whether we still hold it. */
  renew(): Promise<boolean>;
  /** Gives it up; nothing happens when it is not ours. */
  release(): Promise<void>;
}

export interface LeaseTimes {
  /** How long a lease lasts without being renewed: as `main.ts` made it. */
  leaseMs: number;
  renewEveryMs: number;
}

export class LeaseKeeper {
  #timer: NodeJS.Timeout | undefined;
  #heldSince = 0;

  /** @param changed is told when the lease was got, refused, or lost. */
  constructor(
    private readonly lease: Lease,
    private readonly times: LeaseTimes,
    private readonly now: () => number,
    private readonly log: Log,
    private readonly changed: (held: boolean) => void,
  ) {}

  /** Tries once. Never throws. */
  async acquire(): Promise<void> {
    const asked = this.now();
    const held = await this.lease.acquire().catch((error: unknown) => {
      this.log.warn({ error }, 'The lease on the WhatsApp Web session could not be asked for');
      return false;
    });
    if (held) {
      this.#heldSince = asked;
      clearInterval(this.#timer);
      this.#timer = setInterval(() => void this.#renew(), this.times.renewEveryMs);
      this.#timer.unref();
    }
    this.changed(held);
  }

  /** Never throws. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.lease.release().catch((error: unknown) => {
      this.log.warn(
        { error },
        'The lease on the WhatsApp Web session could not be given back; it will run out',
      );
    });
  }

  async #renew(): Promise<void> {
    const asked = this.now();
    const answer = await this.lease.renew().catch(() => undefined);
    if (this.#timer === undefined) return;
    if (answer === true) this.#heldSince = asked;
    // A database out of reach says nothing: the lease is ours until shortly before it runs out.
    const over = asked - this.#heldSince >= (this.times.leaseMs * 2) / 3;
    if (answer === false || (answer === undefined && over)) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.log.warn({}, 'The lease on the WhatsApp Web session is lost; the browser is closed');
      this.changed(false);
    }
  }
}
