/** What the library hands over → what the product understands. Pure. */
import type { InboundKind, InboundMessage } from '../channel';
import type { LibraryCall, LibraryMessage } from './library';

const TEXT_KEPT = 4096;

const KINDS: Record<string, InboundKind> = {
  chat: 'text',
  ptt: 'voice',
  audio: 'voice',
  image: 'image',
  album: 'image',
  video: 'video',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  live_location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  list_response: 'tap',
  buttons_response: 'tap',
  template_button_reply: 'tap',
};

/** WhatsApp's own notes in a chat: nobody has written anything. `call_log` doubles the call event. */
const NOT_SAID = new Set([
  'revoked',
  'call_log',
  'ciphertext',
  'e2e_notification',
  'gp2',
  'group_notification',
  'notification',
  'notification_template',
  'broadcast_notification',
  'protocol',
  'reaction',
  'debug',
  'pinned_message',
  'newsletter_notification',
]);

/** A person's chat: by number, or by WhatsApp's hidden id (LID). `0@c.us` is WhatsApp itself. */
const PERSON = /^(?!0@)(\d{3,20})(?::\d+)?@(c\.us|s\.whatsapp\.net|lid)$/;

/** The chat that an id stands for, without the device that wrote; `undefined` when it is no person. */
export function personChat(id: string): string | undefined {
  const found = PERSON.exec(id);
  return found ? `${found[1] ?? ''}@${found[2] === 'lid' ? 'lid' : 'c.us'}` : undefined;
}

/** `919800000001@c.us` → `+919800000001`; `undefined` for a LID. */
export function numberOf(chatId: string): string | undefined {
  const found = /^(\d{7,15})@c\.us$/.exec(chatId);
  return found ? `+${found[1] ?? ''}` : undefined;
}

/** The address of somebody whose number WhatsApp does not tell: `lid.1234567890`. */
export function lidAddress(chatId: string): string {
  return `lid.${chatId.replace('@lid', '')}`;
}

/** The chat to write to; `undefined` when WhatsApp Web has none for such an address (a user name, an SMS header). */
export function chatOf(address: string): string | undefined {
  const number = /^\+([1-9]\d{6,14})$/.exec(address)?.[1];
  if (number !== undefined) return `${number}@c.us`;
  const lid = /^lid\.(\d{3,20})$/.exec(address)?.[1];
  return lid === undefined ? undefined : `${lid}@lid`;
}

/** At most 4,096 characters, never half of one. */
function kept(text: string): string {
  return text.slice(0, TEXT_KEPT).replace(/[\uD800-\uDBFF]$/, '');
}

/** A message before its sender is known by number. */
export type Unaddressed = Omit<InboundMessage, 'from' | 'userId'> & { chatId: string };

/**
 * @param now bounds the time that WhatsApp gives, which a wrong clock may put in the future.
 * @returns the message, or why it is none of ours.
 */
export function readMessage(message: LibraryMessage, now: Date): Unaddressed | { ignored: string } {
  if (message.fromMe || message.id.fromMe) return { ignored: 'ours' };
  if (message.isStatus === true) return { ignored: 'status' };
  if (message.broadcast === true) return { ignored: 'broadcast' };
  const chatId = personChat(message.from);
  if (chatId === undefined || message.author !== undefined) return { ignored: 'no person' };
  if (NOT_SAID.has(message.type)) return { ignored: 'notice' };
  const kind = KINDS[message.type] ?? 'unknown';
  const optionId = message.selectedRowId ?? message.selectedButtonId;
  return {
    id: message.id._serialized,
    chatId,
    kind,
    // A contact's card and a place come as text that nobody typed.
    text: kind === 'contact' || kind === 'location' ? '' : kept(message.body),
    at: new Date(Math.min(message.timestamp * 1000, now.getTime())),
    ...(kind === 'tap' && optionId !== undefined && { optionId }),
    ...(message.hasMedia === true && { mediaRef: `whatsapp-web:${message.id._serialized}` }),
  };
}

/** As `readMessage`, for a call. The library gives no time for it. */
export function readCall(call: LibraryCall, now: Date): Unaddressed | { ignored: string } {
  if (call.fromMe === true) return { ignored: 'ours' };
  const chatId = personChat(typeof call.from === 'string' ? call.from : call.from._serialized);
  if (call.isGroup === true || chatId === undefined) return { ignored: 'no person' };
  return { id: `call_${call.id}`, chatId, kind: 'call', text: '', at: now };
}
