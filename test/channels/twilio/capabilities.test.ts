import { twilioClient } from '../../../src/channels/twilio/client';
import { twilioSms } from '../../../src/channels/twilio/sms';
import { twilioWhatsApp } from '../../../src/channels/twilio/whatsapp';
import type { TwilioConfig } from '../../../src/config';
import { ACCOUNT, HIS_NUMBER, PUBLIC, stillClock, without } from './support';

const options = (config: TwilioConfig) => ({
  config,
  publicBaseUrl: PUBLIC,
  client: twilioClient(config),
  clock: stillClock(),
});
const whatsApp = ({ taps = false, config = ACCOUNT } = {}) => twilioWhatsApp({ ...options(config), taps });
const sms = ({ config = ACCOUNT } = {}) => twilioSms(options(config));

describe('what a channel says of itself', () => {
  test('WhatsApp', () => {
    expect(whatsApp().capabilities(HIS_NUMBER)).toEqual({
      medium: 'whatsapp',
      canReply: true,
      canTap: 0,
      canSendMedia: true,
      isPrivate: true,
      textLimit: 1600,
    });
    expect(whatsApp({ taps: true }).capabilities(HIS_NUMBER).canTap).toBe(10);
    expect([whatsApp().id, whatsApp().sender]).toEqual(['whatsapp', 'twilio-whatsapp']);
  });

  test('SMS is one-way unless it is said to be two-way', () => {
    expect(sms().capabilities(HIS_NUMBER)).toEqual({
      medium: 'sms',
      canReply: false,
      canTap: 0,
      canSendMedia: false,
      isPrivate: false,
      textLimit: 1600,
    });
    expect(sms({ config: { ...ACCOUNT, smsTwoWay: true } }).capabilities(HIS_NUMBER).canReply).toBe(true);
    expect([sms().id, sms().sender]).toEqual(['sms', 'twilio-sms']);
  });

  test('without a sender there is no channel, and it says which variable is missing', () => {
    expect(() => whatsApp({ config: without(ACCOUNT, 'whatsappFrom') })).toThrow('TWILIO_WHATSAPP_FROM');
    expect(() => sms({ config: without(ACCOUNT, 'smsFrom', 'messagingServiceSid') })).toThrow(
      'TWILIO_SMS_FROM',
    );
  });
});
