/**
 * The one place for logging: JSON lines (pino) that can hold neither phone numbers nor what people wrote.
 * Whatever a caller passes goes through `cleanFields` and `cleanSentence` first, so that a slip elsewhere
 * costs a useful log line, never somebody's privacy.
 */
import { createHmac, randomBytes } from 'node:crypto';
import pino, { type DestinationStream, type Level } from 'pino';

export type LogFields = Record<string, unknown>;

export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** The same log with these fields on every line. */
  child(fields: LogFields): Log;
  /** An id as it may appear in a log: equal ids look equal, and nobody gets back from it to the person. */
  hashed(id: string): string;
}

export interface LogOptions {
  level?: Level | 'silent';
  /** Keeps `hashed` equal across processes and restarts; without it each process has its own. */
  hashKey?: string;
  /** Where lines go; standard output by default. */
  destination?: DestinationStream;
}

const NUMBER = '[number]';
const TEXT = '[text]';
/** Ten digits in a row anywhere, or nine and more with separators, as people write telephone numbers. */
const PHONE = /\d{10,}|(?<![\p{L}\d])\+?\d(?:[ ().\-\u00a0]{0,2}\d){8,14}(?![\p{L}\d])/gu;
/** Lines for operators are English: a letter of another script is somebody's words or name. */
const FOREIGN = /[^\p{Script=Latin}\P{L}]/u;
const ISO_DATE = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/;
const IDENTIFIER = /^[\w.:/~@+-]{1,120}$/;
/** Fields that hold our own sentences; every other string must look like an identifier. */
const SENTENCES = new Set(['reason', 'hint', 'file', 'problem', 'version']);
/** Fields that hold people's data by their very name. */
const PERSONAL =
  /^(body|text|caption|name|profilename|to|from|address|phone|waid|number|message|reflection|token|password|secret|authorization|cookie)$/i;

/** Our own sentence, without telephone numbers, quoted values or foreign script, at most 300 characters. */
export function cleanSentence(sentence: string): string {
  const unquoted = sentence.replace(/"[^"]*"/g, '"…"').replace(PHONE, NUMBER);
  return FOREIGN.test(unquoted) ? TEXT : unquoted.slice(0, 300);
}

function cleanString(key: string, value: string): string {
  if (ISO_DATE.test(value)) return value;
  if (SENTENCES.has(key)) return cleanSentence(value);
  return IDENTIFIER.test(value) ? cleanSentence(value) : TEXT;
}

function cleanError(error: Error): LogFields {
  const code = (error as Error & { code?: unknown }).code;
  const stack = error.stack
    ?.split('\n')
    .slice(1, 8)
    .map((line) => line.trim().replace(PHONE, NUMBER));
  return {
    type: error.name,
    reason: cleanSentence(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack,
  };
}

function cleanValue(key: string, value: unknown, depth: number): unknown {
  if (value instanceof Error) return cleanError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (PERSONAL.test(key)) return TEXT;
  if (typeof value === 'string') return cleanString(key, value);
  // A telephone number may come as a number; nothing that we count or time is that large.
  if (typeof value === 'number') return Math.abs(value) >= 1e9 ? NUMBER : value;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth > 3) return undefined;
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => cleanValue(key, item, depth + 1));
  return cleanFields(value as LogFields, depth + 1);
}

/** Fields fit for a log line: personal ones, numbers of telephones and free text are replaced by a mark. */
export function cleanFields(fields: LogFields, depth = 0): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [cleanSentence(key), cleanValue(key, value, depth)]),
  );
}

/** Sixteen letters from an HMAC: letters only, so that no hash is ever taken for a telephone number. */
function hasher(key: string): (id: string) => string {
  return (id) =>
    createHmac('sha256', key)
      .update(id)
      .digest('hex')
      .slice(0, 16)
      .replace(/[0-9a-f]/g, (digit) => 'abcdefghijklmnop'.charAt(parseInt(digit, 16)));
}

/** Makes the log that every part is handed. */
export function createLog({
  level = 'info',
  hashKey = randomBytes(32).toString('hex'),
  destination,
}: LogOptions = {}): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(destination ? pino(options, destination) : pino(options), hasher(hashKey));
}

function wrap(logger: pino.Logger, hashed: (id: string) => string): Log {
  const at = (level: Level) => (fields: LogFields, message: string) => {
    if (logger.isLevelEnabled(level)) logger[level](cleanFields(fields), cleanSentence(message));
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child(cleanFields(fields)), hashed),
    hashed,
  };
}

/** Says nothing: for tests and for the terminal chat. */
export const silentLog: Log = createLog({ level: 'silent' });
