/** `people export` and `people erase`: what is somebody's right, carried out by the operator. */
import { writeFile } from 'node:fs/promises';
import { phoneFrom } from '../../flows/phone';
import { loadConfig, type Environment } from '../config';
import { compactFolder } from '../database/embedded';
import { silentLog } from '../log';
import { assemble, type AssembleOptions, type Product } from '../main';
import type { Holdings } from '../rights';
import { CannotDo } from './failure';

export type RightsOrder =
  /** `who` is an id or a phone number. */
  | { do: 'export'; who: string; to: string }
  /** Without `isSure` it only says what would go. */
  | { do: 'erase'; who: string; isSure: boolean };

/**
 * Carries it out on the configured database. Neither number nor name is printed.
 * @throws ConfigError, DatabaseError, ContentError; CannotDo where there is nobody or the file can't be written
 */
export async function rights(
  order: RightsOrder,
  env: Environment,
  print: (line: string) => void,
  options: Pick<AssembleOptions, 'clock' | 'inProcess'> = {},
): Promise<void> {
  const config = loadConfig(env);
  const product = await assemble(config, { ...options, log: silentLog });
  let isErased = false;
  try {
    const { holdings } = await foundBy(order.who, product);
    if (order.do === 'export') await exportTo(order.to, holdings, product, print);
    else isErased = await erase(holdings, order.isSure, product, print);
  } finally {
    await product.stop();
  }
  if (isErased && config.mongodbUri === undefined && (await compactFolder(config.dataDir)) !== undefined)
    print('The database file was written anew: nothing of his lies between its pages.');
}

async function foundBy(who: string, { rights: of }: Product): Promise<{ holdings: Holdings }> {
  const phone = phoneFrom(who);
  const he = await of.find(phone === undefined ? { id: who } : { phone });
  const holdings = he && (await of.holdings(he._id));
  if (!holdings)
    throw new CannotDo(
      phone === undefined
        ? 'There is nobody of this id. A phone number is written with its country code, e.g. +919800000001.'
        : 'There is nobody of this number. Whoever writes by WhatsApp without a number is found by his id.',
    );
  return { holdings };
}

async function exportTo(
  file: string,
  holdings: Holdings,
  { audit, world }: Product,
  print: (line: string) => void,
): Promise<void> {
  await audit.record({ at: world.clock.now(), who: 'operator', did: 'people.exported', what: holdings.id });
  try {
    await writeFile(file, `${JSON.stringify(holdings, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotDo(
      code === 'EEXIST'
        ? `${file} is there already, and is not written over. Choose another name.`
        : `${file} cannot be written (${code ?? 'unknown fault'}). Choose a folder that is there and yours.`,
    );
  }
  print(`Written: all that is kept of ${holdings.id}, to ${file}, readable by you alone.`);
  print('His reflections stand in it in the open. Hand it to him alone, and delete it then.');
}

/** @returns whether he was erased */
async function erase(
  holdings: Holdings,
  isSure: boolean,
  { audit, rights: of, people, world }: Product,
  print: (line: string) => void,
): Promise<boolean> {
  const { id } = holdings;
  if (!isSure) {
    print(`This would erase ${id}:`);
    tell(holdings, print);
    print('Nothing was done. To do it, repeat the command with --yes. It cannot be undone.');
    return false;
  }
  const document = await of.find({ id });
  if (document) await of.erase(document);
  await audit.record({ at: world.clock.now(), who: 'operator', did: 'people.erased', what: id });
  if (await people.registry.byId(id))
    throw new CannotDo('He wrote in the very moment and is still there. Repeat the command.');
  print(`Erased ${id}:`);
  tell(holdings, print);
  print('With Twilio, Meta and in earlier backups he still is: see docs/data-protection.md.');
  return true;
}

function tell(holdings: Holdings, print: (line: string) => void): void {
  const { identities, reflections, lessons, pledges, groups, cases, journal, messages } = holdings;
  const mentored = groups.filter(({ number }) => number === undefined).length;
  print(
    '  goes: name, place, conversation and consents; ' +
      [
        `numbers: ${identities.length}`,
        `reflections: ${reflections.length}`,
        `lessons: ${lessons.length}`,
        `pledges: ${pledges.length}`,
        `places in groups: ${groups.length - mentored}`,
        `calls for help: ${cases.length}`,
      ].join(', '),
  );
  if (mentored > 0)
    print(`  without a mentor then: ${mentored} group(s); the coordinators of the place are told`);
  print(
    `  stays: ${journal.length} counts without a link to him, ${messages.length} messages without address and ` +
      'words (only that one was sent), his bare id, the audit trail',
  );
}
