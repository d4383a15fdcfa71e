/** What the terminal chat shows: for people, or a JSON line a message for programs. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { parseAddress } from '../channels/simulator/address';
import type { PhoneMessage } from '../channels/simulator/phone';
import type { PersonView } from '../web/simulator/world';

/**
 * @param isMine it came to the one who writes now; what comes to others says to whom
 * @returns one or more whole lines
 */
export function showMessage(address: string, message: PhoneMessage, json: boolean, isMine: boolean): string {
  const { medium, phone } = parseAddress(address) ?? { medium: 'whatsapp', phone: address };
  const { text, options, media, at } = message;
  if (json) {
    const segments = medium === 'sms' ? new SegmentedMessage(text).segmentsCount : undefined;
    const line = {
      to: phone,
      channel: medium,
      text,
      options,
      ...(media && { media: media.url }),
      segments,
      at,
    };
    return `${JSON.stringify(line)}\n`;
  }
  const shown = [
    ...(isMine ? [] : [`→ ${phone}${medium === 'sms' ? ' (sms)' : ''}`]),
    text,
    ...options.map(({ label }, index) => `  [${index + 1}] ${label}`),
    ...(media ? [`  🖼  ${media.url}`] : []),
  ];
  return `\n${shown.join('\n')}\n\n`;
}

export function showState(view: PersonView | undefined, json: boolean): string {
  if (json) return `${JSON.stringify({ state: view?.state ?? null })}\n`;
  if (!view) return 'Nobody has written from this phone yet.\n';
  const timers = view.timers.map(({ event, due }) => `  ${event} at ${due.toISOString()}`);
  return [`${view.state} (${view.status})`, ...timers, ''].join('\n');
}
