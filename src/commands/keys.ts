/** `keys rotate`: seals all reflections with the present DATA_KEY, so that earlier keys can be thrown away. */
import { loadConfig, type Environment } from '../config';
import { openDatabase } from '../database/connect';
import { reflectionModel } from '../database/models/reflection';
import { reseal } from '../people';
import { secretFrom } from '../secret';
import { createVault } from '../vault';

/**
 * Carries it out on the configured database; safe to repeat.
 * @throws ConfigError, DatabaseError, VaultError when an earlier key is missing
 */
export async function rotateKeys(env: Environment, print: (line: string) => void): Promise<void> {
  const { mongodbUri, dataDir, dataKeys } = loadConfig(env);
  const database = await openDatabase({ mongodbUri, dataDir });
  try {
    const vault = createVault(secretFrom(dataKeys.current, dataDir, 'data-key'), dataKeys.earlier);
    const count = await reseal(reflectionModel(database.connection), vault);
    print(
      `${count} reflections sealed anew with key ${vault.keyId}. What is in DATA_KEY_OLD is needed no more,`,
    );
    print('except for backups that were made before.');
  } finally {
    await database.stop();
  }
}
