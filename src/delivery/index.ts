/** Delivery: from what a step asked for to the provider's receipt. `createDelivery` is all the house sees. */
import type { Connection } from 'mongoose';
import type { Channel, ChannelId, Receipt } from '../channels/channel';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { AftermathParts } from './aftermath';
import type { Random } from './back-off';
import { Courier } from './courier';
import { countOutbox, senderFigures, type OutboxCounts, type SenderFigure } from './counts';
import { Despatch } from './despatch';
import { Pacing } from './pacing';
import type {
  Alert,
  AlertPort,
  BroadcastsPort,
  Delivery,
  JournalPort,
  OrdersPort,
  LinkPort,
  MediaUrlPort,
  ObservePort,
  PeoplePort,
  ReflectionsPort,
  RenderPort,
  TemplatePort,
} from './ports';
import type { QuietHours } from './quiet-hours';
import { Reach } from './reach';
import { applyReceipts } from './receipts';
import { redactDue } from './redact';
import { Relay } from './relay';
import { senderRules, type SenderRules } from './sender-rules';
import { openStore } from './store';
import { Worker } from './worker';

export interface DeliveryParts {
  /** Open; its indexes made by `createDeliveryIndexes`. */
  connection: Connection;
  /** One a kind of address, in order of importance. */
  channels: ReadonlyMap<ChannelId, Channel>;
  clock: Clock;
  random: Random;
  /** Makes a lease token that nobody else makes. */
  ids: () => string;
  render: RenderPort;
  mediaUrl: MediaUrlPort;
  /** Without it no message has a link to a page of his own. */
  linkTo?: LinkPort;
  template?: TemplatePort;
  people: PeoplePort;
  journal: JournalPort;
  reflections: ReflectionsPort;
  /** Where there are none, nothing is held. */
  broadcasts?: BroadcastsPort;
  orders: OrdersPort;
  log: Log;
  /** Told what an operator should act on; a log line by default. */
  alert?: AlertPort;
  /** Told of every outcome, for counters. */
  observe?: ObservePort;
  /** Milliseconds of a clock that only runs forward; the process's own by default. */
  monotonic?: () => number;
  config?: DeliveryConfig;
}

export interface DeliveryConfig {
  /** Undefined: none. */
  quiet?: QuietHours | undefined;
  /** WHATSAPP_DAILY_REACH: people reached outside the window in any 24 hours, by any sender with a window. */
  dailyReach?: number;
  /** Changes to what is known of senders. */
  senders?: Record<string, Partial<SenderRules>>;
  concurrency?: number;
  leaseMs?: number;
  sendTimeoutMs?: number;
  maxAttempts?: number;
  /** How long rows are kept, in milliseconds. */
  keptMs?: number;
  /** How often a worker looks when nothing wakes it. */
  pollMs?: number;
}

export interface DeliveryService {
  /** Carries out effects; returns when they are written. Safe to repeat. */
  relay(batch: Delivery[]): Promise<void>;
  /** Handles everything that is due now (or as many messages as asked for). @returns how many were sent off. */
  deliverDue(limit?: number): Promise<number>;
  /** Starts the worker: woken by `relay` in this process, by the clock otherwise. */
  start(): void;
  /** Takes nothing new and returns when all in flight has landed. */
  stop(): Promise<void>;
  /** Applies what providers say later, in bulk. Safe to repeat. */
  receipts(receipts: Receipt[]): Promise<void>;
  counts(): Promise<OutboxCounts>;
  /** How each configured sender is: paused, down, and what is left of its daily reach. */
  senders(): Promise<SenderFigure[]>;
}

/** Rows stay for 400 days: logs of processing are due for a year (DPDP Rules 2025, rule 8(3)). */
const KEPT_MS = 400 * 86_400_000;
const DEFAULTS = {
  keptMs: KEPT_MS,
  concurrency: 20,
  leaseMs: 60_000,
  sendTimeoutMs: 45_000,
  maxAttempts: 8,
  pollMs: 1_000,
};

/** Wires delivery together. Nothing is read or sent before the first call. */
export function createDelivery(given: DeliveryParts): DeliveryService {
  const { connection, channels, clock, random, log, people } = given;
  const store = openStore(connection);
  const { quiet, dailyReach, senders: changes, ...numbers } = given.config ?? {};
  const config = { ...DEFAULTS, ...numbers };
  const senders = withReach(channels, changes, dailyReach);
  const pacing = new Pacing({ senders: store.senders, clock, random });
  const aftermath: AftermathParts = {
    outbox: store.outbox,
    channels,
    people,
    pacing,
    alert: given.alert ?? alertLog(log),
    clock,
    log,
  };
  const shared = {
    ...aftermath,
    template: given.template ?? (() => undefined),
    broadcasts: given.broadcasts ?? { held: () => Promise.resolve(new Map()) },
    observe: given.observe ?? (() => undefined),
  };
  const despatch = new Despatch({
    ...shared,
    ...config,
    random,
    render: given.render,
    mediaUrl: given.mediaUrl,
    linkTo: given.linkTo ?? (() => ''),
  });
  const reach = new Reach(store.reach, clock);
  const courier = new Courier({
    ...shared,
    ...config,
    despatch,
    reach,
    quiet,
    senders,
    ids: given.ids,
    ...(given.monotonic && { monotonic: given.monotonic }),
  });
  const redact = () => redactDue({ ...shared, redactions: store.redactions, random });
  const worker = new Worker({ courier, redact, ...shared, ...config });
  const relay = new Relay({
    outbox: store.outbox,
    redactions: store.redactions,
    channels,
    people,
    journal: given.journal,
    reflections: given.reflections,
    orders: given.orders,
  });
  return {
    async relay(batch) {
      await relay.relay(batch);
      worker.wake();
    },
    deliverDue: (limit) => worker.deliverDue(limit),
    start: () => worker.start(),
    stop: () => worker.stop(),
    receipts: (receipts) => applyReceipts(receipts, { ...aftermath, random }),
    counts: () => countOutbox(store.outbox),
    senders: () => senderFigures(channels.values(), { senders: store.senders, reach, changes: senders }),
  };
}

/** The configured cap holds for every sender that has WhatsApp's window. */
function withReach(
  channels: ReadonlyMap<ChannelId, Channel>,
  changes: Record<string, Partial<SenderRules>> = {},
  dailyReach?: number,
): Record<string, Partial<SenderRules>> {
  if (dailyReach === undefined) return changes;
  const capped = [...channels.values()].filter(({ sender }) => senderRules(sender, changes).window);
  return {
    ...changes,
    ...Object.fromEntries(capped.map(({ sender }) => [sender, { dailyReach, ...changes[sender] }])),
  };
}

function alertLog(log: Log): AlertPort {
  const words: Record<Alert['about'], string> = {
    'sender-down': 'A sender does not work: nothing leaves by it until a probe gets through',
    'sender-up': 'A sender works again',
    template: 'A template was refused by WhatsApp',
    filter: 'A message was stopped by a filter: its text needs a look',
    dead: 'A message was given up',
  };
  return ({ about, ...fields }) => {
    if (about === 'sender-up') log.info(fields, words[about]);
    else log.error(fields, words[about]);
  };
}

export { createBroadcastRows, noCounts, type BroadcastRows } from './broadcast-rows';
export { createOutboxControl, PURPOSES, type OutboxControl } from './control';
export { sortEffects } from './rows';
export { createDeliveryIndexes } from './store';
export { createLease, type HeldLease } from './lease';
export { DatabaseClock, askServerTime } from './database-clock';
export type * from './ports';
