/** One step of a conversation: a participant and an event in, the participant and the effects out. Pure. */
import type { Context, SayParams } from '../../flows/setup';
import { DAY, HOUR } from '../../flows/time';
import type { Engine, Request } from './engine';
import type { Effect, SayEffect, StoredEffect } from './effect';
import type { ConversationEvent } from './event';
import type { Participant, Scratch, Timer } from './participant';
import { eventOf, isOver, othersPutOff, TIMED, timersAfter } from './timers';
import type { View } from './view';

export interface Stepped {
  participant: Participant;
  /** In order; ids are `participant:sequence:index`. */
  effects: StoredEffect[];
}

/** An answer to somebody who is writing now is pointless a day later. */
const REPLY_WORTH = DAY;
/** What only he should see: an hour later somebody else may hold the phone. */
const DISCREET_WORTH = HOUR;

/**
 * Takes one step. The participant handed in is not changed.
 * @param event carries the moment (`at`); for a timer, the moment at which it was due
 * @param view what somebody with a role sees of others
 * @throws whatever a guard or an assignment throws: the caller keeps the old document
 */
export function step(
  engine: Engine,
  participant: Participant,
  event: ConversationEvent,
  view?: View,
): Stepped {
  const sequence = participant.sequence + 1;
  const isHeard = 'message' in event;
  const { conversation } = participant;
  const before: Context = {
    sequence,
    status: participant.status,
    profile: participant.profile,
    consents: participant.consents,
    lessons: participant.lessons,
    pledges: participant.pledges,
    scratch: conversation.scratch,
    ...(participant.roles && { roles: participant.roles }),
    ...(participant.invited && { invited: participant.invited }),
    ...(participant.meeting && { meeting: participant.meeting }),
    ...(view && { view }),
    ...(participant.lastHeardAt && { lastHeardAt: participant.lastHeardAt }),
    ...(participant.lastStop !== undefined && { lastStop: participant.lastStop }),
  };
  const { state, history, context, requests } = engine.transition(conversation, before, event);
  const next: Participant = {
    id: participant.id,
    createdAt: participant.createdAt,
    sequence,
    status: context.status,
    profile: context.profile,
    consents: context.consents,
    lessons: context.lessons,
    pledges: context.pledges,
    ...(context.roles && { roles: context.roles }),
    ...(context.invited && { invited: context.invited }),
    ...(context.meeting && { meeting: context.meeting }),
    ...(isHeard
      ? { lastHeardAt: event.at }
      : participant.lastHeardAt && { lastHeardAt: participant.lastHeardAt }),
    ...(context.lastStop !== undefined && { lastStop: context.lastStop }),
    conversation: {
      version: conversation.version,
      state,
      history,
      scratch: withoutOldMisses(
        context.scratch,
        conversation.scratch.misses,
        isHeard || state !== conversation.state,
      ),
      timers: timersAfter(conversation.timers, requests, event, sequence),
    },
  };
  const isInCare = [conversation.state, state].some((one) => one.startsWith('care.'));
  return { participant: next, effects: effectsOf(next.id, sequence, requests, event, isInCare) };
}

/**
 * Fires one due timer: it is taken off first, so that what the step arms anew stays. Once it has said something,
 * whatever else is due waits. A signal that is over goes without a word.
 */
export function fire(engine: Engine, participant: Participant, timer: Timer, at: Date, view?: View): Stepped {
  const timers = participant.conversation.timers.filter(({ id }) => id !== timer.id);
  const without = withTimers(participant, timers);
  if (isOver(timer, at))
    return { participant: { ...without, sequence: participant.sequence + 1 }, effects: [] };
  const stepped = step(engine, without, eventOf(timer, at), view);
  if (!stepped.effects.some(({ type }) => type === 'say')) return stepped;
  const { conversation } = stepped.participant;
  return { ...stepped, participant: withTimers(stepped.participant, othersPutOff(conversation.timers, at)) };
}

function withTimers(participant: Participant, timers: Timer[]): Participant {
  return { ...participant, conversation: { ...participant.conversation, timers } };
}

/** Misses count in a row: a step that understood him, or led him elsewhere, ends the row. */
function withoutOldMisses(scratch: Scratch, before: number | undefined, endsRow: boolean): Scratch {
  if (scratch.misses === undefined || scratch.misses !== before || !endsRow) return scratch;
  const { misses: _misses, ...rest } = scratch;
  return rest;
}

function effectsOf(
  id: string,
  sequence: number,
  requests: Request[],
  event: ConversationEvent,
  isInCare: boolean,
): StoredEffect[] {
  return [...mergeSays(requests, event), ...redaction(event, isInCare)].map((effect, index) => ({
    ...effect,
    id: `${id}:${sequence}:${index}`,
    at: event.at,
  }));
}

/** What tells of violence, and whatever else he sends while he is in care, stays nowhere: not at the provider either. */
function redaction(event: ConversationEvent, isInCare: boolean): Effect[] {
  if (!('message' in event) || !(isInCare || event.type === 'DISCLOSURE')) return [];
  const { channel, id } = event.message;
  return [{ type: 'redact', channel, messageId: id }];
}

/**
 * Everything said in one step leaves as one message: fewer bubbles, fewer costs (models.md: merge bubbles). Only what
 * can carry no words goes before it by itself.
 */
function mergeSays(requests: Request[], event: ConversationEvent): Effect[] {
  const says = requests.filter((request) => request.type === 'say').map(({ params }) => params);
  const others = requests.flatMap((request): Effect[] => {
    if (request.type === 'record') return [{ type: 'record', ...request.params }];
    if (request.type === 'keep') return [{ type: 'keep', ...request.params }];
    if (request.type === 'order') return [{ type: 'order', order: request.params }];
    if (request.type === 'cancelOutbox') return [{ type: 'cancel' }];
    return [];
  });
  const erase: Effect[] = requests.some(({ type }) => type === 'erase') ? [{ type: 'erase' }] : [];
  // What is withdrawn goes first, so that the last words are not withdrawn with it; erasure comes last.
  const cancels = others.filter(({ type }) => type === 'cancel');
  const rest = others.filter(({ type }) => type !== 'cancel');
  const alone = says.filter(({ apart }) => apart).map((one) => saidTogether([one], event));
  const together = says.filter(({ apart }) => !apart);
  const said = together.length > 0 ? [...alone, saidTogether(together, event)] : alone;
  return [...cancels, ...said, ...rest, ...erase];
}

function saidTogether(says: SayParams[], event: ConversationEvent): SayEffect {
  const shown = says.findLast(({ options }) => options && options.length > 0)?.options;
  const picture = says.find((one) => one.picture)?.picture;
  const link = says.find((one) => one.link)?.link;
  const standalone = says.findLast((one) => one.standalone)?.standalone;
  const discreet = says.find((one) => one.discreet)?.discreet;
  const broadcast = says.find((one) => one.broadcast !== undefined)?.broadcast;
  const timed = 'due' in event ? TIMED[event.type] : undefined;
  return {
    type: 'say',
    purpose: timed?.purpose ?? 'reply',
    parts: says.flatMap(({ parts }) => parts),
    expiresAt: worthUntil(event, timed?.worth ?? (discreet ? DISCREET_WORTH : REPLY_WORTH)),
    ...(shown && { options: shown }),
    ...(picture && { picture }),
    ...(link && { link }),
    ...(standalone && { standalone }),
    ...(discreet && { discreet }),
    ...(broadcast !== undefined && { broadcast }),
    ...(says.some(({ beside }) => beside) && { beside: true }),
    ...(says.some(({ final }) => final) && { final: true }),
    ...(says.some(({ urgent }) => urgent) && { urgent: true }),
  };
}

/** Never longer than the signal itself is worth something: no reminder after the meeting has begun. */
function worthUntil(event: ConversationEvent, worth: number): Date {
  const until = new Date(event.at.getTime() + worth);
  const end = 'data' in event ? event.expiresAt : undefined;
  return end && end < until ? end : until;
}
