/** How an operator links a phone: the code on his terminal, or as a picture on a protected page. */
import { toDataURL, toString } from 'qrcode';

/** The code as blocks of text for a terminal. */
export function qrForTerminal(qr: string): Promise<string> {
  return toString(qr, { type: 'terminal', small: true });
}

/** The code as a `data:` URL for an `<img>`. Whoever sees it can link the number to his own browser: protect it. */
export function qrForPage(qr: string): Promise<string> {
  return toDataURL(qr, { margin: 2, scale: 6 });
}

/** Digits of a telephone number, as the library wants them for a pairing code; `undefined` when it is none. */
export function pairingDigits(phone: string): string | undefined {
  const digits = phone.replace(/[\s().-]/g, '');
  return /^\+?[1-9]\d{6,14}$/.test(digits) ? digits.replace('+', '') : undefined;
}

export const TERMS_WARNING =
  "WhatsApp Web is on. Automated messages through an unofficial client break WhatsApp's terms: numbers are banned for it, without warning and for good. Use it for pilots only, with a number that you can lose (docs/whatsapp-web.md).";
