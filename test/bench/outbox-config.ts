/** How the product is set up for the benches of sending: a stand-in for Twilio, no quiet hours, nothing printed. */
import { loadConfig, type Config } from '../../src/config';
import type { DeliveryConfig } from '../../src/delivery';
import { ACCOUNT, BASE_URL, SENDER, TOKEN } from './web-server';

export interface Places {
  mongodbUri: string;
  stubUrl: string;
  dataDir: string;
}

export function benchConfig({ mongodbUri, stubUrl, dataDir }: Places): Config {
  return loadConfig({
    NODE_ENV: 'test',
    PUBLIC_BASE_URL: BASE_URL,
    MONGODB_URI: mongodbUri,
    SESSION_SECRET: 'bench-secret-bench-secret-bench-secret',
    DATA_DIR: dataDir,
    QUIET_HOURS: 'off',
    SIMULATOR: 'off',
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_WHATSAPP_FROM: SENDER,
    TWILIO_API_BASE_URL: stubUrl,
  });
}

/** Pacing off: what is measured is the product, not the pace that it is told to keep. */
export const UNPACED: DeliveryConfig = {
  senders: { 'twilio-whatsapp': { everyMs: 0, dailyReach: Infinity } },
  concurrency: 50,
};
