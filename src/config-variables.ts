/** Every environment variable: how it is read, and what is said when it is wrong. */
import path from 'node:path';
import type { z } from 'zod';
import {
  atLeast,
  gatewayAddress,
  hours,
  ianaZone,
  matching,
  oneOf,
  onOff,
  SMS_SENDER,
  splitArguments,
  variable,
  webAddress,
  wholeNumber,
  earlierSecrets,
  randomSecret,
  RETENTION,
} from './config-values';

const SWITCH = 'on or off';
/** Each variable with how it is read and what to write instead of a wrong value. */
export const VARIABLES = {
  NODE_ENV: variable(oneOf('development', 'test', 'production'), 'development, test or production').default(
    'development',
  ),
  PORT: variable(wholeNumber(0, 65_535), 'a whole number from 0 to 65535').default(3000),
  PUBLIC_BASE_URL: variable(
    webAddress,
    'the address at which the internet reaches this server, such as https://saathi.example.org',
  ).optional(),
  MONGODB_URI: variable(
    matching(/^mongodb(\+srv)?:\/\/\S+$/),
    'mongodb://… or mongodb+srv://…, or leave it out for the embedded database',
    { secret: true },
  ).optional(),
  DATA_DIR: variable((value) => path.resolve(value), 'a folder').default(path.resolve('data')),
  SESSION_SECRET: randomSecret.optional(),
  DATA_KEY: randomSecret.optional(),
  DATA_KEY_OLD: earlierSecrets.default([]),
  TIME_ZONE: variable(ianaZone, 'an IANA time zone such as Asia/Kolkata').default('Asia/Kolkata'),
  QUIET_HOURS: variable(hours, 'two times of day such as 20:00-10:00, or off').default({
    from: 20 * 60,
    to: 10 * 60,
  }),
  SIMULATOR: variable(onOff, SWITCH).optional(),
  LOG_LEVEL: variable(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'fatal, error, warn, info, debug, trace or silent',
  ).default('info'),
  METRICS_TOKEN: variable(atLeast(16), 'at least 16 random characters', { secret: true }).optional(),
  TWILIO_ACCOUNT_SID: variable(
    matching(/^AC[0-9a-f]{32}$/i),
    'the Account SID of the Twilio console: AC and 32 characters',
    { secret: true },
  ).optional(),
  TWILIO_AUTH_TOKEN: variable(
    matching(/^\S{16,}$/),
    'the Auth Token of the Twilio console (not an API key: webhooks are signed with the Auth Token)',
    { secret: true },
  ).optional(),
  TWILIO_AUTH_TOKEN_NEXT: variable(matching(/^\S{16,}$/), 'the secondary Auth Token, or leave it out', {
    secret: true,
  }).optional(),
  TWILIO_WHATSAPP_FROM: variable(
    (value) => /^(?:whatsapp:)?(\+[1-9]\d{6,14})$/.exec(value)?.[1],
    'the WhatsApp sender with country code, such as whatsapp:+14155238886',
    { secret: true },
  ).optional(),
  TWILIO_SMS_FROM: variable(
    matching(SMS_SENDER),
    'a number such as +15005550006, a short code, or a registered header of at most 11 letters and digits',
    { secret: true },
  ).optional(),
  TWILIO_MESSAGING_SERVICE_SID: variable(
    matching(/^MG[0-9a-f]{32}$/i),
    'the SID of the Messaging Service: MG and 32 characters',
    { secret: true },
  ).optional(),
  TWILIO_API_BASE_URL: variable(
    webAddress,
    'an address such as http://127.0.0.1:4010, or leave it out to use Twilio itself',
  ).optional(),
  TWILIO_API_ANYWHERE: variable(onOff, SWITCH).default(false),
  SMS_TWO_WAY: variable(onOff, SWITCH).default(false),
  SMS_GATEWAY_URL: variable(
    gatewayAddress,
    'the https:// address at which the SMS gateway takes messages (http:// only on this machine)',
  ).optional(),
  SMS_GATEWAY_TOKEN: variable(
    matching(/^[\x21-\x7e]{8,}$/),
    'the token of the SMS gateway: at least 8 characters without spaces',
    { secret: true },
  ).optional(),
  SMS_GATEWAY_SENDER: variable(
    matching(SMS_SENDER),
    'a number such as +15005550006, a short code, or a registered header of at most 11 letters and digits',
    { secret: true },
  ).optional(),
  SMS_GATEWAY_WEBHOOK_SECRET: variable(
    matching(/^[\x21-\x7e]{16,}$/),
    'at least 16 random characters without spaces (openssl rand -hex 32)',
    { secret: true },
  ).optional(),
  ...RETENTION,
  WHATSAPP_WEB: variable(onOff, SWITCH).default(false),
  CHROMIUM_PATH: variable((value) => value, 'the path of Chromium').optional(),
  CHROMIUM_ARGS: variable(
    splitArguments,
    'arguments with spaces between them, in closed quotes where one holds a space',
  ).default([]),
  WHATSAPP_DAILY_REACH: variable(wholeNumber(0, 10_000_000), 'a whole number of people, such as 250').default(
    250,
  ),
  MENTOR_BROADCASTS_A_DAY: variable(wholeNumber(1, 100), 'a whole number from 1 to 100, such as 3').default(
    3,
  ),
};

/** What all of them give. */
export type Values = { [K in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[K]> };
export type Name = keyof Values;
/** What could be read; a variable that was wrong is missing here, and already told. */
export type Readable = { [K in Name]?: Values[K] | undefined };
