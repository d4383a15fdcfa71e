/**
 * What is to be done when something happens to the session, or fails to happen in time: pure decisions, no timers.
 * The faults are those of whatsapp-web.js 1.34.7 as measured: a killed browser and a crashed page tell the library
 * nothing, `ready` comes twice or never, a hanging call never returns.
 */

export type Phase =
  /** Not started, or stopped. */
  | 'stopped'
  /** Another process holds the session. */
  | 'elsewhere'
  /** The browser starts, or the page is loading. */
  | 'starting'
  /** Somebody must scan the code, or type it on his phone. */
  | 'login'
  /** Linked; the page fetches what it has missed. */
  | 'linking'
  | 'ready'
  /** After a fault, until the next try. */
  | 'waiting'
  /** WhatsApp has blocked the number: nothing is tried any more until an operator says so. */
  | 'blocked';

export interface WatchState {
  phase: Phase;
  /** Milliseconds since 1970, as every moment here. */
  since: number;
  /** When this phase has lasted too long, or the next try is due. */
  until?: number;
  /** Restarts since the session was last well for long enough. */
  failures: number;
  /** The line is down (TIMEOUT, OPENING …) since then. */
  lineDownSince?: number;
  nextPoll?: number;
  /** Times in a row that the page did not answer. */
  unanswered: number;
  /** What the operator was told of and is not over yet. */
  told?: string;
}

export type WatchEvent =
  | { type: 'start'; blocked?: string }
  | { type: 'stop' }
  | { type: 'lease'; held: boolean }
  | { type: 'code' }
  | { type: 'authenticated' }
  | { type: 'ready' }
  | { type: 'line'; state: string }
  | { type: 'disconnected'; reason: string }
  | { type: 'fault'; code: FaultCode; reason: string }
  | { type: 'polled'; state: string | undefined }
  | { type: 'hung' }
  | { type: 'tick' };

export type FaultCode = 'browser-gone' | 'page-crashed' | 'page-lost' | 'start-failed' | 'no-chromium';

export type Command =
  | { do: 'acquire' | 'launch' | 'close' | 'forget' | 'release' | 'poll' | 'scan' | 'refresh' }
  | { do: 'block'; code: string }
  | { do: 'alert'; code: string; reason: string };

/** All in milliseconds. */
export interface WatchLimits {
  /** From launch until there is a code or a login. */
  startMs: number;
  /** From login until `ready`. */
  readyMs: number;
  /** A code that nobody scanned is renewed after that; longer than a pairing code lasts (three minutes). */
  codeMs: number;
  /** The line may be down that long before the browser is started anew. */
  lineMs: number;
  pollEveryMs: number;
  /** Between two tries to get the lease. */
  leaseRetryMs: number;
  backOffMs: number;
  longestBackOffMs: number;
  /** Well for that long: earlier faults are forgotten. */
  stableMs: number;
  /** Restarts in a row before the operator is told. */
  tellAfter: number;
}

export const WATCH_LIMITS: WatchLimits = {
  startMs: 120_000,
  readyMs: 120_000,
  codeMs: 200_000,
  lineMs: 300_000,
  pollEveryMs: 30_000,
  leaseRetryMs: 30_000,
  backOffMs: 2_000,
  longestBackOffMs: 600_000,
  stableMs: 600_000,
  tellAfter: 3,
};

/** WhatsApp's own refusals: going on would make it worse. */
const BLOCKS: Record<string, string> = {
  TOS_BLOCK: 'WhatsApp has blocked this number for breaking its terms; nothing is tried any more.',
  SMB_TOS_BLOCK:
    'WhatsApp has blocked this business number for breaking its terms; nothing is tried any more.',
  PROXYBLOCK: 'WhatsApp refuses connections from this network; nothing is tried any more.',
};
/** The browser is no longer linked: a new code must be scanned. */
const UNLINKED = new Set(['LOGOUT', 'UNPAIRED', 'UNPAIRED_IDLE']);
/** Passing states of the line; anything else that is not CONNECTED makes the library give up. */
const LINE_DOWN = new Set(['TIMEOUT', 'OPENING', 'PAIRING', 'UNLAUNCHED']);
const RUNNING = new Set<Phase>(['starting', 'login', 'linking', 'ready']);
/** Calls that went unanswered before the page counts as hanging. */
const MOST_UNANSWERED = 2;

/** Milliseconds until the next try after so many failures; `random` in [0, 1). */
export function backOff(failures: number, limits: WatchLimits, random: number): number {
  const base = Math.min(limits.longestBackOffMs, limits.backOffMs * 2 ** Math.max(0, failures - 1));
  return Math.round(base * (0.75 + random / 2));
}

export const STOPPED: WatchState = { phase: 'stopped', since: 0, failures: 0, unanswered: 0 };

interface Moment {
  now: number;
  limits: WatchLimits;
  /** In [0, 1). */
  random: number;
}
type Decision = [WatchState, Command[]];

function enter(state: WatchState, phase: Phase, now: number, until?: number): WatchState {
  const { failures, told } = state;
  return {
    phase,
    since: now,
    failures,
    unanswered: 0,
    ...(until !== undefined && { until }),
    ...(told !== undefined && { told }),
  };
}

/** The operator is told once of the same thing. */
function tell([state, commands]: Decision, code: string, reason: string): Decision {
  if (state.told === code) return [state, commands];
  return [{ ...state, told: code }, [...commands, { do: 'alert', code, reason }]];
}

function restart(state: WatchState, { now, limits, random }: Moment, code: string, reason: string): Decision {
  const wasWell = state.phase === 'ready' && now - state.since >= limits.stableMs;
  const failures = (wasWell ? 0 : state.failures) + 1;
  // A rival session is not chased away: whoever took over wanted it.
  const pause = code === 'CONFLICT' ? limits.lineMs : backOff(failures, limits, random);
  const next: Decision = [{ ...enter(state, 'waiting', now, now + pause), failures }, [{ do: 'close' }]];
  const atOnce = code === 'no-chromium' || code === 'CONFLICT' || code === 'DEPRECATED_VERSION';
  return atOnce || failures >= limits.tellAfter ? tell(next, code, reason) : next;
}

function unlinked(state: WatchState, { now, limits, random }: Moment): Decision {
  const failures = state.failures + 1;
  const next = enter(state, 'waiting', now, now + backOff(failures, limits, random));
  return tell(
    [{ ...next, failures }, [{ do: 'close' }, { do: 'forget' }]],
    'unlinked',
    'The phone has unlinked this browser: scan the new code to go on.',
  );
}

/** A state of WhatsApp's line, whether it was told or asked for. */
function onLine(state: WatchState, line: string, moment: Moment): Decision {
  const block = BLOCKS[line];
  if (block !== undefined)
    return tell(
      [enter(state, 'blocked', moment.now), [{ do: 'close' }, { do: 'block', code: line }]],
      line,
      block,
    );
  if (line === 'CONNECTED') {
    const { lineDownSince: _, ...rest } = state;
    return [rest, []];
  }
  if (state.phase !== 'ready') return [state, []];
  if (UNLINKED.has(line)) return unlinked(state, moment);
  if (LINE_DOWN.has(line)) return [{ ...state, lineDownSince: state.lineDownSince ?? moment.now }, []];
  return restart(state, moment, line, `WhatsApp Web ended the session (${line}).`);
}

function onPolled(state: WatchState, answer: string | undefined, moment: Moment): Decision {
  if (state.phase === 'login') {
    // The library tells nothing between the scan and `ready`, and `ready` may never come.
    if (answer === 'CONNECTED')
      return [enter(state, 'linking', moment.now, moment.now + moment.limits.readyMs), []];
    return answer === undefined ? [state, []] : onLine(state, answer, moment);
  }
  if (state.phase !== 'ready') return [state, []];
  if (answer !== undefined) return onLine({ ...state, unanswered: 0 }, answer, moment);
  const unanswered = state.unanswered + 1;
  return unanswered >= MOST_UNANSWERED
    ? restart(state, moment, 'page-hangs', 'The page does not answer any more.')
    : [{ ...state, unanswered, nextPoll: moment.now }, []];
}

function poll(state: WatchState, { now, limits }: Moment): Decision {
  if (now < (state.nextPoll ?? state.since + limits.pollEveryMs)) return [state, []];
  return [{ ...state, nextPoll: now + limits.pollEveryMs }, [{ do: 'poll' }]];
}

function onTick(state: WatchState, moment: Moment): Decision {
  const { now, limits } = moment;
  const overdue = state.until !== undefined && now >= state.until;
  switch (state.phase) {
    case 'elsewhere':
      return overdue ? [{ ...state, until: now + limits.leaseRetryMs }, [{ do: 'acquire' }]] : [state, []];
    case 'waiting':
      return overdue
        ? [enter(state, 'starting', now, now + limits.startMs), [{ do: 'launch' }]]
        : [state, []];
    case 'starting':
      return overdue
        ? restart(state, moment, 'start-slow', 'WhatsApp Web did not come up in time.')
        : [state, []];
    case 'linking':
      return overdue
        ? restart(state, moment, 'never-ready', 'WhatsApp Web did not become ready in time.')
        : [state, []];
    case 'login':
      if (overdue) return [{ ...state, until: now + limits.codeMs }, [{ do: 'refresh' }]];
      return poll(state, moment);
    case 'ready':
      if (state.lineDownSince !== undefined && now - state.lineDownSince >= limits.lineMs)
        return restart(state, moment, 'line-down', 'WhatsApp Web has had no connection for long.');
      return poll(state, moment);
    default:
      return [state, []];
  }
}

/**
 * @param state what was, @param event what happened. @param moment the time, the limits, and a random number.
 * @returns what is now, and what is to be done, in this order.
 */
export function decide(state: WatchState, event: WatchEvent, moment: Moment): Decision {
  const { now, limits } = moment;
  if (event.type === 'start') {
    if (state.phase !== 'stopped') return [state, []];
    const fresh = { ...STOPPED, since: now };
    if (event.blocked === undefined)
      return [enter(fresh, 'elsewhere', now, now + limits.leaseRetryMs), [{ do: 'acquire' }]];
    return tell(
      [enter(fresh, 'blocked', now), []],
      event.blocked,
      BLOCKS[event.blocked] ?? 'Blocked earlier.',
    );
  }
  if (state.phase === 'stopped') return [state, []];
  if (event.type === 'stop') return [{ ...STOPPED, since: now }, [{ do: 'close' }, { do: 'release' }]];
  if (state.phase === 'blocked') return [state, []];
  if (event.type === 'lease') {
    if (!event.held) return [enter(state, 'elsewhere', now, now + limits.leaseRetryMs), [{ do: 'close' }]];
    if (state.phase !== 'elsewhere') return [state, []];
    return [enter(state, 'starting', now, now + limits.startMs), [{ do: 'launch' }]];
  }
  if (event.type === 'tick') return onTick(state, moment);
  // What a browser tells that is already being closed.
  if (!RUNNING.has(state.phase)) return [state, []];
  switch (event.type) {
    case 'code':
      return tell(
        [enter(state, 'login', now, now + limits.codeMs), []],
        'unlinked',
        'WhatsApp Web is not linked to a phone: scan the code to go on.',
      );
    case 'authenticated':
      return state.phase === 'ready' ? [state, []] : [enter(state, 'linking', now, now + limits.readyMs), []];
    case 'ready': {
      // Fires again after a reload or a second hasSynced: nothing begins anew, but something may have been missed.
      if (state.phase === 'ready') return [state, [{ do: 'scan' }]];
      const { told: _, ...well } = enter(state, 'ready', now);
      return [well, [{ do: 'scan' }]];
    }
    case 'line':
      return onLine(state, event.state, moment);
    case 'disconnected':
      if (UNLINKED.has(event.reason)) return unlinked(state, moment);
      return BLOCKS[event.reason] !== undefined
        ? onLine(state, event.reason, moment)
        : restart(state, moment, event.reason, `WhatsApp Web ended the session (${event.reason}).`);
    case 'fault':
      return restart(state, moment, event.code, event.reason);
    case 'polled':
      return onPolled(state, event.state, moment);
    case 'hung':
      // A call hung: the page is asked at once, and one more silence is enough.
      return state.phase === 'ready' ? [{ ...state, unanswered: 1 }, [{ do: 'poll' }]] : [state, []];
  }
}
