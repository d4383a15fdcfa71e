/**
 * Several people on their pretend phones, in the real product on a database of its own: what a golden conversation
 * in company is played on. Clock, ids and chance are fixed; orders, signals, quiet hours and delivery are the real
 * ones.
 */
import { formatAddress, parseAddress } from '../../src/channels/simulator/address';
import type { PhoneMessage, Simulator } from '../../src/channels/simulator/simulator';
import { MovableClock } from '../../src/clock';
import { loadConfig } from '../../src/config';
import { settle, settled, settledGroup } from '../../src/demo';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import type { GroupHeader, PersonHeader, TownHeader } from './town-header';
import { incomingOf, type Phones, type Seen } from './transcript';

/** Their numbers, in the order in which they are named. */
const phoneOf = (index: number) => `+9198000001${String(index + 1).padStart(2, '0')}`;

export class TownPlayer implements Phones {
  #seen: Seen[] = [];

  private constructor(
    private readonly product: Product,
    private readonly simulator: Simulator,
    private readonly people: Record<string, PersonHeader>,
  ) {
    simulator.subscribe((event) => {
      if (event.type !== 'message' || event.message.direction !== 'received') return;
      const to = this.#nameAt(event.address);
      this.#seen.push({ to, text: shownAs(event.message), at: event.message.at });
    });
  }

  /** Opens the product with these people in it. `close` it. */
  static async open(clock: string, { people, groups }: TownHeader): Promise<TownPlayer> {
    const at = new Date(clock);
    let ids = 0;
    const product = await assemble(
      {
        ...loadConfig({ SIMULATOR: 'on', SESSION_SECRET: 'the-secret-of-the-golden-conversations' }),
        warnings: [],
      },
      {
        log: silentLog,
        clock: new MovableClock(at),
        dataDir: 'temporary',
        inProcess: true,
        random: () => 0.5,
        makeId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      },
    );
    if (!product.simulator) throw new Error('A golden conversation in company needs the simulator.');
    const names = Object.keys(people);
    const groupOf = (name: string) =>
      Object.keys(groups).find((code) => groups[code]?.members.includes(name));
    const there = names.filter((name) => !people[name]?.isNew);
    await settle(
      product.connection,
      there.map((name) => documentOf(name, names.indexOf(name), people, groupOf(name), product, at)),
      Object.entries(groups).map(([code, group]) => groupDocumentOf(code, group, at)),
    );
    return new TownPlayer(product, product.simulator, people);
  }

  async send(who: string, says: string): Promise<Seen[]> {
    const { text, kind, optionId } = incomingOf(says, this.#lastOptions(who));
    const address = this.#addressOf(who);
    await this.product.world.receive(
      this.simulator.outgoing(address, { kind: kind ?? 'text', text, optionId, seconds: 12 }),
    );
    await this.product.world.settle();
    return this.#take();
  }

  async wait(milliseconds: number): Promise<Seen[]> {
    await this.product.world.advance(milliseconds);
    return this.#take();
  }

  async stateOf(who: string): Promise<string> {
    const view = await this.product.world.describe({ channel: 'simulator', address: this.#addressOf(who) });
    return view?.state ?? 'nobody';
  }

  close(): Promise<void> {
    return this.product.stop();
  }

  /** What came since the last time; at the same moment in the order in which the people are named. */
  #take(): Seen[] {
    const rank = new Map(Object.keys(this.people).map((name, index) => [name, index]));
    const seen = this.#seen.toSorted(
      (one, other) =>
        one.at.getTime() - other.at.getTime() ||
        (rank.get(one.to ?? '') ?? 0) - (rank.get(other.to ?? '') ?? 0),
    );
    this.#seen = [];
    return seen;
  }

  #addressOf(who: string): string {
    return addressOf(Object.keys(this.people).indexOf(who), this.people[who]);
  }

  #nameAt(address: string): string {
    const phone = parseAddress(address)?.phone;
    const name = Object.keys(this.people).find((_, index) => phoneOf(index) === phone);
    if (name === undefined) throw new Error('A message went to nobody of this conversation.');
    return name;
  }

  #lastOptions(who: string) {
    const messages = this.simulator.history(this.#addressOf(who));
    return (
      messages.findLast(({ direction, options }) => direction === 'received' && options.length > 0)
        ?.options ?? []
    );
  }
}

function addressOf(index: number, person: PersonHeader | undefined): string {
  return formatAddress({ medium: person?.channel ?? 'whatsapp', phone: phoneOf(index) });
}

function documentOf(
  name: string,
  index: number,
  people: Record<string, PersonHeader>,
  group: string | undefined,
  { content }: Product,
  at: Date,
) {
  const person = people[name];
  if (!person) throw new Error(`Nobody is called ${name}.`);
  const { language, called, place, mentor, coordinator, lesson } = person;
  const roles = {
    ...(mentor && { mentor: { since: at } }),
    ...(coordinator && { coordinator: { ...coordinator, since: at } }),
  };
  return settled(
    {
      id: name.toLowerCase(),
      address: { channel: 'simulator', address: addressOf(index, person) },
      language: language,
      name: called,
      state: place.split('-')[0] ?? '',
      district: place,
      isSaathi: person.isSaathi,
      ...(Object.keys(roles).length > 0 && { roles }),
      ...(group !== undefined && { group }),
      ...(lesson && { lesson }),
      notice: content.consentVersion,
    },
    at,
  );
}

function groupDocumentOf(code: string, { name, mentor, members }: GroupHeader, at: Date) {
  return settledGroup(
    { code, name, mentorId: mentor.toLowerCase(), members: members.map((one) => one.toLowerCase()) },
    at,
  );
}

/** Its text, then what can be tapped, then what comes with it. */
function shownAs({ text, options, media }: PhoneMessage): string {
  const kind = media?.contentType.startsWith('image/')
    ? 'picture'
    : media?.contentType.startsWith('audio/')
      ? 'voice note'
      : 'document';
  return [
    text,
    ...options.map(({ label }, index) => `[${index + 1}] ${label}`),
    ...(media ? [`(${kind})`] : []),
  ].join('\n');
}
