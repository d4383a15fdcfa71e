import path from 'node:path';
import { ConfigError, loadConfig, type Environment } from '../src/config';

const SID = `AC${'a1'.repeat(16)}`;
const TOKEN = 'f00df00df00df00df00df00df00df00d';
const TWILIO = {
  TWILIO_ACCOUNT_SID: SID,
  TWILIO_AUTH_TOKEN: TOKEN,
  TWILIO_WHATSAPP_FROM: 'whatsapp:+14155238886',
  PUBLIC_BASE_URL: 'https://saathi.example.org',
};

function problemsOf(env: Environment): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('with nothing set, everything works on this machine alone', () => {
  expect(loadConfig({})).toEqual({
    env: 'development',
    port: 3000,
    publicBaseUrl: 'http://localhost:3000',
    dataDir: path.resolve('data'),
    dataKeys: { earlier: [] },
    retention: {
      journal: 730,
      outbox: 400,
      reflections: 730,
      unfinished: 30,
      stopped: 400,
      audit: 1100,
      erased: 400,
    },
    zone: 'Asia/Kolkata',
    quietHours: { from: 1200, to: 600 },
    simulator: true,
    logLevel: 'info',
    whatsappWeb: { enabled: false },
    chromium: { args: [] },
    whatsappDailyReach: 250,
    mentorBroadcastsADay: 3,
    warnings: [],
  });
});

test('empty and blank values count as not set, so that a copied .env.example works', () => {
  expect(loadConfig({ PORT: '', TWILIO_AUTH_TOKEN: '  ', SIMULATOR: '' })).toEqual(loadConfig({}));
});

test('a full Twilio configuration is grouped and its numbers brought to one form', () => {
  const config = loadConfig({
    ...TWILIO,
    PUBLIC_BASE_URL: 'https://saathi.example.org/bot/',
    TWILIO_AUTH_TOKEN_NEXT: 'beefbeefbeefbeefbeefbeefbeefbeef',
    TWILIO_SMS_FROM: 'SAATHI',
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0b'.repeat(16)}`,
    TWILIO_API_BASE_URL: 'http://127.0.0.1:4010/',
    SMS_TWO_WAY: 'true',
  });
  expect(config.publicBaseUrl).toBe('https://saathi.example.org/bot');
  expect(config.twilio).toEqual({
    accountSid: SID,
    authToken: TOKEN,
    authTokenNext: 'beefbeefbeefbeefbeefbeefbeefbeef',
    whatsappFrom: '+14155238886',
    smsFrom: 'SAATHI',
    messagingServiceSid: `MG${'0b'.repeat(16)}`,
    apiBaseUrl: 'http://127.0.0.1:4010',
    smsTwoWay: true,
  });
});

test.each<[string, Environment, (config: ReturnType<typeof loadConfig>) => unknown, unknown]>([
  ['quiet hours within one day', { QUIET_HOURS: '1:30-5:05' }, (c) => c.quietHours, { from: 90, to: 305 }],
  ['quiet hours off', { QUIET_HOURS: 'off' }, (c) => c.quietHours, { from: 0, to: 0 }],
  ['port 0', { PORT: '0' }, (c) => c.port, 0],
  ['another zone', { TIME_ZONE: 'Europe/Berlin' }, (c) => c.zone, 'Europe/Berlin'],
  ['the simulator is off in production', production(), (c) => c.simulator, false],
  ['the simulator on in production on demand', production({ SIMULATOR: 'on' }), (c) => c.simulator, true],
  [
    'quoted arguments for Chromium',
    { CHROMIUM_ARGS: `--no-sandbox "--host-resolver-rules=MAP * 127.0.0.1"` },
    (c) => c.chromium.args,
    ['--no-sandbox', '--host-resolver-rules=MAP * 127.0.0.1'],
  ],
  [
    'a remote API address in tests',
    { ...TWILIO, NODE_ENV: 'test', TWILIO_API_BASE_URL: 'http://stub:1' },
    (c) => c.twilio?.apiBaseUrl,
    'http://stub:1',
  ],
  [
    'a remote API address when meant',
    { ...TWILIO, TWILIO_API_ANYWHERE: 'on', TWILIO_API_BASE_URL: 'http://stub:1' },
    (c) => c.twilio?.apiBaseUrl,
    'http://stub:1',
  ],
  [
    'a warning about the embedded database in production',
    production(),
    (c) => c.warnings.map((w) => w.split(' ')[0]),
    ['MONGODB_URI'],
  ],
  [
    'a warning about WhatsApp Web',
    { WHATSAPP_WEB: 'on' },
    (c) => c.warnings.map((w) => w.split(' ')[0]),
    ['WHATSAPP_WEB'],
  ],
])('%s', (_, env, pick, expected) => {
  expect(pick(loadConfig(env))).toEqual(expected);
});

function production(more: Environment = {}): Environment {
  return {
    NODE_ENV: 'production',
    SESSION_SECRET: 's'.repeat(32),
    PUBLIC_BASE_URL: 'https://saathi.example.org',
    ...more,
  };
}

test.each<[string, Environment]>([
  ['NODE_ENV', { NODE_ENV: 'staging' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '-1' }],
  ['PORT', { PORT: '3000.5' }],
  ['PUBLIC_BASE_URL', { PUBLIC_BASE_URL: 'saathi.example.org' }],
  ['PUBLIC_BASE_URL', { PUBLIC_BASE_URL: 'https://saathi.example.org/?a=b' }],
  ['MONGODB_URI', { MONGODB_URI: 'localhost:27017' }],
  ['SESSION_SECRET', { SESSION_SECRET: 'short' }],
  ['TIME_ZONE', { TIME_ZONE: 'Asia/Lucknow' }],
  ['TIME_ZONE', { TIME_ZONE: '+05:30' }],
  ['QUIET_HOURS', { QUIET_HOURS: '20-10' }],
  ['QUIET_HOURS', { QUIET_HOURS: '25:00-10:00' }],
  ['SIMULATOR', { SIMULATOR: 'maybe' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
  ['WHATSAPP_WEB', { WHATSAPP_WEB: 'please' }],
  ['CHROMIUM_ARGS', { CHROMIUM_ARGS: '--a "--b' }],
  ['WHATSAPP_DAILY_REACH', { WHATSAPP_DAILY_REACH: 'many' }],
  ['MENTOR_BROADCASTS_A_DAY', { MENTOR_BROADCASTS_A_DAY: '0' }],
  ['SMS_TWO_WAY', { SMS_TWO_WAY: 'half' }],
  ['TWILIO_ACCOUNT_SID', { ...TWILIO, TWILIO_ACCOUNT_SID: 'SK123' }],
  ['TWILIO_ACCOUNT_SID', { ...TWILIO, TWILIO_ACCOUNT_SID: undefined }],
  ['TWILIO_AUTH_TOKEN', { ...TWILIO, TWILIO_AUTH_TOKEN: '' }],
  ['TWILIO_WHATSAPP_FROM', { ...TWILIO, TWILIO_WHATSAPP_FROM: '9800000001' }],
  ['TWILIO_WHATSAPP_FROM', { ...TWILIO, TWILIO_WHATSAPP_FROM: undefined }],
  ['WHATSAPP_WEB', { ...TWILIO, WHATSAPP_WEB: 'on' }],
  ['TWILIO_SMS_FROM', { ...TWILIO, TWILIO_SMS_FROM: 'MORETHANELEVEN' }],
  ['TWILIO_MESSAGING_SERVICE_SID', { ...TWILIO, TWILIO_MESSAGING_SERVICE_SID: 'MG1' }],
  ['TWILIO_API_BASE_URL', { ...TWILIO, TWILIO_API_BASE_URL: 'http://stub.example.org' }],
  ['TWILIO_API_BASE_URL', { ...TWILIO, TWILIO_API_BASE_URL: 'http://127.0.0.1.example.org' }],
  ['PUBLIC_BASE_URL', { ...TWILIO, PUBLIC_BASE_URL: undefined }],
  ['SESSION_SECRET', production({ SESSION_SECRET: undefined })],
  ['PUBLIC_BASE_URL', production({ PUBLIC_BASE_URL: 'http://saathi.example.org' })],
  ['DATA_KEY', production({ MONGODB_URI: 'mongodb://db/saathi' })],
  ['RETENTION_JOURNAL', { RETENTION_JOURNAL: '30' }],
  ['RETENTION_STOPPED', { RETENTION_STOPPED: 'never' }],
])('%s is told, alone, and with a way out', (name, env) => {
  const problems = problemsOf(env);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name}: .+(write|remove|set) .+\\.$`));
});

test('everything wrong is told in one list', () => {
  const env = { PORT: 'x', TIME_ZONE: 'Mars/Base', TWILIO_AUTH_TOKEN: TOKEN, QUIET_HOURS: 'night' };
  const names = problemsOf(env).map((problem) => problem.split(':')[0]);
  expect(names.sort()).toEqual([
    'PORT',
    'PUBLIC_BASE_URL',
    'QUIET_HOURS',
    'TIME_ZONE',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_WHATSAPP_FROM',
  ]);
  expect(() => loadConfig(env)).toThrow(/PORT: [^]*TIME_ZONE: [^]*\.env\.example/);
});

test('secrets and numbers are never echoed', () => {
  const secrets = {
    MONGODB_URI: 'user:hunter2@host',
    SESSION_SECRET: 'hunter2',
    METRICS_TOKEN: 'hunter2',
    TWILIO_ACCOUNT_SID: 'hunter2',
    TWILIO_AUTH_TOKEN: 'hunter2',
    TWILIO_AUTH_TOKEN_NEXT: 'hunter2',
    TWILIO_WHATSAPP_FROM: 'hunter2',
    TWILIO_SMS_FROM: 'hunter2-hunter2',
    TWILIO_MESSAGING_SERVICE_SID: 'hunter2',
    PUBLIC_BASE_URL: 'https://saathi.example.org',
  };
  const problems = problemsOf(secrets);
  expect(problems).toHaveLength(9);
  expect(problems.join()).not.toContain('hunter2');
});

describe('an SMS gateway', () => {
  const GATEWAY = {
    SMS_GATEWAY_URL: 'https://sms.example.org/v1/messages',
    SMS_GATEWAY_TOKEN: 'user:pass-word',
    SMS_GATEWAY_SENDER: 'SAATHI',
    SMS_GATEWAY_WEBHOOK_SECRET: 'gateway-secret-0123456789',
    PUBLIC_BASE_URL: 'https://saathi.example.org',
  };

  test('is grouped, also beside WhatsApp by Twilio', () => {
    expect(loadConfig({ ...TWILIO, ...GATEWAY }).smsGateway).toEqual({
      url: 'https://sms.example.org/v1/messages',
      token: 'user:pass-word',
      sender: 'SAATHI',
      webhookSecret: 'gateway-secret-0123456789',
    });
    const here = 'http://127.0.0.1:4020/send';
    expect(loadConfig({ ...GATEWAY, SMS_GATEWAY_URL: here }).smsGateway?.url).toBe(here);
  });

  test.each<[string, Environment, string[]]>([
    [
      'half of it',
      { SMS_GATEWAY_TOKEN: '', SMS_GATEWAY_SENDER: '' },
      ['SMS_GATEWAY_TOKEN', 'SMS_GATEWAY_SENDER'],
    ],
    ['no way back', { PUBLIC_BASE_URL: '' }, ['PUBLIC_BASE_URL']],
    ['an open address', { SMS_GATEWAY_URL: 'http://sms.example.org/v1' }, ['SMS_GATEWAY_URL']],
    ['a short secret', { SMS_GATEWAY_WEBHOOK_SECRET: 'short' }, ['SMS_GATEWAY_WEBHOOK_SECRET']],
    ['SMS by Twilio too', { ...TWILIO, TWILIO_SMS_FROM: 'SAATHI' }, ['SMS_GATEWAY_URL']],
    [
      "Twilio's Messaging Service too",
      { ...TWILIO, TWILIO_MESSAGING_SERVICE_SID: `MG${'0b'.repeat(16)}` },
      ['SMS_GATEWAY_URL'],
    ],
  ])('with %s is told', (_, changes, names) => {
    const problems = problemsOf({ ...GATEWAY, ...changes });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(names);
    expect(problems.join()).not.toContain('short');
  });
});
