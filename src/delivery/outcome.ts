/** What follows from a provider's answer or receipt: pure. The table is facts 1.4, in docs/operations.md. */
import type { FailureKind, SendResult } from '../channels/channel';
import type { OutboxRow, OutboxState, Waiting } from '../database/models/outbox';
import { backOff, spread, type Random } from './back-off';

const HOUR_MS = 3_600_000;

export interface Limits {
  /** Rejections by the provider before a message is given up. */
  maxAttempts: number;
}

/** What becomes of the row … */
export type Next =
  | { state: 'sent'; providerId: string; segments?: number | undefined }
  | {
      state: Extract<OutboxState, 'failed' | 'dead' | 'expired' | 'cancelled'>;
      error: NonNullable<OutboxRow['error']>;
    }
  | { state: 'unknown'; dueAt: Date; error: NonNullable<OutboxRow['error']> }
  | {
      state: 'pending';
      waiting: Waiting;
      dueAt: Date;
      error: NonNullable<OutboxRow['error']>;
      set?: Partial<OutboxRow>;
    };

/** … and what else is to be done. */
export type Action =
  | { do: 'opt-out' }
  | { do: 'unreachable' }
  | { do: 'fall-back' }
  | { do: 'sender-down' }
  | { do: 'slow-down'; ms: number }
  | { do: 'alert'; about: 'template' | 'filter' | 'dead' };

export interface Settled {
  next: Next;
  actions: Action[];
}

/** First looks after an outcome that nobody knows; after the last the row stays `unknown` and is flagged. */
const CHECK_AFTER_MS = [15_000, 60_000, 240_000, 900_000];
export const MOST_CHECKS = CHECK_AFTER_MS.length;

/** When an unknown outcome is looked into next, after so many looks. */
export function nextCheck(now: Date, checks: number): Date {
  return new Date(now.getTime() + (CHECK_AFTER_MS[checks] ?? 900_000));
}

/** What the answer to a send means for the row. */
export function settle(
  row: OutboxRow,
  result: SendResult,
  now: Date,
  random: Random,
  { maxAttempts }: Limits,
): Settled {
  const at = (ms: number): Date => new Date(now.getTime() + ms);
  switch (result.outcome) {
    case 'accepted':
      return {
        next: { state: 'sent', providerId: result.providerId, segments: result.segments },
        actions: [],
      };
    case 'unknown': {
      const error = toError('unknown', result);
      return { next: { state: 'unknown', dueAt: nextCheck(now, 0), error }, actions: [] };
    }
    case 'retry': {
      const error = toError('rejected', result);
      const slow: Action[] = [{ do: 'slow-down', ms: result.retryAfterMs ?? 1_000 }];
      const attempts = row.attempts + 1;
      if (attempts >= maxAttempts)
        return { next: { state: 'dead', error }, actions: [...slow, { do: 'alert', about: 'dead' }] };
      const dueAt = at(Math.max(result.retryAfterMs ?? 0, backOff(row.attempts, random)));
      return { next: { state: 'pending', waiting: 'open', dueAt, error, set: { attempts } }, actions: slow };
    }
    case 'sender-down':
      // Not the message's fault: it keeps its attempts and waits for the sender.
      return {
        next: { state: 'pending', waiting: 'open', dueAt: now, error: toError('rejected', result) },
        actions: [{ do: 'sender-down' }],
      };
    case 'failed':
      return fail(row, result, now, random);
  }
}

/** What a final "no" means, whether it comes as the answer or later as a receipt. */
export function fail(
  row: OutboxRow,
  failure: { kind: FailureKind; code?: string | undefined; reason: string },
  now: Date,
  random: Random,
): Settled {
  const error = toError(failure.kind, failure);
  const failed = (...actions: Action[]): Settled => ({ next: { state: 'failed', error }, actions });
  const resends = row.resends ?? 0;
  const again = (hours: number): Settled => ({
    next: {
      state: 'pending',
      waiting: 'open',
      dueAt: new Date(now.getTime() + spread(hours * HOUR_MS, random)),
      error,
      set: { resends: resends + 1 },
    },
    actions: [],
  });
  switch (failure.kind) {
    case 'consent':
      return failed({ do: 'opt-out' });
    case 'address':
      return failed({ do: 'unreachable' }, { do: 'fall-back' });
    case 'window':
      // Tried once more as outside the window; with a template in hand and still refused, it is over.
      if (row.outside) return failed({ do: 'fall-back' });
      return {
        next: { state: 'pending', waiting: 'open', dueAt: now, error, set: { outside: true } },
        actions: [],
      };
    case 'template':
      return failed({ do: 'alert', about: 'template' }, { do: 'fall-back' });
    case 'marketing-cap':
      return resends < 1 ? again(24) : failed({ do: 'fall-back' });
    case 'filter':
      return failed({ do: 'alert', about: 'filter' });
    case 'expired':
      return { next: { state: 'expired', error }, actions: [] };
    case 'undelivered':
      return resends < 2 ? again(resends === 0 ? 2 : 6) : failed({ do: 'fall-back' });
    case 'sender':
      // Told only after it was taken: the message waits for the sender, but not without end.
      return resends < 2
        ? { ...again(0), actions: [{ do: 'sender-down' }] }
        : failed({ do: 'sender-down' }, { do: 'fall-back' });
    case 'other':
      return failed();
  }
}

function toError(
  kind: NonNullable<OutboxRow['error']>['kind'],
  { code, reason }: { code?: string | undefined; reason: string },
): NonNullable<OutboxRow['error']> {
  return { kind, reason, ...(code !== undefined && { code }) };
}
