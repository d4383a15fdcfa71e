/** What each sender may do: how fast, and what WhatsApp asks of it. */

export interface SenderRules {
  /** Milliseconds between two messages on average; 0 for no pacing. */
  everyMs: number;
  /** Messages that may leave at once after a pause. */
  burst: number;
  /** Outside 24 hours after his last message only approved templates may go (WhatsApp Business). */
  window: boolean;
  /** People who may be reached outside the window in any 24 hours; Infinity for no cap. */
  dailyReach: number;
}

const FREE: SenderRules = { everyMs: 0, burst: 1, window: false, dailyReach: Infinity };

/**
 * By the sender's name. Twilio: half of the 80 a second that a WhatsApp sender is given, and 10 a second for
 * SMS. WhatsApp Web: one in 30 seconds, since pace is all that an unofficial client can be careful with.
 */
const KNOWN: Record<string, SenderRules> = {
  'twilio-whatsapp': { everyMs: 25, burst: 20, window: true, dailyReach: 250 },
  'twilio-sms': { everyMs: 100, burst: 5, window: false, dailyReach: Infinity },
  'whatsapp-web': { everyMs: 30_000, burst: 1, window: false, dailyReach: 100 },
};

/** Rules for a sender: the known ones, changed by configuration; a sender nobody knows is free. */
export function senderRules(sender: string, changes: Record<string, Partial<SenderRules>> = {}): SenderRules {
  return { ...(KNOWN[sender] ?? FREE), ...changes[sender] };
}
