/** Webhook → database → outbox over HTTP: signed Twilio webhooks from many phones, the real product, real disk. */
import autocannon from 'autocannon';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { ACCOUNT, BASE_URL, phoneOf, SENDER, TOKEN } from './web-server';

const PATH = '/webhooks/twilio/inbound';
const CLIENTS = 64;

export interface WebRate {
  participants: number;
  /** Messages a second from the first webhook until every reply stands in the outbox. */
  perSecond: number;
  p99: number;
}

function inbound(index: number): autocannon.Request {
  const parameters = {
    MessageSid: `SM${index.toString(16).padStart(32, '0')}`,
    AccountSid: ACCOUNT,
    From: `whatsapp:${phoneOf(index)}`,
    To: `whatsapp:${SENDER}`,
    Body: '2',
    NumMedia: '0',
  };
  return {
    method: 'POST',
    path: PATH,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(TOKEN, BASE_URL + PATH, parameters),
    },
    body: new URLSearchParams(parameters).toString(),
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}

/** @param messages how many of the participants write, each once */
export async function webRate(participants: number, messages: number): Promise<WebRate> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'saathi-bench-'));
  const child = fork(path.join(__dirname, 'web-server.js'), [dataDir, String(participants)], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    const { port } = await answer<{ port: number }>(child);
    const step = Math.floor(participants / messages);
    const requests = Array.from({ length: messages }, (_, index) => inbound(index * step));
    const perClient = Math.floor(messages / CLIENTS);
    let client = 0;
    const start = performance.now();
    const result = await autocannon({
      url: `http://127.0.0.1:${port}`,
      connections: CLIENTS,
      amount: perClient * CLIENTS,
      setupClient: (one) => {
        one.setRequests(requests.slice(client * perClient, (client + 1) * perClient));
        client += 1;
      },
    });
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx + result.errors} webhooks failed.`);
    const idle = answer<object>(child);
    child.send('idle');
    await idle;
    const seconds = (performance.now() - start) / 1000;
    return { participants, perSecond: (perClient * CLIENTS) / seconds, p99: result.latency.p99 };
  } finally {
    const ended = once(child, 'exit');
    child.send('stop');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
