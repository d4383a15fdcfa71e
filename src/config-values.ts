/** How the value of an environment variable is read: each reader gives `undefined` for a wrong one. */
import { z } from 'zod';

/** A variable: `read` gives `undefined` for a wrong value, `instead` says what to write. Secrets are never echoed. */
export function variable<T>(
  read: (value: string) => T | undefined,
  instead: string,
  { secret = false } = {},
) {
  return z.string().transform((value, context): T => {
    const found = read(value);
    if (found !== undefined) return found;
    const shown = secret
      ? 'is not valid'
      : `is ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
    context.addIssue({ code: 'custom', message: `${shown}; write ${instead}` });
    return z.NEVER;
  });
}

/** The value itself where it has the form. */
export const matching = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : undefined);
/** The value itself where it is long enough. */
export const atLeast = (length: number) => (value: string) => (value.length >= length ? value : undefined);
/** One of these words, in small letters. */
export const oneOf =
  <T extends string>(...allowed: T[]) =>
  (value: string) =>
    allowed.find((one) => one === value.toLowerCase());

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(from: number, to: number) {
  return (value: string) =>
    /^\d+$/.test(value) && Number(value) >= from && Number(value) <= to ? Number(value) : undefined;
}

/** on, true, yes, 1 or off, false, no, 0. */
export function onOff(value: string): boolean | undefined {
  if (/^(on|true|yes|1)$/i.test(value)) return true;
  return /^(off|false|no|0)$/i.test(value) ? false : undefined;
}

/** An http or https address without credentials, query and fragment; no slash at its end. */
export function webAddress(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain = /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  return plain ? (url.origin + url.pathname).replace(/\/+$/, '') : undefined;
}

/** An IANA time zone that this machine knows. */
export function ianaZone(value: string): string | undefined {
  if (!/^[A-Za-z]/.test(value)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    return undefined;
  }
}

/** `20:00-10:00` as minutes after midnight; off: an empty span. */
export function hours(value: string): { from: number; to: number } | undefined {
  if (value.toLowerCase() === 'off') return { from: 0, to: 0 };
  const found = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)$/.exec(value);
  return found
    ? { from: Number(found[1]) * 60 + Number(found[2]), to: Number(found[3]) * 60 + Number(found[4]) }
    : undefined;
}

/** Splits on spaces as a shell would, so that one argument may hold spaces between quotes. */
export function splitArguments(value: string): string[] | undefined {
  if (((value.match(/"/g)?.length ?? 0) | (value.match(/'/g)?.length ?? 0)) % 2) return undefined;
  return (value.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((part) => part.replace(/["']/g, ''));
}

/** Is it on this machine? */
export const isLoopback = (address: string) =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);

/** An address that may be given a token: encrypted, or on this machine. */
export function gatewayAddress(value: string): string | undefined {
  const address = webAddress(value);
  return address?.startsWith('https:') || (address && isLoopback(address)) ? address : undefined;
}

/** A number, a short code or a header of at most 11 letters and digits. */
export const SMS_SENDER = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/;

/** Leaves out what is not set: an optional property is absent, never `undefined`. */
export function present<T extends object>(
  values: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof present<T>
  >;
}

/** Secrets with commas between them, each of at least 32 characters. */
function secrets(value: string): string[] | undefined {
  const all = value.split(',').map((one) => one.trim());
  return all.every((one) => one.length >= 32) ? all : undefined;
}

/** A secret of at least 32 characters. */
export const randomSecret = variable(atLeast(32), 'at least 32 random characters (openssl rand -hex 32)', {
  secret: true,
});

/** Earlier values of a secret. */
export const earlierSecrets = variable(secrets, 'earlier values with commas between them', { secret: true });

/** Days that something is kept; off: for good, Infinity. */
function days(least: number) {
  return variable(
    (value) => (value.toLowerCase() === 'off' ? Infinity : wholeNumber(least, 36_500)(value)),
    `a whole number of days from ${least} on, or off`,
  );
}

/** A year, as the DPDP Rules 2025 ask for processing logs (rule 8(3)). */
const YEAR = 365;

/** How long things are kept, by kind. */
export const RETENTION = {
  RETENTION_JOURNAL: days(YEAR).default(730),
  RETENTION_OUTBOX: days(YEAR).default(400),
  RETENTION_REFLECTIONS: days(1).default(730),
  RETENTION_UNFINISHED: days(1).default(30),
  RETENTION_STOPPED: days(1).default(400),
  RETENTION_AUDIT: days(YEAR).default(1100),
  RETENTION_ERASED: days(1).default(400),
};
