/** Commands that do something on the configured database and end. */
import { loadConfig, type Config, type Environment } from '../config';
import { openDatabase, type Database, type DatabaseOptions } from '../database/connect';

/**
 * Opens the configured database, does the work, and closes it whatever happens.
 * @throws ConfigError, DatabaseError, and whatever the work throws
 */
export async function withDatabase<T>(
  env: Environment,
  work: (connection: Database['connection'], config: Config) => Promise<T>,
  options: Pick<DatabaseOptions, 'inProcess'> = {},
): Promise<T> {
  const config = loadConfig(env);
  const { mongodbUri, dataDir } = config;
  const database = await openDatabase({ mongodbUri, dataDir, ...options });
  try {
    return await work(database.connection, config);
  } finally {
    await database.stop();
  }
}
