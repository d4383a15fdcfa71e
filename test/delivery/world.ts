/** Delivery over the real models on the embedded server, with everybody else played by the test. */
import { createConnection, type Connection } from 'mongoose';
import type { PlacedOrder } from '../../src/conversation';
import type { ChannelId, Channel } from '../../src/channels/channel';
import type { MovableClock } from '../../src/clock';
import { startEmbedded } from '../../src/database/embedded';
import type { OutboxRow } from '../../src/database/models/outbox';
import {
  createDelivery,
  createDeliveryIndexes,
  type DeliveryParts,
  type DeliveryService,
} from '../../src/delivery';
import type { Alert, JournalEntry, KeptReflection, Outcome, Recipient } from '../../src/delivery/ports';
import { openStore, type Store } from '../../src/delivery/store';
import { silentLog } from '../../src/log';
import { mediaAddress } from '../../src/pictures/address';
import { FakeChannel } from './fake-channel';
import { chance, noon, person } from './samples';

/** The people of a test: what is in the map at the moment of asking is what is committed. */
export class FakePeople {
  readonly all = new Map<string, Recipient>();
  readonly erased: string[] = [];
  /** Called between the question and its answer. */
  onRead: (ids: string[]) => void | Promise<void> = () => undefined;

  async recipients(ids: string[]): Promise<Map<string, Recipient>> {
    await this.onRead(ids);
    return new Map(ids.flatMap((id) => (this.all.has(id) ? [[id, { ...this.all.get(id)! }] as const] : [])));
  }
  optOut(id: string, channel: ChannelId): Promise<void> {
    return this.#close(id, channel, 'opted-out');
  }
  unreachable(id: string, channel: ChannelId): Promise<void> {
    return this.#close(id, channel, 'unreachable');
  }
  erase(id: string): Promise<void> {
    this.all.delete(id);
    this.erased.push(id);
    return Promise.resolve();
  }
  add(id: string, changes: Partial<Recipient> = {}): void {
    this.all.set(id, person(changes));
  }
  change(id: string, changes: Partial<Recipient>): void {
    this.all.set(id, { ...this.all.get(id)!, ...changes });
  }
  #close(id: string, channel: ChannelId, why: 'opted-out' | 'unreachable'): Promise<void> {
    const one = this.all.get(id);
    if (one) one.closed = { ...one.closed, [channel]: why };
    return Promise.resolve();
  }
}

export interface World {
  connection: Connection;
  store: Store;
  clock: MovableClock;
  people: FakePeople;
  whatsapp: FakeChannel;
  sms: FakeChannel;
  journal: JournalEntry[][];
  reflections: KeptReflection[][];
  orders: PlacedOrder[];
  alerts: Alert[];
  outcomes: Outcome[];
  delivery: DeliveryService;
  /** One more process, as it were, over the same database. */
  another(changes?: Partial<DeliveryParts>): DeliveryService;
  rows(): Promise<OutboxRow[]>;
  row(id: string): Promise<OutboxRow>;
  states(): Promise<Record<string, string>>;
  /** Lets time pass in steps, delivering after each. */
  pass(total: number, step: number): Promise<void>;
  /** Waits for a condition, at most ten seconds. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
}

export interface Server {
  world(
    changes?: Partial<DeliveryParts> & { whatsappSender?: string; monitorCommands?: boolean },
  ): Promise<World>;
  stop(): Promise<void>;
}

/** Starts one server for a test file; every world has a database of its own. */
export async function startServer(): Promise<Server> {
  const server = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true });
  const connections: Connection[] = [];
  const worlds: World[] = [];
  return {
    async world({ monitorCommands = false, ...changes } = {}) {
      const connection = await createConnection(server.uri, {
        dbName: `test${connections.length}`,
        retryWrites: false,
        monitorCommands,
      }).asPromise();
      connections.push(connection);
      await createDeliveryIndexes(connection);
      const world = build(connection, changes);
      worlds.push(world);
      return world;
    },
    async stop() {
      await Promise.all(worlds.map(({ delivery }) => delivery.stop()));
      await Promise.all(connections.map((connection) => connection.close()));
      await server.stop();
    },
  };
}

function build(
  connection: Connection,
  { whatsappSender = 'test-whatsapp', ...changes }: Partial<DeliveryParts> & { whatsappSender?: string },
): World {
  const clock = (changes.clock as MovableClock | undefined) ?? noon();
  const people = new FakePeople();
  const whatsapp = new FakeChannel('whatsapp', whatsappSender, clock);
  const sms = new FakeChannel('sms', 'test-sms', clock);
  const journal: JournalEntry[][] = [];
  const reflections: KeptReflection[][] = [];
  const orders: PlacedOrder[] = [];
  const alerts: Alert[] = [];
  const outcomes: Outcome[] = [];
  const store = openStore(connection);
  let tokens = 0;
  const parts: DeliveryParts = {
    connection,
    channels: new Map<ChannelId, Channel>([
      ['whatsapp', whatsapp],
      ['sms', sms],
    ]),
    clock,
    random: chance(7),
    ids: () => `token-${++tokens}`,
    render: (
      { parts: [part], options = [], standalone },
      language,
      { medium, canReply, canSendMedia },
      link = '',
    ) => {
      if (!canReply && !standalone) return undefined;
      const words = `${part?.key ?? ''} ${language ?? 'all'} ${medium}`;
      return {
        text: canSendMedia || link === '' ? words : `${words}\n${link}`,
        options: options.map(({ id, key }) => ({ id, label: key })),
      };
    },
    mediaUrl: (picture, participantId) => {
      const path = (id: string, pledgeId: string) => `/c/${id}/${pledgeId}`;
      const { path: at, contentType } = mediaAddress(
        {
          path,
          sheet: path.bind(null, 'sheet'),
          sent: path.bind(null, 'sent'),
          chart: ({ area }) => path('chart', area),
          poster: path,
        },
        picture,
        participantId,
      );
      return { url: `https://saathi.example${at}`, contentType };
    },
    people,
    journal: { write: (entries) => Promise.resolve(void journal.push(entries)) },
    orders: { carryOut: (placed) => Promise.resolve(void orders.push(...placed)) },
    reflections: { keep: (kept) => Promise.resolve(void reflections.push(kept)) },
    log: silentLog,
    alert: (alert) => alerts.push(alert),
    observe: (outcome) => outcomes.push(outcome),
    ...changes,
  };
  const rows = () => store.outbox.find({}).sort({ _id: 1 }).toArray();
  const delivery = createDelivery(parts);
  return {
    connection,
    store,
    clock,
    people,
    whatsapp,
    sms,
    journal,
    orders,
    reflections,
    alerts,
    outcomes,
    delivery,
    another: (more = {}) => createDelivery({ ...parts, ...more }),
    rows,
    async row(id) {
      const row = await store.outbox.findOne({ _id: id });
      if (!row) throw new Error(`There is no row ${id}.`);
      return row;
    },
    async pass(total, step) {
      for (let gone = 0; gone < total; gone += step) {
        clock.advance(step);
        await delivery.deliverDue();
      }
    },
    async until(condition) {
      const last = performance.now() + 10_000;
      while (!(await condition())) {
        if (performance.now() > last)
          throw new Error('What was waited for did not come about in ten seconds.');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async states() {
      return Object.fromEntries((await rows()).map(({ _id, state }) => [_id, state]));
    },
  };
}
