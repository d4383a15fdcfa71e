/**
 * One process of the product, as far as a message goes: webhook → write → outbox → provider, on a data folder of its
 * own and out of the compiled program. It kills itself with SIGKILL at the point that it is told, if it is told one.
 * Its one argument is a JSON object: see `Orders` in kill.wire.test.ts. What it saw in the end goes to its parent.
 */
const { randomUUID } = require('node:crypto');
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { createCore, render } = require('../../dist/src/conversation/index.js');
const { loadContent } = require('../../dist/src/content/index.js');
const { MovableClock } = require('../../dist/src/clock.js');
const { createIndexes, openDatabase } = require('../../dist/src/database/connect.js');
const { journalModel } = require('../../dist/src/database/models/journal.js');
const { outboxModel } = require('../../dist/src/database/models/outbox.js');
const { participantModel } = require('../../dist/src/database/models/participant.js');
const { reflectionModel } = require('../../dist/src/database/models/reflection.js');
const { createDelivery, createDeliveryIndexes } = require('../../dist/src/delivery/index.js');
const { silentLog } = require('../../dist/src/log.js');
const { CONTENT_DIR } = require('../../dist/src/paths.js');
const { createOrders, createPeople } = require('../../dist/src/people/index.js');
const { tick } = require('../../dist/src/programme/tick.js');

const MINUTE = 60_000;
/** Leases run out, what was left behind is old enough, and unknown outcomes have been looked into. */
const MINUTES_UNTIL_ALL_IS_SETTLED = 12;

const { folders, at, killAt, texts, ticks, settles } = JSON.parse(process.argv[2]);

/** Nothing may go wrong unseen. */
function fail(error) {
  throw error;
}

function reach(point) {
  if (killAt !== undefined && point === killAt) process.kill(process.pid, 'SIGKILL');
}

/** Kills before and after one of the calls of an object. */
function watch(target, name, before, after) {
  const call = target[name].bind(target);
  target[name] = async (...given) => {
    reach(before);
    const answer = await call(...given);
    reach(after);
    return answer;
  };
}

/** A provider whose own log outlives us. */
function providerWith(log) {
  const taken = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  return {
    id: 'whatsapp',
    sender: 'test-whatsapp',
    taken,
    capabilities: () => ({
      medium: 'whatsapp',
      canReply: true,
      canTap: 0,
      canSendMedia: true,
      isPrivate: true,
      textLimit: 1_600,
    }),
    send({ id }) {
      reach('before it is sent');
      appendFileSync(log, `${id}\n`);
      reach('after it is sent');
      return Promise.resolve({ outcome: 'accepted', providerId: `provider-${taken().length}`, segments: 1 });
    },
    find({ id }) {
      const index = taken().indexOf(id);
      return Promise.resolve(index < 0 ? 'absent' : { providerId: `provider-${index + 1}` });
    },
  };
}

async function live({ dataDir, log }, conversation) {
  const { connection, stop } = await openDatabase({ dataDir });
  await createIndexes(connection);
  await createDeliveryIndexes(connection);
  const clock = new MovableClock(new Date(at));
  const provider = providerWith(log);
  const participants = participantModel(connection);
  watch(participants, 'create', 'before the write', 'after the write');
  watch(participants, 'updateOne', 'before the write', 'after the write');
  watch(participants, 'bulkWrite', 'before its effects are taken off', 'after its effects are taken off');
  const ports = {
    journal: (rows) => people.journal.write(rows),
    reflections: (rows) => people.reflections.keep(rows),
    recipients: (ids) => people.registry.recipients(ids),
    erase: (id) => people.registry.erase(id),
  };
  watch(ports, 'journal', 'before the journal is written', 'after the journal is written');
  watch(ports, 'reflections', 'before the reflection is kept', 'after the reflection is kept');
  watch(ports, 'erase', 'before he is erased', 'after he is erased');
  let looks = 0;
  const delivery = createDelivery({
    connection,
    channels: new Map([['whatsapp', provider]]),
    clock,
    random: () => 0.5,
    ids: randomUUID,
    log: silentLog,
    render: (say, language, capabilities, link) =>
      render(conversation.translate, say, language ?? 'hi', capabilities, link),
    mediaUrl: () => ({ url: 'https://saathi.example/certificate.png', contentType: 'image/png' }),
    template: () => ({ contentSid: 'HX1', variables: {} }),
    people: {
      recipients: (ids) => {
        // Delivery asks twice: when it plans, and again when it holds the message.
        reach(['before it is claimed', 'after it is claimed'][looks++]);
        return ports.recipients(ids);
      },
      optOut: (id, channel) => people.registry.optOut(id, channel),
      unreachable: (id, channel) => people.registry.unreachable(id, channel),
      erase: ports.erase,
    },
    journal: { write: ports.journal },
    reflections: { keep: ports.reflections },
    orders: { carryOut: (placed) => createOrders(people.orders, fail)(placed) },
  });
  const outward = { relay: (batch) => delivery.relay(batch) };
  watch(outward, 'relay', 'before it is relayed', 'after it is relayed');
  const people = createPeople({
    connection,
    conversation,
    clock,
    makeId: () => 'participant-1',
    zone: 'Asia/Kolkata',
    mediumOf: () => 'whatsapp',
    secret: 'a secret of the test',
    relay: outward.relay,
    seal: (effect) => effect,
    forgetCases: () => Promise.resolve(),
    onFault: fail,
  });
  const broadcasts = { advance: () => Promise.resolve(0) };
  const keepTime = () =>
    tick({ participants, turns: people.turns, relaying: people.relaying, broadcasts, clock });

  for (const text of texts) {
    const from = { channel: 'whatsapp', address: '+919812345678' };
    await people.turns.receive({ id: `wamid.${text}`, from, kind: 'text', text, at: clock.now() });
    await people.relaying.idle();
    await delivery.deliverDue();
    reach('after it is marked');
    clock.advance(1_000);
  }
  if (ticks) {
    await keepTime();
    await delivery.deliverDue();
    reach('after it is marked');
  }
  for (let minute = 0; settles && minute < MINUTES_UNTIL_ALL_IS_SETTLED; minute += 1) {
    clock.advance(MINUTE);
    await keepTime();
    await delivery.deliverDue();
  }
  const seen = {
    participants: await participants.find().lean(),
    outbox: await outboxModel(connection).find().sort({ sequence: 1 }).lean(),
    journal: (await journalModel(connection).find().lean()).map(({ type }) => type).sort(),
    reflections: (await reflectionModel(connection).find().lean()).map(({ text }) => text),
    taken: provider.taken(),
  };
  await stop();
  return seen;
}

async function main() {
  const conversation = createCore(loadContent(CONTENT_DIR));
  const seen = [];
  for (const folder of folders) seen.push(await live(folder, conversation));
  process.send(seen, () => process.exit(0));
}

void main();
