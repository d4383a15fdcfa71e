/** How long things may take, all in milliseconds but `tellAfter`. Tests shorten them. */
import type { LeaseTimes } from './lease-keeper';
import { WATCH_LIMITS, type WatchLimits } from './watchdog';

export interface Limits extends WatchLimits, LeaseTimes {
  /** How often the watchdog looks at the clock. */
  tickMs: number;
  /** For an answer to "how is the line?". */
  pollMs: number;
  /** For a freshly loaded page to show itself. */
  pageMs: number;
  /** For the page to come back from sending. */
  sendMs: number;
  /** For a file to be fetched, on top of sending it. */
  mediaMs: number;
  /** From there until WhatsApp's server has the message. */
  ackMs: number;
  /** For a question to the page. */
  lookupMs: number;
  /** Until a message that the product did not take is brought again. */
  againMs: number;
  /** Between two looks for missed messages. */
  scanEveryMs: number;
  /** A send is tried again after that when there is no session. */
  notReadyMs: number;
}

export const LIMITS: Limits = {
  ...WATCH_LIMITS,
  leaseMs: 60_000,
  renewEveryMs: 15_000,
  tickMs: 1_000,
  pollMs: 15_000,
  pageMs: 60_000,
  sendMs: 30_000,
  mediaMs: 30_000,
  ackMs: 30_000,
  lookupMs: 10_000,
  againMs: 15_000,
  scanEveryMs: 300_000,
  notReadyMs: 15_000,
};
