/** A participant's timers: their order, and what becomes of them when a step asks for it. Pure. */
import { DAY, HOUR, MINUTE } from '../../flows/time';
import type { Request } from './engine';
import type { Purpose } from './effect';
import type { ConversationEvent, TimerEvent, TimerName } from './event';
import type { Participant, Timer } from './participant';
import type { SignalEvent, SignalTimer } from './signal';

/**
 * What a message that a timer sets off is for, and how long it is worth sending (milliseconds). The order is the one
 * in which what is due at the same moment goes: own timers before signals, so that a signal sees the lesson and waits.
 */
export const TIMED: Record<TimerName, { purpose: Purpose; worth: number }> = {
  LESSON_DUE: { purpose: 'lesson', worth: 6 * DAY },
  NUDGE_DUE: { purpose: 'nudge', worth: DAY },
  CHECKIN_DUE: { purpose: 'checkin', worth: 2 * DAY },
  STEP_DUE: { purpose: 'checkin', worth: 2 * DAY },
  CAMPAIGN_DAY_DUE: { purpose: 'broadcast', worth: 12 * HOUR },
  DIGEST_DUE: { purpose: 'nudge', worth: 2 * DAY },
  JODI_DUE: { purpose: 'nudge', worth: 2 * DAY },
  INVITED: { purpose: 'broadcast', worth: 6 * DAY },
  GROUP_MADE: { purpose: 'reply', worth: DAY },
  GROUPED: { purpose: 'nudge', worth: 6 * DAY },
  UNGROUPED: { purpose: 'nudge', worth: 6 * DAY },
  TALK_WANTED: { purpose: 'nudge', worth: 6 * DAY },
  ASKED_AFTER: { purpose: 'nudge', worth: 6 * DAY },
  GROUP_OFFERED: { purpose: 'nudge', worth: 6 * DAY },
  OFFER_ANSWERED: { purpose: 'nudge', worth: 6 * DAY },
  NUMBER_VOUCHED: { purpose: 'reply', worth: DAY },
  NUMBER_REFUSED: { purpose: 'reply', worth: DAY },
  NUMBER_MOVED: { purpose: 'reply', worth: DAY },
  FIGURES: { purpose: 'reply', worth: DAY },
  GROUP_ORPHANED: { purpose: 'nudge', worth: 6 * DAY },
  MENTOR_CHANGED: { purpose: 'nudge', worth: 6 * DAY },
  JODI_BEGUN: { purpose: 'nudge', worth: 2 * DAY },
  JODI_ENDED: { purpose: 'nudge', worth: DAY },
  JODI_NEWS: { purpose: 'nudge', worth: 2 * DAY },
  JODI_NONE: { purpose: 'reply', worth: DAY },
  JODI_ASKED: { purpose: 'nudge', worth: 6 * DAY },
  MEETING: { purpose: 'meeting', worth: 6 * DAY },
  MEETING_OFF: { purpose: 'meeting', worth: 6 * DAY },
  MEETING_REMINDER: { purpose: 'meeting-reminder', worth: 2 * DAY },
  MEETING_SHEET: { purpose: 'meeting-reminder', worth: 12 * HOUR },
  MEETING_OVER: { purpose: 'meeting-reminder', worth: 2 * DAY },
  BROADCAST: { purpose: 'broadcast', worth: 3 * DAY },
  BROADCAST_DRAFTED: { purpose: 'reply', worth: HOUR },
  BROADCAST_REFUSED: { purpose: 'reply', worth: DAY },
  CASE_WAITING: { purpose: 'nudge', worth: DAY },
  CASE_TAKEN: { purpose: 'reply', worth: HOUR },
  CASE_WITHDRAWN: { purpose: 'nudge', worth: 6 * DAY },
};

const RANK = new Map(Object.keys(TIMED).map((name, index) => [name, index]));

/** At the same moment the lesson goes first: what else is due sees it and waits. */
function rank({ event }: Timer): number {
  return RANK.get(event) ?? RANK.size;
}

const isSignal = (timer: Timer): timer is SignalTimer => 'data' in timer;

/** The timer that goes first of all that are due: after a pause of the machine a lesson goes before a nudge. */
export function firstDue({ conversation }: Participant, at: Date): Timer | undefined {
  const [first] = conversation.timers
    .filter(({ due }) => due <= at)
    .sort((one, other) => rank(one) - rank(other));
  return first;
}

/** Is it a signal that nobody needs any more? */
export function isOver(timer: Timer, at: Date): boolean {
  return isSignal(timer) && timer.expiresAt !== undefined && timer.expiresAt <= at;
}

/** The timer as the event that it fires. */
export function eventOf(timer: Timer, at: Date): TimerEvent {
  if (!isSignal(timer)) return { type: timer.event, at, due: timer.due };
  const { id, event: type, data, due, expiresAt } = timer;
  return { type, id, data, at, due, ...(expiresAt && { expiresAt }) } as TimerEvent;
}

/**
 * Once something has been said, what else is due waits: an own timer a day, since two questions at once would make
 * his "1" mean two things; a signal ten minutes, since its own flow looks whether he is free.
 */
export function othersPutOff(timers: Timer[], at: Date): Timer[] {
  const later = (timer: Timer) => new Date(at.getTime() + (isSignal(timer) ? 10 * MINUTE : DAY));
  return inOrder(timers.map((timer) => (timer.due <= at ? { ...timer, due: later(timer) } : timer)));
}

/** The timers after a step: those it set, without those it took back, and the signal in hand if it waits. */
export function timersAfter(
  timers: Timer[],
  requests: Request[],
  event: ConversationEvent,
  sequence: number,
): Timer[] {
  const changes = requests.filter(({ type }) => ['arm', 'disarm', 'postponeSignal'].includes(type));
  if (changes.length === 0) return timers;
  const byId = new Map(timers.map((timer) => [timer.id, timer]));
  const after = (delay: number) => new Date(event.at.getTime() + Math.max(0, Math.round(delay)));
  for (const request of changes) {
    if (request.type === 'disarm') byId.delete(request.id);
    if (request.type === 'arm') {
      const { id, event: name, delay } = request;
      byId.set(id, { id, event: name, due: after(delay), sequence });
    }
    if (request.type === 'postponeSignal' && 'data' in event) {
      const timer = timerOf(event, after(request.params.by));
      if (!isOver(timer, timer.due)) byId.set(timer.id, timer);
    }
  }
  return inOrder([...byId.values()]);
}

function timerOf({ type, id, data, expiresAt }: SignalEvent, due: Date): SignalTimer {
  return { id, event: type, data, due, ...(expiresAt && { expiresAt }) } as SignalTimer;
}

function inOrder(timers: Timer[]): Timer[] {
  return timers.toSorted((one, other) => one.due.getTime() - other.due.getTime() || rank(one) - rank(other));
}
