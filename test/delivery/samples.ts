/** Rows and recipients as the tests of delivery need them. */
import { MovableClock } from '../../src/clock';
import { PRIORITY, type Purpose, type SayEffect, type StoredEffect } from '../../src/conversation/effect';
import type { OutboxRow } from '../../src/database/models/outbox';
import type { Delivery, Recipient } from '../../src/delivery/ports';
import { lane } from '../../src/delivery/rows';

/** A Sunday noon in India: outside quiet hours. */
export const NOON = new Date('2026-01-04T12:00:00+05:30');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function after(milliseconds: number, from = NOON): Date {
  return new Date(from.getTime() + milliseconds);
}

export function noon(): MovableClock {
  return new MovableClock(NOON);
}

export function person(changes: Partial<Recipient> = {}): Recipient {
  return { status: 'active', zone: 'Asia/Kolkata', lastHeardAt: after(-HOUR), ...changes };
}

export function say(purpose: Purpose = 'reply', changes: Partial<SayEffect> = {}): SayEffect {
  return { type: 'say', purpose, parts: [{ key: 'test.hello' }], ...changes };
}

export function row(changes: Partial<OutboxRow> = {}): OutboxRow {
  const purpose = changes.purpose ?? 'reply';
  const channel = changes.channel ?? 'whatsapp';
  return {
    _id: 'p1:1:0',
    participantId: 'p1',
    channel,
    address: '+919800000001',
    medium: 'whatsapp',
    language: 'hi',
    say: { parts: [{ key: 'test.hello' }] },
    purpose,
    priority: PRIORITY[purpose],
    sequence: 1,
    index: 0,
    state: 'pending',
    live: true,
    lane: lane(channel, 'open'),
    dueAt: NOON,
    createdAt: NOON,
    attempts: 0,
    times: { pending: NOON },
    ...changes,
  };
}

/** What a step of a participant asked for. */
export function delivery(
  participantId: string,
  sequence: number,
  effects: object[],
  at = NOON,
  channel: Delivery['address']['channel'] = 'whatsapp',
): Delivery {
  return {
    participantId,
    address: { channel, address: `+9198${participantId.replace(/\D/g, '').padStart(8, '0')}` },
    language: 'hi',
    effects: effects.map(
      (effect, index) => ({ ...effect, id: `${participantId}:${sequence}:${index}`, at }) as StoredEffect,
    ),
  };
}

/** Repeatable chance (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
