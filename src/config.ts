/**
 * Reads the environment once, checks every variable, and hands it on typed and grouped. Everything that is
 * wrong is told in one list. `.env.example` explains each variable to whoever sets it.
 */
import { combinationProblems, warningsFor } from './config-checks';
import { present } from './config-values';
import { VARIABLES, type Name, type Readable, type Values } from './config-variables';

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
  /** How many days things are kept, by kind; Infinity: for good. */
  retention: Record<
    'journal' | 'outbox' | 'reflections' | 'unfinished' | 'stopped' | 'audit' | 'erased',
    number
  >;
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
    retention: {
      journal: values.RETENTION_JOURNAL,
      outbox: values.RETENTION_OUTBOX,
      reflections: values.RETENTION_REFLECTIONS,
      unfinished: values.RETENTION_UNFINISHED,
      stopped: values.RETENTION_STOPPED,
      audit: values.RETENTION_AUDIT,
      erased: values.RETENTION_ERASED,
    },
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
