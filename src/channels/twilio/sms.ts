/** SMS by Twilio. One-way by default: in India nobody can answer Twilio's SMS, so each stands alone. */
import type { Channel, OutboundMessage } from '../channel';
import { refusal, twilioChannel, type Said, type TwilioChannelOptions } from './base';
import { countSegments } from './segments';
import { dltMatcher, type DltTemplate } from './dlt';

export interface SmsOptions extends TwilioChannelOptions {
  /** Registered in India. When given, numbers that begin with +91 get nothing but texts that match one of them. */
  dltTemplates?: readonly DltTemplate[];
}

/** Twilio's limit for a body, and ten segments of UCS-2. */
const TEXT_LIMIT = 1600;

/**
 * The Twilio SMS channel. @throws Error where neither a number nor a Messaging Service is configured.
 */
export function twilioSms(options: SmsOptions): Channel {
  const { smsFrom, messagingServiceSid, smsTwoWay } = options.config;
  if (smsFrom === undefined && messagingServiceSid === undefined)
    throw new Error(
      'Neither TWILIO_SMS_FROM nor TWILIO_MESSAGING_SERVICE_SID is set: there is no SMS sender.',
    );
  const registered = options.dltTemplates && dltMatcher(options.dltTemplates);

  function say(message: OutboundMessage): Said[] | ReturnType<typeof refusal> {
    if (message.media)
      return refusal('other', 'no-media', 'an SMS carries no picture or sound: send a link in its text');
    // NFC: the same letters in fewer units, and the form in which templates are matched.
    const body = message.text.normalize('NFC');
    if (body.trim() === '') return refusal('other', 'empty', 'there is nothing to say');
    if (body.length > TEXT_LIMIT)
      return refusal('other', '21617', `the text is longer than ${TEXT_LIMIT} characters`);
    if (registered && message.to.startsWith('+91') && registered(body) === undefined)
      return refusal('template', 'dlt', 'the text matches no template registered in India (DLT)');
    // A curly quote or a dash would double the price; letters of Indian scripts are left alone.
    return [{ body, smartEncoded: true }];
  }

  return twilioChannel(options, {
    id: 'sms',
    sender: 'twilio-sms',
    from: {
      ...(smsFrom !== undefined && { from: smsFrom }),
      ...(messagingServiceSid !== undefined && { messagingServiceSid }),
    },
    capabilities: {
      medium: 'sms',
      canReply: smsTwoWay,
      canTap: 0,
      canSendMedia: false,
      isPrivate: false,
      textLimit: TEXT_LIMIT,
    },
    say: (message) => Promise.resolve(say(message)),
    segments: (body) => countSegments(body).segments,
  });
}
