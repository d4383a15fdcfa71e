/** `audit`: shows the audit trail, and finds what was changed, removed or put in. */
import { auditKeys, createAudit, type Audit } from '../audit';
import type { Environment } from '../config';
import { withDatabase } from './with-database';

export type AuditOrder = { do: 'list'; since: Date } | { do: 'verify'; head?: string | undefined };

/**
 * Carries out an order on the configured database.
 * @returns the exit code: 1 when the trail is not whole
 * @throws ConfigError, DatabaseError
 */
export function audit(order: AuditOrder, env: Environment, print: (line: string) => void): Promise<number> {
  return withDatabase(env, (connection, { dataKeys, dataDir }) => {
    const trail = createAudit(connection, auditKeys(dataKeys, dataDir));
    return order.do === 'list' ? list(trail, order.since, print) : verify(trail, order.head, print);
  });
}

async function list(trail: Audit, since: Date, print: (line: string) => void): Promise<number> {
  for await (const { _id, at, who, did, what } of trail.since(since))
    print([_id, at.toISOString(), who, did, what].join('  '));
  return 0;
}

/** The verification on a trail that is open. @returns the exit code */
export async function verify(
  trail: Pick<Audit, 'verify'>,
  noted: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  const { count, head, findings, unchecked } = await trail.verify(noted);
  for (const { entry, wrong } of findings) print(`✗ Entry ${entry} ${wrong}.`);
  for (const [key, entries] of unchecked)
    print(
      `! The seals of ${entries} entries are by key ${key}, which is not here: add it to DATA_KEY_OLD to check them.`,
    );
  if (findings.length > 0) return 1;
  print(`✓ ${count} entries follow one another, none changed, none missing between.`);
  if (head)
    print(`Note this where nobody who reaches the database can change it, for --head next time: ${head}`);
  return 0;
}
