/** The only place where the parts are wired together. */
import { createHash, randomUUID } from 'node:crypto';
import { askerOf, caseEraser, caseSecret, createCare, unsealed } from './care';
import type { InboundMessage } from './channels/channel';
import { Simulator } from './channels/simulator/simulator';
import type { Config } from './config';
import { loadContent } from './content';
import { BROADCASTS_A_DAY, createCore, render } from './conversation';
import { createIndexes, openDatabase } from './database/connect';
import { participantModel } from './database/models/participant';
import {
  askServerTime,
  createDelivery,
  createDeliveryIndexes,
  DatabaseClock,
  type DeliveryService,
} from './delivery';
import { CONTENT_DIR } from './paths';
import { createOrders, createPeople, sealing, type People } from './people';
import { auditKeys, createAudit } from './audit';
import { linksFor, mediaAddress } from './pictures';
import { Broadcasts } from './programme/broadcasts';
import { createMeetings } from './programme/meetings';
import { everyFewSeconds, everyMinute } from './programme/schedule';
import { tick } from './programme/tick';
import { createRights, dataLinks, noteErased } from './rights';
import { figureOrders, networks, Rollup } from './stats';
import type { AssembleOptions, Product, Role } from './product';
import { secretFrom } from './secret';
import { linkedPages } from './web/linked-pages';
import { createMetrics } from './web/metrics';
import { createWeb } from './web/server';
import { simulatorRouter } from './web/simulator/router';
import { webhooksFor } from './web/webhooks';
import { whatsAppWebPage } from './web/whatsapp-web';
import { channelsFor, mediumOf } from './wiring/channels';
import { mediaFetcher } from './wiring/media';
import { groupFinder } from './wiring/groups';
import { pledgeFinder } from './wiring/pledges';
import { dltTemplates, templatePort } from './wiring/templates';
import { whatsAppWebFor } from './wiring/whatsapp-web';
import { vaultFor } from './vault';
import { createWorld } from './world';

export type { AssembleOptions, Product, Role };

/**
 * Opens the database, loads the content and wires everything; nothing runs until `start`.
 * @throws ContentError, DatabaseError: each a message for the operator
 */
export async function assemble(config: Config, options: AssembleOptions): Promise<Product> {
  const { log, random = Math.random, makeId = randomUUID, dataDir = config.dataDir } = options;
  const content = options.live?.content ?? loadContent(options.contentDir ?? CONTENT_DIR);
  const conversation = options.live?.conversation ?? createCore(content);
  const database = await openDatabase({
    mongodbUri: config.mongodbUri,
    dataDir,
    ...(options.inProcess && { inProcess: true }),
  });
  const { connection } = database;
  // After the database, which says clearly when the folder can't be used.
  const secret = secretFrom(config.sessionSecret, dataDir);
  const vault = vaultFor(config.dataKeys, dataDir);
  await createIndexes(connection);
  await createDeliveryIndexes(connection);

  const databaseClock = new DatabaseClock({ ask: askServerTime(connection) });
  await databaseClock.start();
  const clock = options.clock ?? databaseClock;
  const participants = participantModel(connection);
  const metrics = createMetrics();
  const broadcastsADay = { ...BROADCASTS_A_DAY, mentor: config.mentorBroadcastsADay };

  const simulator = config.simulator ? new Simulator({ clock, makeId }) : undefined;
  const receive = metrics.timed((message: InboundMessage) => people.turns.receive(message));
  const whatsappWeb = whatsAppWebFor({
    config,
    connection,
    dataDir,
    clock,
    random,
    makeId,
    log,
    receive,
    receipts: (receipts) => delivery.receipts(receipts),
    registry: () => people.registry,
  });
  const channels = channelsFor({
    config,
    clock,
    simulator,
    whatsappWeb,
    dltTemplates: dltTemplates(content.templates),
    dltEntityId: content.templates.sms.entityId,
    twilioTimeoutMs: options.twilioTimeoutMs,
  });
  const links = linksFor(secret);
  const pages = dataLinks(secret);
  const audit = createAudit(connection, auditKeys(config.dataKeys, dataDir));
  const onFault = (error: unknown) => log.error({ error }, 'A turn failed.');

  const delivery: DeliveryService = createDelivery({
    connection,
    channels,
    clock,
    random,
    ids: makeId,
    log,
    render: (say, language, capabilities, link) =>
      render(conversation.translate, unsealed(say, vault), language ?? 'hi', capabilities, link),
    mediaUrl: (picture, participantId) => {
      const { path, contentType } = mediaAddress(links.media, picture, participantId);
      return { url: config.publicBaseUrl + path, contentType };
    },
    linkTo: (_link, participantId) => config.publicBaseUrl + pages.path(participantId, clock.now()),
    template: templatePort(content.templates, conversation.translate),
    people: {
      recipients: (ids) => people.registry.recipients(ids),
      optOut: (id, channel) => people.registry.optOut(id, channel),
      unreachable: (id, channel) => people.registry.unreachable(id, channel),
      erase: (id) => people.registry.erase(id),
    },
    journal: { write: (entries) => people.journal.write(entries) },
    broadcasts: { held: (ids) => broadcasts.held(ids) },
    orders: { carryOut: (placed) => carryOut(placed) },
    reflections: { keep: (kept) => people.reflections.keep(kept) },
    observe: (outcome) => metrics.sent(outcome),
    ...(options.monotonic && { monotonic: options.monotonic }),
    config: {
      quiet: config.quietHours,
      dailyReach: config.whatsappDailyReach,
      keptMs: config.retention.outbox * 86_400_000,
      ...options.delivery,
    },
  });
  const people: People = createPeople({
    connection,
    conversation,
    clock,
    makeId: () => makeId().replaceAll('-', ''),
    zone: config.zone,
    mediumOf: (message) => mediumOf(channels, message),
    secret: createHash('sha256').update(`tombstones ${secret}`).digest('hex'),
    seal: sealing(vault),
    vault,
    forgetCases: caseEraser(connection, caseSecret(secret)),
    relay: (batch) => delivery.relay(batch),
    async onErased(id, at) {
      await noteErased(dataDir, id, at);
      database.compactAtStart();
    },
    onTaken: (group, at) => meetings.follow(group, at),
    onFault,
    took: (part, milliseconds) => metrics.took(part, milliseconds),
    broadcastsADay,
    whatsappNumber: config.twilio?.whatsappFrom,
  });

  const rollup = new Rollup({
    connection,
    now: () => clock.now(),
    zone: config.zone,
    networkOf: networks(content.states),
  });
  const meetings = createMeetings({
    connection,
    signals: people.signals,
    journal: people.journal,
    quiet: config.quietHours,
  });
  const broadcasts = new Broadcasts({
    connection,
    signals: people.signals,
    content,
    translate: conversation.translate,
    clock,
    aDay: broadcastsADay,
    fetchMedia: mediaFetcher({ config, whatsappWeb }),
  });
  const care = createCare({
    connection,
    signals: people.signals,
    journal: people.journal,
    audit,
    vault,
    content,
    clock,
    secret: caseSecret(secret),
    alert: ({ id, state, urgent }) =>
      log.error({ case: log.hashed(id), state, urgent }, 'A call for help waits and no officer answers it'),
  });
  const carryOut = createOrders(
    {
      ...people.orders,
      ...meetings.orders,
      ...broadcasts.orders,
      ...care.orders,
      ...figureOrders(rollup, people.signals),
    },
    onFault,
  );

  const keepTime = async () => {
    await care.riseDue().catch(onFault);
    return tick({ participants, turns: people.turns, relaying: people.relaying, broadcasts, clock });
  };
  const rights = createRights({
    connection,
    vault,
    clock,
    audit,
    retention: config.retention,
    dataDir,
    askerOf: (id) => askerOf(id, caseSecret(secret)),
    relay: (batch) => delivery.relay(batch),
  });
  // Before anybody is answered or written to: a restored backup brings back whom it should not.
  const again = await rights.eraseAgain();
  if (again > 0) log.warn({ count: again }, 'Erased again: people whom a restored backup had brought back');
  const world = createWorld({ clock, receive, tick: keepTime, people, delivery, participants, broadcasts });
  const app = createWeb({
    log,
    isReady: () => database.isReady(),
    ...linkedPages({
      config,
      connection,
      content,
      contentDir: options.contentDir ?? CONTENT_DIR,
      translate: conversation.translate,
      links: { ...links, pages },
      findPledge: pledgeFinder(people),
      findGroup: groupFinder(people, config.twilio?.whatsappFrom),
      rights,
      audit,
      meetings,
      media: broadcasts.media,
      clock,
      log,
    }),
    metrics: metrics.router({
      token: config.metricsToken,
      clock,
      counts: () => delivery.counts(),
      senders: () => delivery.senders(),
    }),
    simulator: simulator && simulatorRouter({ simulator, world, zone: config.zone, content: options.live }),
    webhooks: webhooksFor({
      config,
      receive,
      receipts: (receipts) => delivery.receipts(receipts),
      log,
      clock,
    }),
    whatsappWeb:
      whatsappWeb && config.metricsToken !== undefined
        ? whatsAppWebPage({ channel: whatsappWeb, token: config.metricsToken })
        : undefined,
  });

  let stopTicking: (() => Promise<void>) | undefined;
  let stopCounting: (() => Promise<void>) | undefined;
  return {
    app,
    connection,
    content,
    world,
    people,
    delivery,
    rights,
    audit,
    ...(simulator && { simulator }),
    start(role) {
      if (role === 'web') return;
      whatsappWeb
        ?.start()
        .catch((error: unknown) => log.error({ error }, 'WhatsApp Web could not be started'));
      delivery.start();
      stopTicking = everyFewSeconds(keepTime, onFault);
      stopCounting = everyMinute(() => Promise.all([rollup.refresh(), rights.letGo()]), onFault);
    },
    async stop() {
      await stopTicking?.();
      await stopCounting?.();
      await people.relaying.idle();
      await delivery.stop();
      // After the last send; what still came in until then is carried out too.
      await whatsappWeb?.stop();
      await people.relaying.idle();
      databaseClock.stop();
      await database.stop();
    },
  };
}
