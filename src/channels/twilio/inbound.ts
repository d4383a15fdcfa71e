/**
 * A webhook's fields → an InboundMessage. Fields: https://www.twilio.com/docs/messaging/guides/webhook-request.
 * Twilio adds fields without notice: unknown ones are ignored here (the signature has covered them).
 */
import type { TwilioConfig } from '../../config';
import type { Address, InboundKind, InboundMessage } from '../channel';
import { fromTwilio, userIdFrom } from './address';

export type Fields = Readonly<Record<string, string>>;

export type Parsed =
  | { message: InboundMessage }
  /** Twilio has answered by itself and nothing changes for us: an Advanced Opt-Out HELP. */
  | { message?: undefined; answered: true }
  /** Why it is none of ours, naming fields but never their values. */
  | { message?: undefined; refused: string };

const TEXT_KEPT = 4096;
const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/i;

/** Twilio's MessageType on WhatsApp, where it says more than the content type does. */
const KIND_OF_TYPE: ReadonlyMap<string, InboundKind> = new Map(
  Object.entries({
    sticker: 'sticker',
    contacts: 'contact',
    contact: 'contact',
    location: 'location',
    call: 'call',
    audio: 'voice',
    voice: 'voice',
    image: 'image',
    video: 'video',
    document: 'document',
  } as const),
);

/** WhatsApp sends stickers as WebP and never photographs. */
const KIND_OF_CONTENT: readonly [RegExp, InboundKind][] = [
  [/^image\/webp\b/, 'sticker'],
  [/^image\//, 'image'],
  [/^audio\//, 'voice'],
  [/^video\//, 'video'],
  [/^text\/(x-)?vcard\b/, 'contact'],
  [/^(application|text)\//, 'document'],
];

const given = (value: string | undefined) => (value === undefined || value === '' ? undefined : value);

/** At most 4,096 characters, never half of one (a lone surrogate would be stored as a question mark). */
function kept(text: string): string {
  return text.slice(0, TEXT_KEPT).replace(/[\uD800-\uDBFF]$/, '');
}

function kindOf(fields: Fields): InboundKind {
  const tapped =
    given(fields.ButtonPayload) ??
    given(fields.ListId) ??
    given(fields.ButtonText) ??
    given(fields.ListTitle);
  if (tapped !== undefined) return 'tap';
  const byType = KIND_OF_TYPE.get(fields.MessageType?.toLowerCase() ?? '');
  if (byType) return byType;
  if (Number(fields.NumMedia ?? 0) > 0) {
    const type = fields.MediaContentType0?.toLowerCase() ?? '';
    return KIND_OF_CONTENT.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
  }
  if (given(fields.Latitude) !== undefined) return 'location';
  return given(fields.Body) === undefined ? 'unknown' : 'text';
}

/** Whose message it is: our number, or any number of our Messaging Service. */
function isForUs(fields: Fields, to: Address | undefined, config: TwilioConfig): boolean {
  if (
    given(fields.MessagingServiceSid) !== undefined &&
    fields.MessagingServiceSid === config.messagingServiceSid
  )
    return true;
  return (
    to !== undefined && to.address === (to.channel === 'whatsapp' ? config.whatsappFrom : config.smsFrom)
  );
}

function textOf(fields: Fields, kind: InboundKind, optOut: string | undefined): string {
  // The keyword that Twilio has understood may be one set in its console, in any language: ours is certain.
  if (optOut !== undefined) return optOut;
  const text =
    kind === 'tap' ? (given(fields.ButtonText) ?? given(fields.ListTitle) ?? fields.Body) : fields.Body;
  return kept(text ?? '');
}

/**
 * @param fields the webhook's body, verified and all strings. @param now stands for the time of receipt: Twilio sends none.
 * @returns the message, or why there is none.
 */
export function parseInbound(fields: Fields, config: TwilioConfig, now: Date): Parsed {
  for (const name of ['MessageSid', 'AccountSid', 'From', 'To'])
    if (given(fields[name]) === undefined) return { refused: `${name} is missing` };
  const id = fields.MessageSid ?? '';
  if (!MESSAGE_SID.test(id)) return { refused: 'MessageSid has not the form of one' };
  if (fields.AccountSid !== config.accountSid) return { refused: 'AccountSid is another account' };
  const from = fromTwilio(fields.From ?? '');
  if (!from) return { refused: 'From is not an address that we serve' };
  if (!isForUs(fields, fromTwilio(fields.To ?? ''), config)) return { refused: 'To is not a sender of ours' };

  const optOut = /^(STOP|START|HELP)$/.exec(fields.OptOutType ?? '')?.[0];
  if (optOut === 'HELP') return { answered: true };
  const kind = optOut ? 'text' : kindOf(fields);
  const optionId = kind === 'tap' ? (given(fields.ButtonPayload) ?? given(fields.ListId)) : undefined;
  const mediaRef = Number(fields.NumMedia ?? 0) > 0 ? given(fields.MediaUrl0) : undefined;
  const userId = userIdFrom(fields.ExternalUserId);
  return {
    message: {
      id,
      from,
      kind,
      text: textOf(fields, kind, optOut),
      at: now,
      ...(optionId !== undefined && { optionId }),
      ...(mediaRef !== undefined && { mediaRef }),
      ...(userId !== undefined && { userId }),
      ...(optOut !== undefined && { answered: true as const }),
    },
  };
}
