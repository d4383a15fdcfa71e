/** `backup`, `restore` and `compact`: the embedded database's file. A MongoDB is backed up by its own tools. */
import { auditKeys, createAudit } from '../audit';
import { loadConfig, type Config, type Environment } from '../config';
import { BackupRefused, compactFolder, restoreBackup, writeBackup } from '../database/embedded';
import { askServerTime, createOutboxControl } from '../delivery';
import { silentLog } from '../log';
import { assemble, type AssembleOptions } from '../main';
import { CannotDo } from './failure';
import { withDatabase } from './with-database';

export type BackupOrder = { do: 'backup' | 'restore'; file: string } | { do: 'compact' };

const MEGABYTE = 2 ** 20;

/**
 * Carries it out in the data folder, which nobody else may be using.
 * @throws ConfigError, DatabaseError; BackupRefused and CannotDo with what to do
 */
export async function backup(
  order: BackupOrder,
  env: Environment,
  print: (line: string) => void,
  options: Pick<AssembleOptions, 'inProcess'> = {},
): Promise<void> {
  const config = loadConfig(env);
  if (config.mongodbUri !== undefined)
    throw new CannotDo(
      'MONGODB_URI is set: that database is backed up by mongodump and restored by mongorestore (docs/operations.md).',
    );
  if (order.do === 'backup') await make(order.file, config, env, print, options);
  else if (order.do === 'restore') await restore(order.file, config, print, options);
  else await compact(config, print);
}

async function make(
  file: string,
  config: Config,
  env: Environment,
  print: (line: string) => void,
  options: Pick<AssembleOptions, 'inProcess'>,
): Promise<void> {
  const { dataDir, dataKeys } = config;
  // Written down first, and so in the backup itself too.
  const at = await withDatabase(
    env,
    async (connection) => {
      const now = await askServerTime(connection)();
      await createAudit(connection, auditKeys(dataKeys, dataDir)).record({
        at: now,
        who: 'operator',
        did: 'backup.made',
        what: 'the whole database',
      });
      return now;
    },
    options,
  );
  const { bytes } = await guarded(() => writeBackup(dataDir, file, at));
  print(`Written: ${inMegabytes(bytes)} to ${file}, readable by you alone. It holds names and numbers.`);
  print(
    dataKeys.current === undefined
      ? `Not in it: the key of the reflections (${dataDir}/data-key). Keep a copy of that elsewhere: without it they cannot be read.`
      : 'Not in it: DATA_KEY. Without it reflections cannot be read.',
  );
}

async function restore(
  file: string,
  config: Config,
  print: (line: string) => void,
  options: Pick<AssembleOptions, 'inProcess'>,
): Promise<void> {
  const { at } = await guarded(() => restoreBackup(file, config.dataDir));
  print(`Restored as it was at ${at}.`);
  // Opening the product erases again whoever has been erased since (src/main.ts); nothing is sent by it.
  const product = await assemble(config, { ...options, log: silentLog });
  try {
    const { connection, audit, rights } = product;
    await createOutboxControl(connection, askServerTime(connection)).pause();
    await audit.record({
      at: await askServerTime(connection)(),
      who: 'operator',
      did: 'backup.restored',
      what: `as of ${at}`,
    });
    print(
      rights.erasedAgain > 0
        ? `Erased again: ${rights.erasedAgain} people who had been erased since.`
        : 'Nobody in it had been erased since, by the list in the data folder (erased-ids).',
    );
    print('All senders are paused: it does not know what was sent since, nor who has said STOP since.');
    print('Look (docs/operations.md, "After a restore"), then: saathi outbox resume');
  } finally {
    await product.stop();
  }
  await compactFolder(config.dataDir);
}

async function compact({ dataDir }: Config, print: (line: string) => void): Promise<void> {
  const sizes = await guarded(() => compactFolder(dataDir));
  if (!sizes)
    throw new CannotDo(`There is no data in ${dataDir}: is DATA_DIR the folder that the product uses?`);
  print(
    `Written anew, without what was removed: ${inMegabytes(sizes.before)} before, ${inMegabytes(sizes.after)} now.`,
  );
}

/** What the file system or the folder's lock says is the operator's to mend. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    throw new CannotDo(error instanceof Error ? error.message : String(error));
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
