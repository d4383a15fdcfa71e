/**
 * Sending by Twilio's Messages API. WhatsApp and SMS are the same but for an address prefix, what they can do, and
 * how a message is put into parameters; those differences are the `Profile`, the rest is here.
 */
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message';
import type { Clock } from '../../clock';
import type { TwilioConfig } from '../../config';
import type { Capabilities, Channel, OutboundMessage, SendResult } from '../channel';
import { toTwilio } from './address';
import { TwilioHttpError, type TwilioClient } from './client';
import { sendFault } from './errors';
import { statusCallbackUrl } from './receipt';

export interface TwilioChannelOptions {
  config: TwilioConfig;
  /** Where Twilio reaches us, without a slash at the end: status callbacks go there. */
  publicBaseUrl: string;
  client: TwilioClient;
  clock: Clock;
}

/** What a message says, in Twilio's parameters; address, sender, callback and validity are added here. */
export type Said = Pick<
  MessageListInstanceCreateOptions,
  'body' | 'mediaUrl' | 'contentSid' | 'contentVariables' | 'smartEncoded'
>;
type Failed = Extract<SendResult, { outcome: 'failed' }>;

export interface Profile {
  id: 'whatsapp' | 'sms';
  sender: string;
  capabilities: Capabilities;
  /** `from` and, or, `messagingServiceSid`. */
  from: Pick<MessageListInstanceCreateOptions, 'from' | 'messagingServiceSid'>;
  /**
   * The ways to say it, best first: a later one is tried when Twilio refuses what is special about an earlier one.
   * Never throws.
   */
  say(message: OutboundMessage): Promise<Said[] | Failed>;
  /** Parts that a text is charged as, where that is known before Twilio says it. */
  segments?(body: string): number;
  /** Twilio refused this content, and a plainer way is tried instead. */
  refused?(contentSid: string): void;
}

const MESSAGE_SID = /^(SM|MM)[0-9a-f]{32}$/i;
const MIN_VALIDITY_S = 1;
const MAX_VALIDITY_S = 36_000;
/** Twilio's list lags behind its queue: before this much time "not there" means nothing. */
const LIST_LAG_MS = 2 * 60_000;
/** Their clock and ours may differ a little, and theirs shows whole seconds. */
const CLOCK_LEEWAY_MS = 2_000;

/** A refusal of our own, before Twilio is asked. `reason` holds no number and no text. */
export function refusal(kind: Failed['kind'], code: string, reason: string): Failed {
  return { outcome: 'failed', kind, code, reason };
}

class TwilioChannel implements Channel {
  readonly id: Profile['id'];
  readonly sender: string;

  constructor(
    private readonly options: TwilioChannelOptions,
    private readonly profile: Profile,
  ) {
    this.id = profile.id;
    this.sender = profile.sender;
  }

  capabilities(): Capabilities {
    return this.profile.capabilities;
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const ways = await this.profile.say(message);
    if (!Array.isArray(ways)) return ways;
    let result: SendResult = refusal('other', 'empty', 'there is nothing to say');
    for (const said of ways) {
      result = await this.#post(message, said);
      // Refused outright for its content: nothing was sent, so the plainer way may be tried.
      if (!(result.outcome === 'failed' && result.kind === 'template')) return result;
      if (said.contentSid !== undefined) this.profile.refused?.(said.contentSid);
    }
    return result;
  }

  async #post(message: OutboundMessage, said: Said): Promise<SendResult> {
    try {
      const { sid, numSegments } = await this.options.client.messages.create({
        to: toTwilio(this.id, message.to),
        ...this.profile.from,
        ...said,
        statusCallback: statusCallbackUrl(this.options.publicBaseUrl, message.id),
        ...(message.validForSeconds !== undefined && {
          validityPeriod: Math.round(
            Math.min(MAX_VALIDITY_S, Math.max(MIN_VALIDITY_S, message.validForSeconds)),
          ),
        }),
      });
      // A success without an id (a proxy's page): it may have been taken.
      if (typeof sid !== 'string' || sid === '')
        return {
          outcome: 'unknown',
          reason: "Twilio's answer could not be read; it may have taken the message",
        };
      // 0 while a Messaging Service has not chosen its sender yet.
      const told = Number(numSegments);
      const segments = told > 0 ? told : (this.profile.segments?.(said.body ?? '') ?? 0);
      return { outcome: 'accepted', providerId: sid, ...(segments > 0 && { segments }) };
    } catch (error) {
      return sendFault(error, this.options.clock.now());
    }
  }

  /**
   * Looks through what Twilio holds for him since `after`. The API gives our own id back in callbacks only, so this
   * relies on one message in flight per person: whatever left for him since then, and is not known to be another one
   * (sent a moment before, within the leeway between the clocks), is the one in doubt.
   */
  async find({
    to,
    after,
    except = [],
  }: {
    id: string;
    to: string;
    after: Date;
    except?: readonly string[];
  }): Promise<{ providerId: string } | 'absent' | undefined> {
    const since = new Date(Math.floor((after.getTime() - CLOCK_LEEWAY_MS) / 1000) * 1000);
    try {
      // Not filtered by DateSent: a message that is still queued has none yet.
      const listed = await this.options.client.messages.list({
        to: toTwilio(this.id, to),
        limit: 50,
        pageSize: 50,
      });
      const ours = listed
        .filter(({ direction, dateCreated }) => direction.startsWith('outbound') && dateCreated >= since)
        .filter(({ sid }) => !except.includes(sid))
        .sort((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime());
      if (ours[0]) return { providerId: ours[0].sid };
      return this.options.clock.now().getTime() - after.getTime() > LIST_LAG_MS ? 'absent' : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Empties its text first, which is possible at once; then deletes it with its media, which may have to wait until
   * Twilio is done with it (error 20009).
   * @see https://help.twilio.com/articles/223133687 deleting messages, their media or their bodies
   */
  async forget(messageId: string): Promise<'forgotten' | 'later'> {
    if (!MESSAGE_SID.test(messageId)) return 'forgotten';
    const message = this.options.client.messages(messageId);
    await message.update({ body: '' }).catch(() => undefined);
    try {
      await message.remove();
      return 'forgotten';
    } catch (error) {
      return error instanceof TwilioHttpError && error.status === 404 ? 'forgotten' : 'later';
    }
  }
}

/** A channel on Twilio with the given differences. Its `send` and `find` never throw. */
export function twilioChannel(options: TwilioChannelOptions, profile: Profile): Channel {
  return new TwilioChannel(options, profile);
}
