/** The channels that the configuration asks for: one way to reach each kind of address, most important first. */
import type { Channel, ChannelId, InboundMessage, Medium } from '../channels/channel';
import { httpGateway } from '../channels/http-gateway';
import type { Simulator } from '../channels/simulator/simulator';
import { twilioClient } from '../channels/twilio/client';
import { dltMatcher, type DltTemplate } from '../channels/twilio/dlt';
import { twilioSms } from '../channels/twilio/sms';
import { twilioWhatsApp } from '../channels/twilio/whatsapp';
import type { Clock } from '../clock';
import type { Config } from '../config';

export interface ChannelParts {
  config: Config;
  clock: Clock;
  simulator: Simulator | undefined;
  /** Serves WhatsApp's addresses in place of Twilio (the configuration refuses both at once). */
  whatsappWeb: Channel | undefined;
  /** Registered for SMS in India; nothing but these leaves there then. */
  dltTemplates: DltTemplate[] | undefined;
  /** The principal entity that registered them. */
  dltEntityId?: string | undefined;
  /** How long Twilio's answer is waited for, where not as usual. */
  twilioTimeoutMs?: number | undefined;
}

/** Builds them; nothing is sent or started. */
export function channelsFor({
  config,
  clock,
  simulator,
  whatsappWeb,
  dltTemplates,
  dltEntityId,
  twilioTimeoutMs,
}: ChannelParts): Map<ChannelId, Channel> {
  const channels = new Map<ChannelId, Channel>();
  if (config.twilio) {
    const options = {
      config: config.twilio,
      publicBaseUrl: config.publicBaseUrl,
      client: twilioClient(config.twilio, twilioTimeoutMs),
      clock,
    };
    if (config.twilio.whatsappFrom !== undefined) channels.set('whatsapp', twilioWhatsApp(options));
    if (config.twilio.smsFrom !== undefined || config.twilio.messagingServiceSid !== undefined) {
      channels.set('sms', twilioSms({ ...options, ...(dltTemplates && { dltTemplates }) }));
    }
  }
  if (config.smsGateway) {
    const dlt = dltTemplates && {
      templateIdFor: dltMatcher(dltTemplates),
      ...(dltEntityId !== undefined && { entityId: dltEntityId }),
    };
    const { smsGateway, publicBaseUrl } = config;
    channels.set('sms', httpGateway({ config: smsGateway, publicBaseUrl, clock, ...(dlt && { dlt }) }));
  }
  if (whatsappWeb) channels.set('whatsapp', whatsappWeb);
  if (simulator) channels.set('simulator', simulator);
  return channels;
}

/** What he holds in his hand who wrote from there. */
export function mediumOf(
  channels: ReadonlyMap<ChannelId, Channel>,
  { from }: Pick<InboundMessage, 'from'>,
): Medium {
  return channels.get(from.channel)?.capabilities(from.address).medium ?? 'whatsapp';
}
