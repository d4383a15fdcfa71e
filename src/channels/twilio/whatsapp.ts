/** WhatsApp by Twilio: templates outside the window; inside it text, one picture, and options to tap or to type. */
import type { Channel, OutboundMessage, OutboundTemplate } from '../channel';
import { refusal, twilioChannel, type Said, type TwilioChannelOptions } from './base';
import { contentShelf, type Contents } from './content';
import { splitText } from './segments';

export interface WhatsAppOptions extends TwilioChannelOptions {
  /** Show options as buttons and lists (Content API). Off: numbered text, which always works. */
  taps?: boolean;
}

const TEXT_LIMIT = 1600;
const MOST_OPTIONS = 10;

/** `sent by template`: its variables by number or name; Twilio takes values of at most 1,600 characters. */
function sayTemplate({ contentSid, variables }: OutboundTemplate): Said {
  return { contentSid, contentVariables: JSON.stringify(variables) };
}

/** Options under the text, for typing: the digits need no translation. A text too long for both is cut, not the options. */
function numbered({ text, options }: OutboundMessage): string {
  const list = options.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
  const room = TEXT_LIMIT - list.length - 3;
  const [beginning = ''] = text.length > room && room > 0 ? splitText(text, room) : [text];
  return [beginning === text ? text : `${beginning}…`, list].filter(Boolean).join('\n\n');
}

async function say(
  message: OutboundMessage,
  contents: Contents | undefined,
): Promise<Said[] | ReturnType<typeof refusal>> {
  if (message.template) return [sayTemplate(message.template)];
  // Where nothing can be tapped, the text holds its numbered options already.
  const body = contents && message.options.length > 0 ? numbered(message) : message.text;
  if (body.length > TEXT_LIMIT)
    return refusal('other', '21617', `the text is longer than ${TEXT_LIMIT} characters`);
  if (body === '' && !message.media) return refusal('other', 'empty', 'there is nothing to say');
  const plain: Said = {
    ...(body !== '' && { body }),
    ...(message.media && { mediaUrl: [message.media.url] }),
  };
  const contentSid = message.media ? undefined : await contents?.contentFor(message.text, message.options);
  return contentSid === undefined
    ? [plain]
    : [{ contentSid, contentVariables: JSON.stringify({ '1': message.text }) }, plain];
}

/**
 * The Twilio WhatsApp channel. @throws Error where `whatsappFrom` is not configured.
 */
export function twilioWhatsApp(options: WhatsAppOptions): Channel {
  const { whatsappFrom } = options.config;
  if (whatsappFrom === undefined)
    throw new Error('TWILIO_WHATSAPP_FROM is not set: there is no WhatsApp sender.');
  const contents = options.taps ? contentShelf(options.client) : undefined;
  return twilioChannel(options, {
    id: 'whatsapp',
    sender: 'twilio-whatsapp',
    from: { from: `whatsapp:${whatsappFrom}` },
    capabilities: {
      medium: 'whatsapp',
      canReply: true,
      canTap: contents ? MOST_OPTIONS : 0,
      canSendMedia: true,
      isPrivate: true,
      textLimit: TEXT_LIMIT,
    },
    say: (message) => say(message, contents),
    refused: (contentSid) => contents?.forget(contentSid),
  });
}
