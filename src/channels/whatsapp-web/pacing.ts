/**
 * How careful an unofficial client must be, for whoever paces the sender `whatsapp-web` (src/delivery). Numbers
 * were banned after 30 messages two seconds apart (whatsapp-web.js issue 12509) and at seven seconds (Baileys
 * issue 2131); no pace makes it safe. These figures are our judgement, not WhatsApp's.
 */
export const WHATSAPP_WEB_PACE = {
  /** Between two messages, chosen anew each time. */
  gapMs: { least: 20_000, most: 60_000 },
  /** Different people in any 24 hours. */
  peopleADay: 150,
  /** Hours of the day in `zone` in which anything but an answer to somebody writing now may leave. */
  hours: { from: 9, to: 20, zone: 'Asia/Kolkata' },
} as const;

/** The next gap in milliseconds; `random` gives numbers in [0, 1). */
export function nextGap(random: () => number): number {
  const { least, most } = WHATSAPP_WEB_PACE.gapMs;
  return Math.round(least + random() * (most - least));
}
