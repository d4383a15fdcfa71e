/** The product's web half in a process of its own: webhook → database → outbox, nothing leaves. Told by IPC. */
import type { AddressInfo } from 'node:net';
import { outboxModel } from '../../src/database/models/outbox';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { loadConfig } from '../../src/config';
import { loadContent } from '../../src/content';
import { createCore, type Participant } from '../../src/conversation';
import { silentLog } from '../../src/log';
import { assemble } from '../../src/main';
import { CONTENT_DIR } from '../../src/paths';
import { listen } from '../../src/web/server';
import { standsBeforeQuestion } from './ours';
import { openDatabase } from '../../src/database/connect';

export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const TOKEN = 'bench-token-bench-token';
export const SENDER = '+14155238886';
export const BASE_URL = 'https://saathi.example';

/** `+9198` and eight digits. */
export function phoneOf(index: number): string {
  return `+9198${String(index).padStart(8, '0')}`;
}

/** A participant in stored form, for the phone with this number. */
export function documentOf(participant: Participant, index: number): ParticipantDocument {
  const { id: _id, ...known } = participant;
  const address = phoneOf(index);
  const key = `whatsapp ${address}`;
  const id = `bench${index}`;
  const nextDue = participant.conversation.timers[0]?.due;
  return {
    ...known,
    _id: id,
    identities: [{ key, channel: 'whatsapp', address, since: participant.createdAt }],
    current: key,
    recent: [],
    effects: [],
    ...(nextDue && { nextDue }),
  };
}

async function main(): Promise<void> {
  const [dataDir = '', participants = '10000'] = process.argv.slice(2);
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_BASE_URL: BASE_URL,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_WHATSAPP_FROM: SENDER,
    TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
    SIMULATOR: 'off',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
  });
  await fill(dataDir, Number(participants));
  const product = await assemble(config, { log: silentLog });
  const server = await listen(product.app, 0);
  process.send?.({ port: (server.address() as AddressInfo).port });
  process.on('message', (wanted: string) => {
    if (wanted === 'idle') void product.people.relaying.idle().then(() => process.send?.({ idle: true }));
    if (wanted === 'stop') {
      server.closeAllConnections();
      void product.stop().then(() => process.exit(0));
    }
  });
}

/** Everybody has joined and stands before the first question. */
async function fill(dataDir: string, count: number): Promise<void> {
  const database = await openDatabase({ dataDir });
  const model = participantModel(database.connection);
  await model.createIndexes();
  await outboxModel(database.connection).createIndexes();
  const one = standsBeforeQuestion(createCore(loadContent(CONTENT_DIR)));
  const batch = 1_000;
  for (let from = 0; from < count; from += batch) {
    const documents = Array.from({ length: Math.min(batch, count - from) }, (_, at) =>
      documentOf(one, from + at),
    );
    await model.collection.insertMany(documents as never, { ordered: false });
  }
  await database.stop();
}

if (require.main === module) void main();
