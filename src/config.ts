/**
 * Reads the environment once, checks every variable, and hands it on typed and grouped. Everything that is
 * wrong is told in one list. `.env.example` explains each variable to whoever sets it.
 */
import path from 'node:path';
import type { z } from 'zod';
import {
  atLeast,
  gatewayAddress,
  hours,
  ianaZone,
  isLoopback,
  matching,
  oneOf,
  onOff,
  present,
  SMS_SENDER,
  splitArguments,
  variable,
  webAddress,
  wholeNumber,
  earlierSecrets,
  randomSecret,
} from './config-values';
import { warningsFor } from './config-warnings';

export type Environment = Record<string, string | undefined>;

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  /** The secondary token while tokens are rotated: webhooks signed with either are accepted. */
  authTokenNext?: string;
  /** `+14155238886`, without the `whatsapp:` prefix. */
  whatsappFrom?: string;
  /** A number `+…`, a short code, or a registered header such as `SAATHI`. */
  smsFrom?: string;
  /** `MG…` */
  messagingServiceSid?: string;
  /** Origin of a stand-in for api.twilio.com and content.twilio.com; never set against real Twilio. */
  apiBaseUrl?: string;
  /** Can people answer our SMS? Not in India, by Twilio's rules (docs/operations.md). */
  smsTwoWay: boolean;
}

/** Another provider of SMS than Twilio, by HTTP (docs/adding-a-channel.md). */
export interface SmsGatewayConfig {
  /** Where messages are posted. */
  url: string;
  token: string;
  /** A number or a registered header. */
  sender: string;
  /** What the gateway's webhooks show. */
  webhookSecret: string;
}

export interface Config {
  env: 'development' | 'test' | 'production';
  /** 0 lets the system choose. */
  port: number;
  /** Without a slash at the end. `http://localhost:<port>` where nothing is set. */
  publicBaseUrl: string;
  /** Not set: the embedded database in `dataDir`. */
  mongodbUri?: string;
  /** Absolute path. */
  dataDir: string;
  /** Not set: the caller makes one and keeps it in `dataDir`. */
  sessionSecret?: string;
  /** Seal reflections. `current` not set: the caller makes one and keeps it in `dataDir`; `earlier` only open. */
  dataKeys: { current?: string | undefined; earlier: string[] };
  /** IANA zone. */
  zone: string;
  /** Minutes after midnight in `zone`; `from` may be later than `to` (over midnight); equal means none. */
  quietHours: { from: number; to: number };
  simulator: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  metricsToken?: string;
  /** Not set: nothing leaves the machine by Twilio. */
  twilio?: TwilioConfig;
  /** Never beside SMS by Twilio. */
  smsGateway?: SmsGatewayConfig;
  whatsappWeb: { enabled: boolean };
  chromium: { path?: string; args: string[] };
  /** How many people may be reached outside WhatsApp's 24-hour window in any 24 hours. */
  whatsappDailyReach: number;
  /** How many broadcasts a mentor may send in 24 hours. */
  mentorBroadcastsADay: number;
  /** What works but should be known; one sentence each, to be logged at start. */
  warnings: string[];
}

/** Every wrong or missing variable at once. `message` is the whole list, ready to be printed. */
export class ConfigError extends Error {
  /** @param problems one sentence each: the variable, what is wrong (never a secret's value), what to write. */
  constructor(readonly problems: string[]) {
    super(
      [
        'The configuration is not usable:',
        ...problems.map((problem) => `  - ${problem}`),
        'See .env.example for every variable.',
      ].join('\n'),
    );
    this.name = 'ConfigError';
  }
}

const SWITCH = 'on or off';
const VARIABLES = {
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

type Values = { [K in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[K]> };
type Name = keyof Values;
/** What could be read; a variable that was wrong is missing here, and already told. */
type Readable = { [K in Name]?: Values[K] | undefined };

const TWILIO_NAMES = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_AUTH_TOKEN_NEXT',
  'TWILIO_WHATSAPP_FROM',
  'TWILIO_SMS_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_API_BASE_URL',
] as const;
const GATEWAY_NAMES = (Object.keys(VARIABLES) as Name[]).filter((name) => name.startsWith('SMS_GATEWAY_'));

/** What no variable can tell alone. `isSet` also knows those that were set wrongly, so that nothing is told twice. */
function combinationProblems(values: Readable, isSet: (name: Name) => boolean): string[] {
  const problems: string[] = [];
  const usesTwilio = TWILIO_NAMES.some(isSet);
  const production = values.NODE_ENV === 'production';
  const need = (name: Name, why: string) => isSet(name) || problems.push(`${name}: is missing; ${why}`);
  if (usesTwilio) {
    need(
      'TWILIO_ACCOUNT_SID',
      'other TWILIO_… variables are set: write the Account SID of the Twilio console, or remove them all to run without Twilio.',
    );
    need(
      'TWILIO_AUTH_TOKEN',
      'other TWILIO_… variables are set: write the Auth Token of the Twilio console, or remove them all to run without Twilio.',
    );
    need(
      'PUBLIC_BASE_URL',
      "Twilio's webhooks are checked against it: write the address at which Twilio reaches this server, such as https://saathi.example.org.",
    );
    if (!isSet('TWILIO_WHATSAPP_FROM') && !isSet('TWILIO_SMS_FROM') && !isSet('TWILIO_MESSAGING_SERVICE_SID'))
      problems.push(
        'TWILIO_WHATSAPP_FROM: is missing; nothing could be sent: write the WhatsApp sender, or set TWILIO_SMS_FROM or TWILIO_MESSAGING_SERVICE_SID for SMS.',
      );
  }
  if (GATEWAY_NAMES.some(isSet)) {
    for (const name of GATEWAY_NAMES)
      need(name, 'other SMS_GATEWAY_… variables are set: set all four, or remove them all.');
    need(
      'PUBLIC_BASE_URL',
      'the SMS gateway sends its delivery reports there: write the address at which it reaches this server, such as https://saathi.example.org.',
    );
    const bySms = (['TWILIO_SMS_FROM', 'TWILIO_MESSAGING_SERVICE_SID'] as const).find(isSet);
    if (bySms)
      problems.push(
        `SMS_GATEWAY_URL: is set beside ${bySms}; SMS can be served by one of them only: remove the SMS_GATEWAY_… variables or ${bySms}.`,
      );
  }
  if (values.WHATSAPP_WEB && isSet('TWILIO_WHATSAPP_FROM'))
    problems.push(
      'WHATSAPP_WEB: is on beside TWILIO_WHATSAPP_FROM; WhatsApp can be served by one of them only: switch it off, or remove TWILIO_WHATSAPP_FROM.',
    );
  const api = values.TWILIO_API_BASE_URL;
  if (api && !isLoopback(api) && values.NODE_ENV !== 'test' && !values.TWILIO_API_ANYWHERE)
    problems.push(
      'TWILIO_API_BASE_URL: leads to another machine, which would be given the Auth Token; write a loopback address such as http://127.0.0.1:4010, remove it to use Twilio itself, or set TWILIO_API_ANYWHERE=on if you mean it.',
    );
  if (production) {
    need(
      'SESSION_SECRET',
      'production needs one that outlives this machine: write at least 32 random characters (openssl rand -hex 32).',
    );
    if (values.PUBLIC_BASE_URL?.startsWith('http:'))
      problems.push(
        'PUBLIC_BASE_URL: is not encrypted; in production write an address that begins with https://.',
      );
  }
  return problems;
}

function twilioGroup(values: Values): TwilioConfig | undefined {
  if (!values.TWILIO_ACCOUNT_SID || !values.TWILIO_AUTH_TOKEN) return undefined;
  return present({
    accountSid: values.TWILIO_ACCOUNT_SID,
    authToken: values.TWILIO_AUTH_TOKEN,
    authTokenNext: values.TWILIO_AUTH_TOKEN_NEXT,
    whatsappFrom: values.TWILIO_WHATSAPP_FROM,
    smsFrom: values.TWILIO_SMS_FROM,
    messagingServiceSid: values.TWILIO_MESSAGING_SERVICE_SID,
    apiBaseUrl: values.TWILIO_API_BASE_URL,
    smsTwoWay: values.SMS_TWO_WAY,
  });
}

function gatewayGroup(values: Values): SmsGatewayConfig | undefined {
  const {
    SMS_GATEWAY_URL: url,
    SMS_GATEWAY_TOKEN: token,
    SMS_GATEWAY_SENDER: sender,
    SMS_GATEWAY_WEBHOOK_SECRET: webhookSecret,
  } = values;
  return url && token && sender && webhookSecret ? { url, token, sender, webhookSecret } : undefined;
}

/**
 * @param env the environment, usually `process.env`; a value of only spaces counts as not set.
 * @returns the checked configuration; with nothing set, one that works on this machine alone.
 * @throws ConfigError naming everything that is wrong or missing.
 */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const given = (name: Name) => env[name]?.trim() ?? '';
  const isSet = (name: Name) => given(name) !== '';
  const readable: Readable = {};
  for (const name of Object.keys(VARIABLES) as Name[]) {
    const result = VARIABLES[name].safeParse(isSet(name) ? given(name) : undefined);
    if (result.success) Object.assign(readable, { [name]: result.data });
    else problems.push(...result.error.issues.map((issue) => `${name}: ${issue.message}.`));
  }
  problems.push(...combinationProblems(readable, isSet));
  if (problems.length > 0) throw new ConfigError(problems);

  const values = readable as Values;
  return present({
    env: values.NODE_ENV,
    port: values.PORT,
    publicBaseUrl: values.PUBLIC_BASE_URL ?? `http://localhost:${values.PORT}`,
    mongodbUri: values.MONGODB_URI,
    dataDir: values.DATA_DIR,
    sessionSecret: values.SESSION_SECRET,
    dataKeys: { current: values.DATA_KEY, earlier: values.DATA_KEY_OLD },
    zone: values.TIME_ZONE,
    quietHours: values.QUIET_HOURS,
    simulator: values.SIMULATOR ?? values.NODE_ENV !== 'production',
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    twilio: twilioGroup(values),
    smsGateway: gatewayGroup(values),
    whatsappWeb: { enabled: values.WHATSAPP_WEB },
    chromium: present({ path: values.CHROMIUM_PATH, args: values.CHROMIUM_ARGS }),
    whatsappDailyReach: values.WHATSAPP_DAILY_REACH,
    mentorBroadcastsADay: values.MENTOR_BROADCASTS_A_DAY,
    warnings: warningsFor(values),
  });
}
