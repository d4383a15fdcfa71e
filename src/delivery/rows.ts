/** From what a step asked for to what is written: pure. */
import type { Address, Channel, ChannelId, Medium } from '../channels/channel';
import { PRIORITY, type SayEffect, type StoredEffect } from '../conversation/effect';
import type { PlacedOrder } from '../conversation/order';
import type { RedactionRow } from '../database/models/redaction';
import type { OutboxRow, Waiting } from '../database/models/outbox';
import type { Delivery, JournalEntry, KeptReflection } from './ports';

/** Where a row is looked for while it waits. */
export function lane(channel: ChannelId, waiting: Waiting): string {
  return `${channel}.${waiting}`;
}

/** A step's place in a participant's life: `participant:sequence:index`, the participant's id may hold colons. */
export function parseEffectId(id: string): { sequence: number; index: number } {
  const [, sequence, index] = /:(\d+):(\d+)$/.exec(id) ?? [];
  if (sequence === undefined || index === undefined)
    throw new Error('An effect id must look like participant:sequence:index.');
  return { sequence: Number(sequence), index: Number(index) };
}

export interface Step {
  participantId: string;
  sequence: number;
  at: Date;
}

/** All that a batch of deliveries asks for, by kind. */
export interface Work {
  rows: OutboxRow[];
  journal: JournalEntry[];
  reflections: KeptReflection[];
  /** To be done to others, in the order in which they were given. */
  orders: PlacedOrder[];
  /** Withdraw what was asked for before this step. */
  withdrawals: Step[];
  /** Forget him, but for what this step says. */
  erasures: Step[];
  /** What providers are asked to forget. */
  redactions: RedactionRow[];
  /** Participants who are being answered, so we have just heard from them: channel → ids. */
  heard: Map<ChannelId, string[]>;
}

/**
 * Sorts effects by what is to be done with them.
 * @throws Error for an effect id of another form.
 */
export function sortEffects(batch: Delivery[], channels: ReadonlyMap<ChannelId, Channel>): Work {
  const work: Work = {
    rows: [],
    journal: [],
    reflections: [],
    orders: [],
    withdrawals: [],
    erasures: [],
    redactions: [],
    heard: new Map(),
  };
  for (const delivery of batch) {
    const { participantId, about } = delivery;
    const last = lastSteps(delivery.effects);
    for (const effect of delivery.effects) {
      const { id: _id, at } = effect;
      const { sequence } = parseEffectId(_id);
      switch (effect.type) {
        case 'say':
          work.rows.push(toRow(delivery, effect, last.has(sequence), channels));
          if (effect.purpose === 'reply') heard(work.heard, delivery);
          break;
        case 'record':
          work.journal.push({
            _id,
            participantId,
            at,
            type: effect.entry,
            ...(effect.anonymous && { anonymous: true }),
            ...(effect.data && { data: effect.data }),
            ...(about && { about }),
          });
          break;
        case 'keep': {
          const { week, text, voiceRef } = effect;
          work.reflections.push({
            _id,
            participantId,
            at,
            week,
            ...(text !== undefined && { text }),
            ...(voiceRef !== undefined && { voiceRef }),
          });
          break;
        }
        case 'order':
          work.orders.push({ id: _id, participantId, at, order: effect.order });
          break;
        case 'cancel':
          work.withdrawals.push({ participantId, sequence, at });
          break;
        case 'redact':
          if (channels.get(effect.channel)?.forget)
            work.redactions.push({
              _id: effect.messageId,
              channel: effect.channel,
              createdAt: at,
              dueAt: at,
              attempts: 0,
            });
          break;
        case 'erase':
          work.erasures.push({ participantId, sequence, at });
          break;
      }
    }
  }
  return work;
}

/** Several works as one. */
export function joinWork(works: Work[]): Work {
  const heardOn = new Map<ChannelId, string[]>();
  for (const { heard: more } of works)
    for (const [channel, ids] of more) heardOn.set(channel, [...(heardOn.get(channel) ?? []), ...ids]);
  return {
    rows: works.flatMap(({ rows }) => rows),
    journal: works.flatMap(({ journal }) => journal),
    reflections: works.flatMap(({ reflections }) => reflections),
    orders: works.flatMap(({ orders }) => orders),
    withdrawals: works.flatMap(({ withdrawals }) => withdrawals),
    erasures: works.flatMap(({ erasures }) => erasures),
    redactions: works.flatMap(({ redactions }) => redactions),
    heard: heardOn,
  };
}

/** The steps that stopped or erased him: what they say is the last thing that he hears. */
function lastSteps(effects: StoredEffect[]): Set<number> {
  return new Set(
    effects
      .filter(({ type }) => type === 'cancel' || type === 'erase')
      .map(({ id }) => parseEffectId(id).sequence),
  );
}

function heard(map: Map<ChannelId, string[]>, { participantId, address: { channel } }: Delivery): void {
  const ids = map.get(channel) ?? [];
  if (ids.at(-1) !== participantId) ids.push(participantId);
  map.set(channel, ids);
}

function toRow(
  { participantId, address, language, about }: Delivery,
  {
    id,
    at,
    purpose,
    parts,
    options,
    picture,
    link,
    standalone,
    discreet,
    broadcast,
    beside,
    expiresAt,
    final,
    urgent,
  }: SayEffect & { id: string; at: Date },
  isLast: boolean,
  channels: ReadonlyMap<ChannelId, Channel>,
): OutboxRow {
  return {
    _id: id,
    participantId,
    channel: address.channel,
    address: address.address,
    medium: mediumOf(address, channels),
    ...(language && { language }),
    say: {
      parts,
      ...(options && { options }),
      ...(picture && { picture }),
      ...(link && { link }),
      ...(standalone && { standalone }),
      ...(discreet && { discreet }),
    },
    purpose,
    priority: PRIORITY[purpose],
    ...parseEffectId(id),
    state: 'pending',
    live: true,
    lane: lane(address.channel, 'open'),
    ...((isLast || final) && { final: true }),
    ...(urgent && { urgent: true }),
    dueAt: at,
    ...(expiresAt && { expiresAt }),
    // Of the last word to whoever leaves, no place is kept.
    ...(about && !isLast && { about }),
    ...(broadcast !== undefined && { broadcast }),
    ...(beside && { beside }),
    createdAt: at,
    attempts: 0,
    times: { pending: at },
  };
}

/** The same content for another channel, after the first one failed: one a row for ever, by its id. */
export function fallbackRow(
  row: OutboxRow,
  to: Address,
  now: Date,
  channels: ReadonlyMap<ChannelId, Channel>,
): OutboxRow {
  const {
    participantId,
    language,
    say,
    purpose,
    priority,
    sequence,
    index,
    expiresAt,
    about,
    broadcast,
    beside,
    urgent,
  } = row;
  return {
    _id: `${row._id}~${to.channel}`,
    participantId,
    channel: to.channel,
    address: to.address,
    medium: mediumOf(to, channels),
    ...(language && { language }),
    ...(say && { say }),
    purpose,
    priority,
    sequence,
    index,
    state: 'pending',
    live: true,
    lane: lane(to.channel, 'open'),
    dueAt: now,
    ...(expiresAt && { expiresAt }),
    ...(about && { about: { ...about, channel: to.channel } }),
    ...(broadcast !== undefined && { broadcast }),
    ...(beside && { beside }),
    ...(urgent && { urgent }),
    createdAt: now,
    attempts: 0,
    times: { pending: now },
  };
}

/** A channel that is not configured (any more) has its rows wait, in case it comes back before they expire. */
function mediumOf({ channel, address }: Address, channels: ReadonlyMap<ChannelId, Channel>): Medium {
  return channels.get(channel)?.capabilities(address).medium ?? (channel === 'sms' ? 'sms' : 'whatsapp');
}
