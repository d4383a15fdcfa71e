/** Channels on the stand-in for Twilio: a fresh one for every test, held against Twilio's own description. */
import { twilioClient } from '../../../src/channels/twilio/client';
import { twilioSms, type SmsOptions } from '../../../src/channels/twilio/sms';
import { twilioWhatsApp, type WhatsAppOptions } from '../../../src/channels/twilio/whatsapp';
import type { TwilioConfig } from '../../../src/config';
import { TwilioStub, loadContract } from '../../support/twilio-stub';
import { ACCOUNT, NOW, PUBLIC, stillClock } from './support';

export const contract = loadContract();
export const TEMPLATE = `HX${'0c'.repeat(16)}`;
/** Long enough for a busy machine; tests of a hanging answer give their own. */
const PATIENT_MS = 10_000;

export const OPTIONS = [
  { id: 'yes', label: 'हाँ' },
  { id: 'no', label: 'नहीं' },
];
export const CERTIFICATE = {
  url: 'https://saathi.example.org/certificates/abc.png',
  contentType: 'image/png',
};

/** Registers the hooks; call it once at the top of a test file. */
export function useStub() {
  let current: TwilioStub | undefined;
  const stub = () => {
    if (!current) throw new Error('There is a stand-in only while a test runs.');
    return current;
  };
  beforeEach(async () => {
    current = await new TwilioStub({ contract, now: () => NOW }).start();
    current.contents.approve(TEMPLATE);
  });
  afterEach(async () => {
    await stub().stop();
    expect(stub().violations).toEqual([]);
  });

  function wired(config: Partial<TwilioConfig>, timeoutMs: number) {
    const all = { ...ACCOUNT, apiBaseUrl: stub().url, ...config };
    return { config: all, publicBaseUrl: PUBLIC, client: twilioClient(all, timeoutMs), clock: stillClock() };
  }
  return {
    get stub() {
      return stub();
    },
    whatsApp: (
      more: Partial<WhatsAppOptions> = {},
      config: Partial<TwilioConfig> = {},
      timeoutMs = PATIENT_MS,
    ) => twilioWhatsApp({ ...wired(config, timeoutMs), ...more }),
    sms: (more: Partial<SmsOptions> = {}, config: Partial<TwilioConfig> = {}) =>
      twilioSms({ ...wired(config, PATIENT_MS), ...more }),
  };
}
