/** Sending: worker processes of the product, one database, a stand-in for Twilio; from what waits to what it took. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createConnection } from 'mongoose';
import { startEmbedded } from '../../src/database/embedded';
import { TwilioStub } from '../support/twilio-stub';
import type { Places } from './outbox-config';
import { fill } from './outbox-fill';
import type { Errand } from './outbox-worker';
import { ACCOUNT, TOKEN } from './web-server';

export interface SendRate {
  waiting: number;
  workers: number;
  perSecond: number;
  seconds: number;
}

async function startWorkers(count: number, errand: Errand): Promise<ChildProcess[]> {
  const children = Array.from({ length: count }, () =>
    fork(path.join(__dirname, 'outbox-worker.js'), [JSON.stringify(errand)], {
      env: { ...process.env, NODE_ENV: 'production' },
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  return children;
}

async function end(children: ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map(async (child) => {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    }),
  );
}

/** From the word "go" until the stand-in has taken so many. */
async function timed(children: ChildProcess[], stub: TwilioStub, messages: number): Promise<number> {
  const start = performance.now();
  for (const child of children) child.send('go');
  while (stub.accepted.length < messages) await new Promise((resolve) => setTimeout(resolve, 5));
  return (performance.now() - start) / 1_000;
}

/** The floor: one process that does nothing but call the stand-in. @returns messages a second */
export async function floorRate(messages: number): Promise<number> {
  const stub = await new TwilioStub({ accountSid: ACCOUNT, authToken: TOKEN }).start();
  const places: Places = { mongodbUri: 'mongodb://127.0.0.1:9/', stubUrl: stub.url, dataDir: tmpdir() };
  const children = await startWorkers(1, { ...places, what: 'floor', messages });
  const seconds = await timed(children, stub, messages);
  await end(children);
  await stub.stop();
  return messages / seconds;
}

/**
 * @param waiting participants, each with one message that waits (or a lesson that is due)
 * @param messages how many of them are sent while the time is taken
 */
export async function sendRate(
  what: 'outbox' | 'lesson',
  waiting: number,
  workers: number,
  messages: number,
): Promise<SendRate> {
  const folder = mkdtempSync(path.join(tmpdir(), 'saathi-bench-'));
  const database = await startEmbedded({ dataDir: path.join(folder, 'db') });
  const stub = await new TwilioStub({ accountSid: ACCOUNT, authToken: TOKEN }).start();
  try {
    const connection = await createConnection(database.uri, { dbName: 'samanta-saathi' }).asPromise();
    await fill(connection, waiting, what);
    await connection.close();
    const places: Places = { mongodbUri: database.uri, stubUrl: stub.url, dataDir: folder };
    const children = await startWorkers(workers, { ...places, what, messages });
    const seconds = await timed(children, stub, messages);
    await end(children);
    const twice = stub.accepted.length - new Set(stub.accepted.map(({ outboxId }) => outboxId)).size;
    if (twice > 0) throw new Error(`${twice} messages were sent twice.`);
    return { waiting, workers, seconds, perSecond: messages / seconds };
  } finally {
    await stub.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
