import type { Handler } from '../context';

const started = Date.now();

/** Wire version 21 is MongoDB 7.0: recent enough for the driver, and without the commands that 8.0 brought. */
const WIRE_VERSION = 21;
const VERSION = '7.0.0';

/** @see https://www.mongodb.com/docs/manual/reference/command/hello/ */
export const hello: Handler = (_context, request) => ({
  helloOk: true,
  ...(request.legacy || 'ismaster' in request.body || 'isMaster' in request.body ? { ismaster: true } : {}),
  isWritablePrimary: true,
  maxBsonObjectSize: 16777216,
  maxMessageSizeBytes: 48000000,
  maxWriteBatchSize: 100000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
  ok: 1,
});

export const ping: Handler = () => ({ ok: 1 });

export const endSessions: Handler = () => ({ ok: 1 });

export const buildInfo: Handler = () => ({
  version: VERSION,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded',
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16777216,
  modules: ['embedded'],
  uptime: Math.round((Date.now() - started) / 1000),
  ok: 1,
});
