/** Figures for an operator's monitoring (Prometheus). Labels hold channels, outcomes and states, never a person. */
import express, { type Request, type Router } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { InboundMessage } from '../channels/channel';
import type { Clock } from '../clock';
import { showsToken } from './operator-token';

export interface Metrics {
  /** Counts and times inbound messages on their way to being committed. */
  timed(receive: (message: InboundMessage) => Promise<void>): (message: InboundMessage) => Promise<void>;
  /** Counts the outcome of a send. */
  sent(outcome: { channel: string; sender: string; outcome: string }): void;
  /** Counts how long a step of the conversation took, or the write after it. */
  took(part: 'step' | 'write', milliseconds: number): void;
  /** GET /metrics: with the token, or from this machine where none is set. */
  router(options: {
    token?: string | undefined;
    clock: Clock;
    counts: () => Promise<OutboxFigure[]>;
    senders: () => Promise<SenderFigure[]>;
  }): Router;
}

/** How a sender is. */
export interface SenderFigure {
  sender: string;
  isPaused: boolean;
  isDown: boolean;
  /** People who may still be reached under the daily cap, where there is one. */
  reachLeft?: number;
}

/** How many messages are in a state on a channel, what they wait for, and since when the oldest is due. */
export interface OutboxFigure {
  channel: string;
  state: string;
  waiting?: string;
  count: number;
  oldestDueAt: Date;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const inbound = new Histogram({
    name: 'saathi_inbound_seconds',
    help: 'Time from an inbound message to its commit, by channel and result',
    labelNames: ['channel', 'result'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const sends = new Counter({
    name: 'saathi_sends_total',
    help: 'Outcomes of sends, by channel and sender',
    labelNames: ['channel', 'sender', 'outcome'] as const,
    registers,
  });
  const turns = new Histogram({
    name: 'saathi_turn_seconds',
    help: 'Time that a step of the conversation took, and the write after it',
    labelNames: ['part'] as const,
    buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const reachLeft = new Gauge({
    name: 'saathi_reach_left',
    help: 'People who may still be reached under the daily cap of a sender',
    labelNames: ['sender'] as const,
    registers,
  });
  const senderUp = new Gauge({
    name: 'saathi_sender_up',
    help: '1 while a sender works, 0 while its circuit is open',
    labelNames: ['sender'] as const,
    registers,
  });
  const senderPaused = new Gauge({
    name: 'saathi_sender_paused',
    help: '1 while an operator has a sender paused',
    labelNames: ['sender'] as const,
    registers,
  });
  const outbox = new Gauge({
    name: 'saathi_outbox_messages',
    help: 'Messages that have not left yet, by channel, state and what they wait for',
    labelNames: ['channel', 'state', 'waiting'] as const,
    registers,
  });
  const oldest = new Gauge({
    name: 'saathi_outbox_oldest_due_seconds',
    help: 'For how long the oldest of them has been due',
    labelNames: ['channel', 'state', 'waiting'] as const,
    registers,
  });

  return {
    timed: (receive) => async (message) => {
      const stop = inbound.startTimer({ channel: message.from.channel });
      try {
        await receive(message);
        stop({ result: 'committed' });
      } catch (error) {
        stop({ result: 'failed' });
        throw error;
      }
    },
    sent: ({ channel, sender, outcome }) => sends.inc({ channel, sender, outcome }),
    took: (part, milliseconds) => turns.observe({ part }, milliseconds / 1000),
    router({ token, clock, counts, senders }) {
      const router = express.Router();
      router.get('/metrics', (request, response, next) => {
        if (!mayRead(request, token)) {
          response
            .status(401)
            .set('WWW-Authenticate', 'Bearer')
            .json({ error: 'Metrics need the token of METRICS_TOKEN.' });
          return;
        }
        Promise.all([counts(), senders()])
          .then(async ([figures, all]) => {
            for (const { sender, isPaused, isDown, reachLeft: left } of all) {
              senderPaused.set({ sender }, isPaused ? 1 : 0);
              senderUp.set({ sender }, isDown ? 0 : 1);
              if (left !== undefined) reachLeft.set({ sender }, left);
            }
            outbox.reset();
            oldest.reset();
            for (const { channel, state, waiting = '', count, oldestDueAt } of figures) {
              outbox.set({ channel, state, waiting }, count);
              const overdue = clock.now().getTime() - oldestDueAt.getTime();
              oldest.set({ channel, state, waiting }, Math.max(0, overdue) / 1000);
            }
            response.type(registry.contentType).send(await registry.metrics());
          })
          .catch(next);
      });
      return router;
    },
  };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function mayRead(request: Request, token: string | undefined): boolean {
  if (token === undefined) return LOOPBACK.has(request.socket.remoteAddress ?? '');
  return showsToken(request, token);
}
