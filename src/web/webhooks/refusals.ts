/** Log lines about refused requests, at most one a minute per reason: a flood of forgeries must not fill the disk. */
import type { Clock } from '../../clock';

const EVERY_MS = 60_000;

/** What the webhooks need of a logger (pino has it). */
export interface WebhookLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * @returns a function that logs `reason` (a constant sentence: nothing of the request goes in) now, or counts it
 * towards the next line.
 */
export function refusalLog(log: WebhookLog, clock: Clock): (reason: string) => void {
  const last = new Map<string, { at: number; silent: number }>();
  return (reason) => {
    const now = clock.now().getTime();
    const entry = last.get(reason);
    if (entry && now - entry.at < EVERY_MS) {
      entry.silent += 1;
      return;
    }
    log.warn({ reason, before: entry?.silent ?? 0 }, 'Webhook refused');
    last.set(reason, { at: now, silent: 0 });
  };
}
