/**
 * The people's part of the product on the real models, with delivery behind it and a provider in the test's hands.
 * A house is one process: its own connection, its own turns, its own delivery, on the one database of the town.
 */
import type { Connection } from 'mongoose';
import type { Channel, ChannelId, InboundMessage } from '../../src/channels/channel';
import { auditKeys, createAudit } from '../../src/audit';
import { caseEraser, createCare, unsealed, type Care, type Unanswered } from '../../src/care';
import { MovableClock } from '../../src/clock';
import { loadContent } from '../../src/content';
import type { Content } from '../../src/content/model';
import { BROADCASTS_A_DAY, createCore, render, type Conversation } from '../../src/conversation';
import { createIndexes, openDatabase, type Database } from '../../src/database/connect';
import { startEmbedded } from '../../src/database/embedded';
import { journalModel, type JournalRow } from '../../src/database/models/journal';
import { outboxModel, type OutboxRow } from '../../src/database/models/outbox';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { createDelivery, createDeliveryIndexes, type DeliveryService } from '../../src/delivery';
import { silentLog } from '../../src/log';
import { CONTENT_DIR } from '../../src/paths';
import { createOrders, createPeople, sealing, type Outgoing, type People } from '../../src/people';
import type { FetchMedia } from '../../src/programme/broadcast-media';
import { createMeetings } from '../../src/programme/meetings';
import { Broadcasts } from '../../src/programme/broadcasts';
import { figureOrders, networks, Rollup } from '../../src/stats';
import { tick } from '../../src/programme/tick';
import { createVault } from '../../src/vault';
import { FakeChannel } from '../delivery/fake-channel';

export const content = loadContent(CONTENT_DIR);
export const core = createCore(content);

export const NUMBER = '+919812345678';
const START = new Date('2026-01-04T10:00:00+05:30');

export interface HouseOptions {
  /** What a provider has under its references. */
  fetchMedia?: FetchMedia;
  /** Districts with a Gender Hub. */
  hubs?: Content['hubs'];
  conversation?: Conversation;
  /** Comes between people and delivery. */
  relay?: (batch: Outgoing[], onwards: (batch: Outgoing[]) => Promise<void>) => Promise<void>;
}

export interface House {
  connection: Connection;
  people: People;
  delivery: DeliveryService;
  broadcasts: Broadcasts;
  faults: unknown[];
  care: Care;
  /** Cases that the operator was told of. */
  alerts: Unanswered[];
  tick(batch?: number): Promise<number>;
}

export interface Town {
  clock: MovableClock;
  /** What the provider really took. */
  provider: FakeChannel;
  house(options?: HouseOptions): Promise<House>;
  /** A message as a channel hands it over; each has its own id unless one is given. */
  message(text: string, changes?: Partial<InboundMessage>): InboundMessage;
  participants(): Promise<ParticipantDocument[]>;
  participant(): Promise<ParticipantDocument>;
  outbox(): Promise<OutboxRow[]>;
  journal(): Promise<JournalRow[]>;
  /** Every document of every collection, as text. */
  everything(): Promise<Record<string, string>>;
}

export interface Country {
  town(): Promise<Town>;
  stop(): Promise<void>;
}

/** One server for a test file; each town has a database of its own. */
export async function startCountry(): Promise<Country> {
  const server = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true });
  const opened: Database[] = [];
  let towns = 0;
  return {
    async town() {
      const uri = server.uri.replace('/?', `/town${++towns}?monitorCommands=true&`);
      const open = async () => {
        const database = await openDatabase({ mongodbUri: uri, dataDir: '' });
        opened.push(database);
        return database.connection;
      };
      const own = await open();
      await createIndexes(own);
      await createDeliveryIndexes(own);
      return build(own, open);
    },
    async stop() {
      await Promise.all(opened.map((database) => database.stop()));
      await server.stop();
    },
  };
}

function build(own: Connection, open: () => Promise<Connection>): Town {
  const clock = new MovableClock(START);
  const provider = new FakeChannel('whatsapp', 'test-whatsapp', clock);
  let ids = 0;
  let messages = 0;
  return {
    clock,
    provider,
    async house(options = {}) {
      return houseOn(await open(), { clock, provider, makeId: () => `id${++ids}`, ...options });
    },
    message: (text, changes = {}) => ({
      id: `wamid.${++messages}`,
      from: { channel: 'whatsapp', address: NUMBER },
      kind: 'text',
      text,
      at: clock.now(),
      ...changes,
    }),
    participants: () => participantModel(own).find().sort({ _id: 1 }).lean<ParticipantDocument[]>(),
    async participant() {
      const [only, ...others] = await participantModel(own).find().lean<ParticipantDocument[]>();
      if (!only || others.length > 0)
        throw new Error(`There are ${others.length + (only ? 1 : 0)} participants.`);
      return only;
    },
    outbox: () => outboxModel(own).find().sort({ participantId: 1, sequence: 1 }).lean<OutboxRow[]>(),
    journal: () => journalModel(own).find().sort({ at: 1, _id: 1 }).lean<JournalRow[]>(),
    async everything() {
      const collections = await own.db!.listCollections().toArray();
      const texts = collections.map(async ({ name }) => {
        const documents = await own.db!.collection(name).find({}).toArray();
        return [name, JSON.stringify(documents)] as const;
      });
      return Object.fromEntries(await Promise.all(texts));
    },
  };
}

/** Opens nothing but what was sealed here. */
export const vault = createVault('a data key of the test, a data key of the test');

interface HouseParts extends HouseOptions {
  clock: MovableClock;
  provider: FakeChannel;
  makeId: () => string;
}

function houseOn(connection: Connection, parts: HouseParts): House {
  const {
    clock,
    provider,
    makeId,
    conversation = core,
    hubs = [],
    fetchMedia,
    relay = (batch, onwards) => onwards(batch),
  } = parts;
  const faults: unknown[] = [];
  const delivery = createDelivery({
    connection,
    channels: new Map<ChannelId, Channel>([['whatsapp', provider]]),
    clock,
    random: () => 0.5,
    ids: makeId,
    log: silentLog,
    render: (say, language, capabilities, link) =>
      render(core.translate, unsealed(say, vault), language ?? 'hi', capabilities, link),
    mediaUrl: () => ({ url: 'https://saathi.example/certificate.png', contentType: 'image/png' }),
    template: () => ({ contentSid: 'HX1', variables: {} }),
    people: {
      recipients: (ids) => people.registry.recipients(ids),
      optOut: (id, channel) => people.registry.optOut(id, channel),
      unreachable: (id, channel) => people.registry.unreachable(id, channel),
      erase: (id) => people.registry.erase(id),
    },
    journal: { write: (entries) => people.journal.write(entries) },
    broadcasts: { held: (ids) => broadcasts.held(ids) },
    orders: {
      carryOut: (placed) =>
        createOrders(
          {
            ...people.orders,
            ...meetings.orders,
            ...broadcasts.orders,
            ...care.orders,
            ...figureOrders(rollup, people.signals),
          },
          (error) => faults.push(error),
        )(placed),
    },
    reflections: { keep: (kept) => people.reflections.keep(kept) },
  });
  const rollup = new Rollup({
    connection,
    now: () => clock.now(),
    zone: 'Asia/Kolkata',
    networkOf: networks(content.states),
  });
  const people = createPeople({
    connection,
    conversation,
    clock,
    makeId,
    zone: 'Asia/Kolkata',
    mediumOf: () => 'whatsapp',
    secret: 'a secret of the test',
    // Sealed only where there is care to be tested: other tests look for what he wrote.
    seal: hubs.length > 0 ? sealing(vault) : (effect) => effect,
    vault,
    forgetCases: caseEraser(connection, 'a secret of the test'),
    relay: (batch) => relay(batch, (onwards) => delivery.relay(onwards)),
    onTaken: (group, at) => meetings.follow(group, at),
    onFault: (error) => faults.push(error),
  });
  const meetings = createMeetings({
    connection,
    signals: people.signals,
    journal: people.journal,
    quiet: undefined,
  });
  const alerts: Unanswered[] = [];
  const care = createCare({
    connection,
    signals: people.signals,
    journal: people.journal,
    audit: createAudit(
      connection,
      auditKeys({ current: 'an audit key of the test', earlier: [] }, 'temporary'),
    ),
    vault,
    content: { ...content, hubs },
    clock,
    secret: 'a secret of the test',
    alert: (unanswered) => alerts.push(unanswered),
  });
  const participants = participantModel(connection);
  const broadcasts = new Broadcasts({
    connection,
    signals: people.signals,
    content,
    translate: core.translate,
    clock,
    aDay: BROADCASTS_A_DAY,
    page: 2,
    rounds: 1,
    ...(fetchMedia && { fetchMedia }),
  });
  return {
    care,
    alerts,
    connection,
    people,
    delivery,
    broadcasts,
    faults,
    tick: (batch) =>
      tick({
        participants,
        turns: people.turns,
        relaying: people.relaying,
        broadcasts,
        clock,
        ...(batch !== undefined && { batch }),
      }),
  };
}

/** What he writes until he has joined, with the first lesson before him. */
export const JOINING = ['namaste', '4', '1', '25', 'Ramesh Kumar', 'up', 'sitapur', '1', '7', '3', '1'];

/** Writes one message after the other, each answered before the next. */
export async function writes(town: Town, house: House, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await house.people.turns.receive(town.message(text));
    await house.people.relaying.idle();
    await house.delivery.deliverDue();
    town.clock.advance(1_000);
  }
}
