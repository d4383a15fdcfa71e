/** The chain of the audit trail: an entry's hash holds the hash of the one before, and a key outside seals it. Pure. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AuditRow } from '../database/models/audit';

/** What is done under the audit's eye. A new kind is added here, so that one thing has one name. */
export type Audited =
  | 'audit.trimmed'
  | 'audit.verified'
  | 'backup.made'
  | 'backup.restored'
  | 'breach.reported'
  | 'case.acknowledged'
  | 'case.closed'
  | 'case.looked-at'
  | 'case.opened'
  | 'case.raised'
  | 'case.withdrawn'
  | 'group.made'
  | 'group.member-moved'
  | 'group.offered'
  | 'keys.rotated'
  | 'people.enrolled'
  | 'people.erased'
  | 'people.exported';

export interface Entry {
  at: Date;
  who: string;
  did: Audited;
  what: string;
}

/** What stands before the first entry. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** The keys that seal entries: the present one, and earlier ones that only verify. */
export interface SealKeys {
  current: string;
  earlier: readonly string[];
}

const keyOf = (secret: string) => createHash('sha256').update(`audit-key v1 ${secret}`).digest();
const idOf = (secret: string) =>
  createHash('sha256').update(`audit-key id v1 ${secret}`).digest('hex').slice(0, 8);

function hashOf({ _id, at, who, did, what, previous }: Omit<AuditRow, 'hash' | 'seal' | 'key'>): string {
  return createHash('sha256')
    .update(JSON.stringify([_id, at.toISOString(), who, did, what, previous]))
    .digest('hex');
}

const sealOf = (hash: string, secret: string) =>
  createHmac('sha256', keyOf(secret)).update(hash).digest('hex');

/** The row that follows `last` (undefined: it is the first). */
export function rowAfter(
  last: Pick<AuditRow, '_id' | 'hash'> | undefined,
  entry: Entry,
  secret: string,
): AuditRow {
  const { at, who, did, what } = entry;
  const bare = { _id: (last?._id ?? 0) + 1, at, who, did, what, previous: last?.hash ?? NOTHING_BEFORE };
  const hash = hashOf(bare);
  return { ...bare, hash, seal: sealOf(hash, secret), key: idOf(secret) };
}

/** `what` of an entry that says that older ones were let go, up to and with this one. */
export const trimmedTo = ({ _id, hash }: Pick<AuditRow, '_id' | 'hash'>) => `${_id}:${hash}`;

/** One thing that is wrong with the trail, with the number of the entry it was found at. */
export interface Finding {
  entry: number;
  wrong: string;
}

export interface Verdict {
  count: number;
  /** The last entry, as `number:hash`: noted elsewhere, it shows later that nothing was cut off the end. */
  head: string | undefined;
  findings: Finding[];
  /** Entries whose seal no key of ours can check, by the key's id. */
  unchecked: Map<string, number>;
}

/**
 * Reads the trail from its first entry on and names what was changed, removed or put in.
 * @param rows in order of their numbers
 * @param noted a head that was noted earlier, `number:hash`
 */
export async function verifyRows(
  rows: AsyncIterable<AuditRow> | Iterable<AuditRow>,
  keys: SealKeys,
  noted?: string,
): Promise<Verdict> {
  const secrets = new Map([keys.current, ...keys.earlier].map((secret) => [idOf(secret), secret]));
  const findings: Finding[] = [];
  const unchecked = new Map<string, number>();
  const trimmed = new Set<string>();
  const wrong = (entry: number, what: string) => findings.push({ entry, wrong: what });
  let first: AuditRow | undefined;
  let last: AuditRow | undefined;
  let count = 0;
  let sawNoted = noted === undefined;
  for await (const row of rows) {
    first ??= row;
    count += 1;
    if (hashOf(row) !== row.hash) wrong(row._id, 'was changed: its hash does not fit what it says');
    else if (!secrets.has(row.key)) unchecked.set(row.key, (unchecked.get(row.key) ?? 0) + 1);
    else if (!isSame(sealOf(row.hash, secrets.get(row.key) ?? ''), row.seal))
      wrong(row._id, 'was put in or changed by somebody without the key: its seal does not fit');
    if (last && row._id !== last._id + 1) wrong(row._id, missing(last._id + 1, row._id - 1));
    else if (last && row.previous !== last.hash)
      wrong(row._id, `does not follow entry ${last._id} as that stands there now`);
    if (row.did === 'audit.trimmed') trimmed.add(row.what);
    if (trimmedTo(row) === noted) sawNoted = true;
    last = row;
  }
  if (first && !beginsRightly(first, trimmed)) wrong(first._id, missing(1, first._id - 1));
  if (!sawNoted)
    wrong(Number(noted?.split(':')[0]), 'is not there as it was noted: the end was cut off or rewritten');
  return { count, head: last && trimmedTo(last), findings, unchecked };
}

/** With nothing before it, or with what was before it let go by an entry that says so. */
function beginsRightly({ _id, previous }: AuditRow, trimmed: ReadonlySet<string>): boolean {
  return _id === 1 ? previous === NOTHING_BEFORE : trimmed.has(`${_id - 1}:${previous}`);
}

function missing(from: number, to: number): string {
  return `comes after a gap: ${from >= to ? `entry ${from} is` : `entries ${from} to ${to} are`} missing`;
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
