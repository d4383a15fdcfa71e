/** `doctor`: looks at everything that the product needs, and says in a line each how it is and what to do. */
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accountProblem } from '../channels/twilio/account';
import { twilioClient } from '../channels/twilio/client';
import { chromiumAt, NO_CHROMIUM } from '../channels/whatsapp-web/chromium';
import { systemClock } from '../clock';
import { ConfigError, loadConfig, type Config, type Environment } from '../config';
import { lintContent, loadContent } from '../content';
import { openDatabase } from '../database/connect';
import { inspectDatabase } from '../database/inspect';
import { askServerTime } from '../delivery';
import { CONTENT_DIR } from '../paths';
import { explain } from './failure';

/** What is wrong with a thing, and what to do; or, in a word, how it is. */
type Finding = { wrong: string } | { fine: string };

export interface DoctorParts {
  print: (line: string) => void;
  today?: Date;
  contentDir?: string;
}

/** Free space below which a database should not go on writing. */
const LEAST_FREE_BYTES = 500 * 2 ** 20;
/** The driver speaks with 4.2 and later; what is older than 6 has had no security updates for years. */
const OLDEST_MONGODB = 6;
const MOST_CLOCK_DIFFERENCE_MS = 5_000;
const GATEWAY_ANSWERS_WITHIN_MS = 10_000;

/**
 * Prints a line a thing, with ✓ or ✗. Sends nothing to anybody, and writes nothing but an empty data folder.
 * @returns the exit code: 1 when something is wrong.
 */
export async function doctor(
  env: Environment,
  { print, today = new Date(), contentDir = CONTENT_DIR }: DoctorParts,
): Promise<number> {
  let wrong = 0;
  const say = (thing: string, finding: Finding) => {
    if ('wrong' in finding) wrong += 1;
    print('wrong' in finding ? `✗ ${thing}: ${finding.wrong}` : `✓ ${thing}: ${finding.fine}`);
  };
  const look = async (thing: string, at: () => Finding | Promise<Finding>) => {
    try {
      say(thing, await at());
    } catch (error) {
      say(thing, { wrong: explain(error).split('\n', 1)[0] ?? 'it failed.' });
    }
  };

  const config = configuration(env, say);
  await look('Content', () => content(contentDir, today));
  if (config) {
    await look('Data folder', () => dataFolder(config));
    await database(config, say);
    await look('Twilio', () => twilio(config, contentDir));
    await look('SMS gateway', () => smsGateway(config));
    await look('Chromium', () => chromium(config));
  } else print('  The rest can only be looked at with a configuration that can be read.');
  return wrong > 0 ? 1 : 0;
}

function configuration(env: Environment, say: (thing: string, finding: Finding) => void): Config | undefined {
  try {
    const config = loadConfig(env);
    say('Configuration', { fine: `${config.env}; every variable can be read.` });
    for (const warning of config.warnings) say('Configuration', { fine: `to be known: ${warning}` });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) say('Configuration', { wrong: problem });
    return undefined;
  }
}

function content(dir: string, today: Date): Finding {
  const findings = lintContent(dir, { today });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors === 0
    ? { fine: `no errors, ${findings.length} to be looked at (npm run content:lint).` }
    : { wrong: `${errors} with errors. Run npm run content:lint: it names file and line.` };
}

function dataFolder({ dataDir }: Config): Finding {
  const probe = path.join(dataDir, `.doctor-${process.pid}`);
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    return {
      wrong: `${dataDir} cannot be written to (${code}). Give this user the right to, or set DATA_DIR to another folder.`,
    };
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const shown = `${Math.floor(free / 2 ** 20).toLocaleString('en')} MB free`;
  return free < LEAST_FREE_BYTES
    ? { wrong: `${dataDir}: only ${shown}. Make room, or set DATA_DIR to a larger disk.` }
    : { fine: `${dataDir} can be written to, ${shown}.` };
}

async function database(config: Config, say: (thing: string, finding: Finding) => void): Promise<void> {
  let opened;
  try {
    opened = await openDatabase({ mongodbUri: config.mongodbUri, dataDir: config.dataDir });
  } catch (error) {
    const reason = explain(error);
    if (config.mongodbUri === undefined && /another process|in use/i.test(reason))
      say('Database', {
        fine: 'the embedded one is in use by a running product; stop it to have it looked at.',
      });
    else say('Database', { wrong: reason });
    return;
  }
  try {
    const { version, declared, missing } = await inspectDatabase(opened.connection);
    say('Database', versionFinding(version, opened.isEmbedded));
    say('Indexes', indexFinding(declared, missing));
    const before = systemClock.now().getTime();
    const server = (await askServerTime(opened.connection)()).getTime();
    say('Clock', clockFinding(server - (before + systemClock.now().getTime()) / 2));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown fault';
    say('Database', {
      wrong: `it can be reached, but does not answer (${name}). May its user read and write?`,
    });
  } finally {
    await opened.stop();
  }
}

function versionFinding(version: string, isEmbedded: boolean): Finding {
  if (isEmbedded) return { fine: 'the embedded one opens and answers (meant for pilots on one machine).' };
  return Number.parseInt(version, 10) >= OLDEST_MONGODB
    ? { fine: `MongoDB ${version} answers.` }
    : { wrong: `MongoDB ${version} is too old. Bring it to ${OLDEST_MONGODB}.0 or later.` };
}

function indexFinding(declared: number, missing: string[]): Finding {
  if (missing.length === 0) return { fine: `all ${declared} are there.` };
  if (missing.length === declared) return { fine: 'none yet: the first start makes them.' };
  return {
    wrong: `${missing.length} of ${declared} are missing (${missing.join('; ')}). Start the product once: it makes them.`,
  };
}

function clockFinding(differenceMs: number): Finding {
  const seconds = Math.abs(differenceMs / 1000).toFixed(1);
  return Math.abs(differenceMs) > MOST_CLOCK_DIFFERENCE_MS
    ? {
        wrong: `this machine and the database are ${seconds} s apart. Switch on time synchronisation (NTP) on both.`,
      }
    : { fine: `this machine and the database are ${seconds} s apart.` };
}

async function twilio(config: Config, contentDir: string): Promise<Finding> {
  if (!config.twilio) return { fine: 'not configured: nothing leaves this machine by it.' };
  const problem = await accountProblem(twilioClient(config.twilio), systemClock);
  if (problem !== undefined) return { wrong: problem };
  if (config.twilio.whatsappFrom === undefined) return { fine: 'the account is in order.' };
  const approved = loadContent(contentDir).templates.whatsapp.filter(({ languages }) =>
    Object.values(languages).some((one) => one.approved),
  ).length;
  return {
    fine:
      approved > 0
        ? `the account is in order; ${approved} templates are approved in some language.`
        : 'the account is in order. No template is approved: whoever was silent for a day gets nothing until he writes (docs/operations.md, 6).',
  };
}

/** Asks for nothing and shows no token: any answer means that the gateway is there. */
async function smsGateway({ smsGateway: gateway }: Config): Promise<Finding> {
  if (!gateway) return { fine: 'not configured: no SMS leaves this machine by it.' };
  const { host } = new URL(gateway.url);
  try {
    const { status } = await fetch(gateway.url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(GATEWAY_ANSWERS_WITHIN_MS),
    });
    return status >= 500
      ? { wrong: `${host} answers, but with a fault of its own (${status}). Ask the provider.` }
      : { fine: `${host} answers. Whether the token is right shows with the first SMS.` };
  } catch {
    return {
      wrong: `${host} does not answer. Compare SMS_GATEWAY_URL with the provider's page, and let this machine out to it.`,
    };
  }
}

function chromium(config: Config): Finding {
  const found = chromiumAt(config.chromium.path);
  if (found !== undefined) return { fine: found };
  return config.whatsappWeb.enabled || config.chromium.path !== undefined
    ? { wrong: NO_CHROMIUM }
    : { fine: 'none, and none is needed: only WhatsApp Web asks for it.' };
}
