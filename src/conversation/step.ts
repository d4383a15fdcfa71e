/** One step of a conversation: a participant and an event in, the participant and the effects out. Pure. */
import type { Context } from '../../flows/setup';
import type { Engine, Request } from './engine';
import type { Effect, Purpose, SayEffect, StoredEffect } from './effect';
import type { ConversationEvent, TimerName } from './event';
import type { Participant, Scratch, Timer } from './participant';

export interface Stepped {
  participant: Participant;
  /** In order; ids are `participant:sequence:index`. */
  effects: StoredEffect[];
}

const HOUR = 60 * 60 * 1000;

/** What a message that a timer sets off is for, and how long it is worth sending (milliseconds). */
const TIMED: Record<TimerName, { purpose: Purpose; worth: number }> = {
  LESSON_DUE: { purpose: 'lesson', worth: 6 * 24 * HOUR },
  NUDGE_DUE: { purpose: 'nudge', worth: 24 * HOUR },
  CHECKIN_DUE: { purpose: 'checkin', worth: 48 * HOUR },
  STEP_DUE: { purpose: 'checkin', worth: 48 * HOUR },
  CAMPAIGN_DAY_DUE: { purpose: 'broadcast', worth: 12 * HOUR },
};

/** An answer to somebody who is writing now is pointless a day later. */
const REPLY_WORTH = 24 * HOUR;
/** What only he should see: an hour later somebody else may hold the phone. */
const DISCREET_WORTH = HOUR;

/**
 * Takes one step. The participant handed in is not changed.
 * @param event carries the moment (`at`); for a timer, the moment at which it was due
 * @throws whatever a guard or an assignment throws: the caller keeps the old document
 */
export function step(engine: Engine, participant: Participant, event: ConversationEvent): Stepped {
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
      timers: timersAfter(conversation.timers, requests, event.at, sequence),
    },
  };
  return { participant: next, effects: effectsOf(next.id, sequence, requests, event) };
}

/** The timer that goes first of all that are due: after a pause of the machine a lesson goes before a nudge. */
export function firstDue({ conversation }: Participant, at: Date): Timer | undefined {
  const [first] = conversation.timers
    .filter(({ due }) => due <= at)
    .sort((one, other) => rank(one.event) - rank(other.event));
  return first;
}

const A_DAY = 24 * HOUR;

/**
 * Fires one due timer: it is taken off first, so that what the step arms anew stays. Once it has said something,
 * whatever else is due waits a day: two questions at once would make his "1" mean two things.
 */
export function fire(engine: Engine, participant: Participant, timer: Timer, at: Date): Stepped {
  const timers = participant.conversation.timers.filter(({ id }) => id !== timer.id);
  const without = { ...participant, conversation: { ...participant.conversation, timers } };
  const stepped = step(engine, without, { type: timer.event, at, due: timer.due });
  return stepped.effects.some(({ type }) => type === 'say') ? withOthersPutOff(stepped, at) : stepped;
}

function withOthersPutOff({ participant, effects }: Stepped, at: Date): Stepped {
  const { conversation } = participant;
  const due = new Date(at.getTime() + A_DAY);
  const timers = conversation.timers.map((timer) => (timer.due <= at ? { ...timer, due } : timer));
  return {
    participant: { ...participant, conversation: { ...conversation, timers: inOrder(timers) } },
    effects,
  };
}

/** Misses count in a row: a step that understood him, or led him elsewhere, ends the row. */
function withoutOldMisses(scratch: Scratch, before: number | undefined, endsRow: boolean): Scratch {
  if (scratch.misses === undefined || scratch.misses !== before || !endsRow) return scratch;
  const { misses: _misses, ...rest } = scratch;
  return rest;
}

function timersAfter(timers: Timer[], requests: Request[], at: Date, sequence: number): Timer[] {
  if (!requests.some(({ type }) => type === 'arm' || type === 'disarm')) return timers;
  const byId = new Map(timers.map((timer) => [timer.id, timer]));
  for (const request of requests) {
    if (request.type === 'disarm') byId.delete(request.id);
    if (request.type === 'arm') {
      const { id, event, delay } = request;
      byId.set(id, { id, event, due: new Date(at.getTime() + Math.max(0, Math.round(delay))), sequence });
    }
  }
  return inOrder([...byId.values()]);
}

function inOrder(timers: Timer[]): Timer[] {
  return timers.toSorted(
    (one, other) => one.due.getTime() - other.due.getTime() || rank(one.event) - rank(other.event),
  );
}

/** At the same moment the lesson goes first: what else is due sees it and waits. */
function rank(event: TimerName): number {
  return Object.keys(TIMED).indexOf(event);
}

function effectsOf(
  id: string,
  sequence: number,
  requests: Request[],
  event: ConversationEvent,
): StoredEffect[] {
  return mergeSays(requests, event).map((effect, index) => ({
    ...effect,
    id: `${id}:${sequence}:${index}`,
    at: event.at,
  }));
}

/** Everything said in one step leaves as one message: fewer bubbles, fewer costs (models.md: merge bubbles). */
function mergeSays(requests: Request[], event: ConversationEvent): Effect[] {
  const says = requests.filter((request) => request.type === 'say').map(({ params }) => params);
  const others = requests.flatMap((request): Effect[] => {
    if (request.type === 'record') return [{ type: 'record', ...request.params }];
    if (request.type === 'keep') return [{ type: 'keep', ...request.params }];
    if (request.type === 'cancelOutbox') return [{ type: 'cancel' }];
    return [];
  });
  const erase: Effect[] = requests.some(({ type }) => type === 'erase') ? [{ type: 'erase' }] : [];
  // What is withdrawn goes first, so that the last words are not withdrawn with it; erasure comes last.
  const cancels = others.filter(({ type }) => type === 'cancel');
  const rest = others.filter(({ type }) => type !== 'cancel');
  if (says.length === 0) return [...cancels, ...rest, ...erase];
  const shown = says.findLast(({ options }) => options && options.length > 0)?.options;
  const picture = says.find((one) => one.picture)?.picture;
  const standalone = says.findLast((one) => one.standalone)?.standalone;
  const discreet = says.find((one) => one.discreet)?.discreet;
  const timed = 'due' in event ? TIMED[event.type] : undefined;
  const say: SayEffect = {
    type: 'say',
    purpose: timed?.purpose ?? 'reply',
    parts: says.flatMap(({ parts }) => parts),
    expiresAt: new Date(event.at.getTime() + (timed?.worth ?? (discreet ? DISCREET_WORTH : REPLY_WORTH))),
    ...(shown && { options: shown }),
    ...(picture && { picture }),
    ...(standalone && { standalone }),
    ...(discreet && { discreet }),
    ...(says.some(({ final }) => final) && { final: true }),
  };
  return [...cancels, say, ...rest, ...erase];
}
