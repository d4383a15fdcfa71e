/** What goes wrong: processes die or stand still, the provider fails in every way it can, all by chance. */
import { refuse, tooFast, type Fault, type TwilioStub } from '../support/twilio-stub';
import type { Cluster, Member } from './cluster';
import { SPEED, pause, pick, type Chance } from './world';

/** Past a lease of a minute, and past the time after which a list of messages is believed. */
const STANDSTILL_MS = [4_000, 7_000];
export const LONGEST_STANDSTILL_MS = Math.max(...STANDSTILL_MS);

const FAULTS: readonly [share: number, fault: () => Fault][] = [
  [0.04, () => tooFast('2')],
  [0.03, () => tooFast()],
  [0.03, () => ({ kind: 'answer', status: 500, code: 20500 })],
  [0.02, () => ({ kind: 'html', status: 502 })],
  [0.02, () => ({ kind: 'reset' })],
  [0.02, () => ({ kind: 'hang' })],
  [0.02, () => ({ kind: 'taken-then-hang' })],
  [0.02, () => ({ kind: 'taken-then-reset' })],
  [0.02, () => ({ kind: 'taken-then-answer', status: 500 })],
  [0.01, () => ({ kind: 'taken-then-garbage', body: '<html>' })],
  [0.04, () => ({ kind: 'slow', ms: 200 })],
  [0.003, () => refuse(20003, 401)],
];

function fault(random: Chance): Fault | undefined {
  let place = random();
  for (const [share, make] of FAULTS) {
    place -= share;
    if (place < 0) return make();
  }
  return undefined;
}

export class Nemesis {
  readonly did: Record<string, number> = {};
  #over = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly cluster: Cluster,
    private readonly stub: TwilioStub,
    private readonly chances: (part: string) => Chance,
  ) {}

  start(): void {
    const provider = this.chances('provider');
    this.stub.faults.chance = () => {
      const one = fault(provider);
      if (one) this.#count(one.kind === 'answer' ? `answer ${one.status}` : one.kind);
      return one;
    };
    this.#running = this.#storm();
  }

  /** Leaves the processes alone from now on; the provider goes on failing. */
  async calm(): Promise<void> {
    this.#over = true;
    await this.#running;
    this.cluster.all.forEach((member) => member.goOn());
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.stub.faults.clear();
  }

  #count(what: string): void {
    this.did[what] = (this.did[what] ?? 0) + 1;
  }

  async #storm(): Promise<void> {
    const random = this.chances('nemesis');
    const paused: Promise<void>[] = [];
    while (!this.#over) {
      await pause(500 + random() * 2_000);
      const kind = random();
      const victim = pick(random, [...this.cluster.webs, ...this.cluster.workers, ...this.cluster.workers]);
      if (kind < 0.4) this.#kill(victim);
      else if (kind < 0.75) paused.push(this.#standStill(victim, pick(random, STANDSTILL_MS)));
      else if (kind < 0.85) this.#kill(this.cluster.database);
      else paused.push(this.#silenceLists(60_000 / SPEED));
    }
    await Promise.all(paused);
  }

  #kill(member: Member): void {
    if (member.port === undefined) return;
    this.#count(`kill ${member.name}`);
    member.kill();
  }

  async #standStill(member: Member, milliseconds: number): Promise<void> {
    if (member.port === undefined || member.stopped) return;
    this.#count(`pause ${member.name}`);
    member.standStill();
    await pause(milliseconds);
    member.goOn();
  }

  async #silenceLists(milliseconds: number): Promise<void> {
    this.#count('no lists');
    this.stub.faults.listing = { kind: 'answer', status: 503, code: 20503 };
    await pause(milliseconds);
    this.stub.faults.listing = undefined;
  }
}
