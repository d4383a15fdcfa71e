/** Ways in which Twilio, or the way to it, can fail; scripted per request or per number. */

export type Fault =
  /** An answer of Twilio's own, nothing taken: `{ status: 429, code: 20429, retryAfter: '7' }`. */
  | { kind: 'answer'; status: number; code: number; retryAfter?: string }
  /** A proxy's HTML page, nothing taken. */
  | { kind: 'html'; status: number }
  /** Never answers, nothing taken. */
  | { kind: 'hang' }
  /** The connection breaks, nothing taken. */
  | { kind: 'reset' }
  /** Taken, and then no answer, a broken connection, or an error all the same: the outcome is unknown to the sender. */
  | { kind: 'taken-then-hang' }
  | { kind: 'taken-then-reset' }
  | { kind: 'taken-then-answer'; status: number }
  /** Taken, and an answer of success that is not Twilio's. */
  | { kind: 'taken-then-garbage'; body: string }
  /** Taken and answered well, but late. */
  | { kind: 'slow'; ms: number };

export const refuse = (code: number, status = 400): Fault => ({ kind: 'answer', status, code });
export const tooFast = (retryAfter?: string): Fault => ({
  kind: 'answer',
  status: 429,
  code: 20429,
  ...(retryAfter !== undefined && { retryAfter }),
});

export const isTaken = (fault: Fault | undefined) =>
  fault === undefined || fault.kind === 'slow' || fault.kind.startsWith('taken');

interface Scripted {
  fault: Fault;
  left: number;
}

/** What goes wrong, and when. Only sends are faulted; a number's own script goes before the general one. */
export class FaultScript {
  readonly #general: Scripted[] = [];
  readonly #byNumber = new Map<string, Scripted[]>();
  /** Asked for every send that no script covers: for random faults in long runs. */
  chance: ((to: string) => Fault | undefined) | undefined;
  /** The same for listing, which reconciliation uses. */
  listing: Fault | undefined;

  /** The next `times` sends fail so. */
  next(fault: Fault, times = 1): this {
    this.#general.push({ fault, left: times });
    return this;
  }

  /** Sends to this address (`+91…`, `whatsapp:+91…`) fail so, `times` times or for ever. */
  to(address: string, fault: Fault, times = Infinity): this {
    const scripts = this.#byNumber.get(address) ?? [];
    this.#byNumber.set(address, [...scripts, { fault, left: times }]);
    return this;
  }

  clear(): void {
    this.#general.length = 0;
    this.#byNumber.clear();
    this.chance = undefined;
    this.listing = undefined;
  }

  /** What happens to this send. Uses the script up. */
  take(to: string): Fault | undefined {
    for (const scripts of [this.#byNumber.get(to) ?? [], this.#general]) {
      const scripted = scripts[0];
      if (!scripted) continue;
      scripted.left -= 1;
      if (scripted.left <= 0) scripts.shift();
      return scripted.fault;
    }
    return this.chance?.(to);
  }
}
