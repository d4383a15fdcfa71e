/** `keys rotate`: seals all reflections with the present DATA_KEY, so that earlier keys can be thrown away. */
import { resealCases } from '../care';
import type { Environment } from '../config';
import { caseModel } from '../database/models/case';
import { reflectionModel } from '../database/models/reflection';
import { reseal } from '../people';
import { vaultFor } from '../vault';
import { withDatabase } from './with-database';

/**
 * Carries it out on the configured database; safe to repeat.
 * @throws ConfigError, DatabaseError, VaultError when an earlier key is missing
 */
export async function rotateKeys(env: Environment, print: (line: string) => void): Promise<void> {
  await withDatabase(env, async (connection, { dataDir, dataKeys }) => {
    const vault = vaultFor(dataKeys, dataDir);
    const count = await reseal(reflectionModel(connection), vault);
    const contacts = await resealCases(caseModel(connection), vault);
    print(
      `${count} reflections and ${contacts} contacts of cases sealed anew with key ${vault.keyId}. What is in DATA_KEY_OLD is needed no more,`,
    );
    print('except for backups that were made before.');
  });
}
