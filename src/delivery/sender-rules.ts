/** What each sender may do: how fast, and what WhatsApp asks of it. */
import { nextGap, WHATSAPP_WEB_PACE } from '../channels/whatsapp-web/pacing';
import type { Random } from './back-off';

export interface SenderRules {
  /** Milliseconds between two messages on average; 0 for no pacing. */
  everyMs: number;
  /** Chooses each gap anew, in milliseconds, instead of keeping to `everyMs`. */
  gap?: (random: Random) => number;
  /** Messages that may leave at once after a pause. */
  burst: number;
  /** Outside 24 hours after his last message only approved templates may go (WhatsApp Business). */
  window: boolean;
  /** People who may be reached outside the window in any 24 hours; Infinity for no cap. */
  dailyReach: number;
  /** The cap counts everybody who is written to, also inside the window. */
  countsEverybody?: boolean;
  /** Hours of the day in `zone` in which anything but answers may leave, whatever his own zone. */
  hours?: { from: number; to: number; zone: string };
}

const FREE: SenderRules = { everyMs: 0, burst: 1, window: false, dailyReach: Infinity };

/**
 * By the sender's name. Twilio: half of the 80 a second that a WhatsApp sender is given, and 10 a second for
 * SMS, by another gateway too. WhatsApp Web: pace is all that an unofficial client can be careful with (channels/whatsapp-web/pacing.ts).
 */
const KNOWN: Record<string, SenderRules> = {
  'twilio-whatsapp': { everyMs: 25, burst: 20, window: true, dailyReach: 250 },
  'twilio-sms': { everyMs: 100, burst: 5, window: false, dailyReach: Infinity },
  'sms-gateway': { everyMs: 100, burst: 5, window: false, dailyReach: Infinity },
  'whatsapp-web': {
    everyMs: (WHATSAPP_WEB_PACE.gapMs.least + WHATSAPP_WEB_PACE.gapMs.most) / 2,
    gap: nextGap,
    burst: 1,
    window: false,
    dailyReach: WHATSAPP_WEB_PACE.peopleADay,
    countsEverybody: true,
    hours: WHATSAPP_WEB_PACE.hours,
  },
};

/** Senders that the product comes with, the simulator's too. */
export const KNOWN_SENDERS: readonly string[] = [...Object.keys(KNOWN), 'simulator'];

/** Rules for a sender: the known ones, changed by configuration; a sender nobody knows is free. */
export function senderRules(sender: string, changes: Record<string, Partial<SenderRules>> = {}): SenderRules {
  return { ...(KNOWN[sender] ?? FREE), ...changes[sender] };
}
