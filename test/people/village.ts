/** Three men of one group on pretend phones, with what is under way between them arriving in any order. */
import type { Participant, PlacedOrder, StoredEffect } from '../../src/conversation';
import type { Jodi } from '../../src/database/models/group';
import {
  answer,
  confirm,
  end,
  endAll,
  seek,
  tell,
  type Free,
  type Outcome,
  type Told,
} from '../../src/people/jodi-rules';
import { core, live } from '../conversation/world';

const GROUP = 'KTR47';
const DAY = 86_400_000;
export const NAMES = ['Asif', 'Ravi', 'Salim'];

/** What may happen: one of the three does something, an order or a signal that is under way arrives, or a day passes. */
export type Act =
  | { type: 'does'; who: number; what: string[] }
  | { type: 'order' | 'signal'; nth: number }
  | { type: 'passes'; days: number };

function joined(): Participant {
  const texts = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur', '1', '7', '3', '2'];
  const acts = texts.map((text) => ({ type: 'sends' as const, incoming: { kind: 'text' as const, text } }));
  return [...live(acts)].at(-1)!.stepped.participant;
}
const HE = joined();

/** Three phones, a group, and what is under way between them, in no particular order. */
export class Village {
  now = new Date(HE.lastHeardAt!.getTime() + DAY);
  men: (Participant | undefined)[] = NAMES.map((name, index) => ({
    ...HE,
    id: `p${index}`,
    profile: { ...HE.profile, name, group: GROUP },
  }));
  members = new Set(['p0', 'p1', 'p2']);
  jodis: Jodi[] = [];
  orders: PlacedOrder[] = [];
  signals: Told[] = [];
  /** All that was ever sent. */
  sent: Told[] = [];
  said: { to: string; effect: StoredEffect }[] = [];
  #messages = 0;

  does(who: number, what: string): void {
    const man = this.men[who];
    if (!man) return;
    if (what === 'leaves' || what === 'comes') {
      this.#moves(man, what === 'comes');
      return;
    }
    if (what === 'erased') {
      this.#carry(endAll(this.jodis, man.id));
      this.members.delete(man.id);
      this.men[who] = undefined;
      return;
    }
    if (what.startsWith('checkin')) {
      const asked = promised(man, this.now);
      this.#hear(asked, { kind: 'tap', text: '', optionId: what.slice('checkin '.length) });
      return;
    }
    const [, nth] = /^tap (\d)$/.exec(what) ?? [];
    const options = core.engine.expectation(man.conversation.state, {
      ...man,
      scratch: man.conversation.scratch,
    }).options;
    const optionId = nth === undefined ? undefined : options[Number(nth)]?.id;
    if (nth !== undefined && optionId === undefined) return;
    this.#hear(
      man,
      optionId === undefined ? { kind: 'text', text: what } : { kind: 'tap', text: '', optionId },
    );
  }

  /** The nth order that is under way is carried out, by the same rules as in the product. */
  order(nth: number): void {
    const [placed] = this.orders.splice(nth % Math.max(1, this.orders.length), 1);
    if (!placed) return;
    const { id, participantId: who, at, order } = placed;
    const all = { group: GROUP, jodis: this.jodis, free: this.#free() };
    const isMember = this.members.has(who);
    if (order.do === 'end jodi') this.#carry(end(this.jodis, order.jodi, who));
    if (order.do === 'confirm jodi') this.#send(confirm(this.jodis, order.jodi, who, id));
    if (order.do === 'tell jodi') this.#send(tell(this.jodis, order.jodi, who, order.isDone, id, at));
    if (order.do === 'answer jodi' && isMember) this.#carry(answer(all, order.jodi, who, order.isYes, at));
    if (order.do === 'seek jodi' && isMember) {
      const whom = all.free.find(({ name }, index) => [name, String(index + 1)].includes(order.whom ?? ''));
      this.#carry(
        seek(all, { order: id, by: who, at, ...(order.whom !== undefined && { whom: whom ?? 'nobody' }) }),
      );
    }
  }

  signal(nth: number): void {
    const [told] = this.signals.splice(nth % Math.max(1, this.signals.length), 1);
    const index = this.men.findIndex((man) => man?.id === told?.to);
    const man = this.men[index];
    if (!told || !man) return;
    const { id, event, data } = told;
    const timer = { id, event, data, due: this.now } as Participant['conversation']['timers'][number];
    const { conversation } = man;
    this.men[index] = { ...man, conversation: { ...conversation, timers: [timer, ...conversation.timers] } };
    this.#fire(index);
  }

  passes(days: number): void {
    this.now = new Date(this.now.getTime() + days * DAY);
    for (const index of this.men.keys()) this.#fire(index);
  }

  /** Until nothing is under way any more. */
  settle(): void {
    for (let round = 0; round < 60; round += 1) {
      while (this.orders.length > 0) this.order(0);
      while (this.signals.length > 0) this.signal(0);
      const waits = this.men.some((man) =>
        man?.conversation.timers.some((timer) => 'data' in timer && timer.event.startsWith('JODI')),
      );
      // Whoever is in care goes on, so that what waits for him can arrive.
      for (const [index, man] of this.men.entries())
        if (man?.conversation.state === 'care.told') this.does(index, 'tap 1');
      if (!waits && this.orders.length + this.signals.length === 0) return;
      this.passes(1);
    }
    throw new Error('It does not come to rest.');
  }

  #moves(man: Participant, comes: boolean): void {
    if (comes === this.members.has(man.id)) return;
    if (comes) this.members.add(man.id);
    else this.members.delete(man.id);
    const data = comes
      ? { group: GROUP, name: 'Sitapur', mentor: 'Dev' }
      : { group: GROUP, why: 'removed' as const };
    const event = comes ? 'GROUPED' : 'UNGROUPED';
    this.signals.push({ to: man.id, id: `moved:${this.#messages}`, event, data } as unknown as Told);
  }

  #free(): Free[] {
    return this.men.flatMap((man) =>
      man?.status === 'active' && this.members.has(man.id) ? [{ id: man.id, name: man.profile.name! }] : [],
    );
  }

  #carry({ jodis, told }: Outcome): void {
    this.jodis = jodis;
    this.#send(told);
  }

  #send(told: Told[]): void {
    this.signals.push(...told);
    this.sent.push(...told);
  }

  #hear(man: Participant, incoming: Parameters<typeof core.hear>[1]): void {
    // Long enough for nobody to be in the middle of something.
    this.now = new Date(this.now.getTime() + 15 * 60_000);
    const message = { id: `m${++this.#messages}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
    this.#take(core.hear(man, incoming, message, this.now));
  }

  #fire(index: number): void {
    for (;;) {
      const man = this.men[index];
      const fired = man && core.fireDue(man, this.now);
      if (!fired) return;
      this.#take(fired);
    }
  }

  #take({ participant, effects }: { participant: Participant; effects: StoredEffect[] }): void {
    this.men[this.men.findIndex((man) => man?.id === participant.id)] = participant;
    for (const effect of effects) {
      this.said.push({ to: participant.id, effect });
      if (effect.type === 'order')
        this.orders.push({
          id: effect.id,
          participantId: participant.id,
          at: effect.at,
          order: effect.order,
        });
    }
  }
}

/** As if he had promised last week's action and were asked about it now. */
function promised(man: Participant, now: Date): Participant {
  if (man.status !== 'active') return man;
  const { conversation } = man;
  return {
    ...man,
    lessons: [
      { week: 1, offeredAt: new Date(now.getTime() - 7 * DAY), action: 'promised', completedAt: now },
    ],
    conversation: { ...conversation, state: 'errand.checkin', scratch: { inErrand: true } },
  };
}
