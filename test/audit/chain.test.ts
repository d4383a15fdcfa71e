/** The chain shows every change, removal and insertion, and names the entry. */
import { rowAfter, trimmedTo, verifyRows, type SealKeys } from '../../src/audit/chain';
import type { AuditRow } from '../../src/database/models/audit';

const SECRET = 's'.repeat(64);
const keys: SealKeys = { current: SECRET, earlier: [] };

function chain(length: number, secret = SECRET): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let minute = 0; minute < length; minute += 1) {
    const at = new Date(Date.UTC(2026, 0, 4, 10, minute));
    rows.push(
      rowAfter(rows.at(-1), { at, who: 'operator', did: 'people.exported', what: `p${minute}` }, secret),
    );
  }
  return rows;
}

const wrongAt = async (rows: AuditRow[], noted?: string) =>
  (await verifyRows(rows, keys, noted)).findings.map(({ entry }) => entry);

test('as it was written it is whole, and its head is the last entry', async () => {
  const rows = chain(5);
  const verdict = await verifyRows(rows, keys);
  expect(verdict).toMatchObject({ count: 5, head: `5:${rows[4]!.hash}`, findings: [] });
  expect(await verifyRows([], keys)).toMatchObject({ count: 0, findings: [] });
});

test.each<[string, (row: AuditRow) => AuditRow]>([
  ['what', (row) => ({ ...row, what: 'somebody else' })],
  ['who', (row) => ({ ...row, who: 'system' })],
  ['did', (row) => ({ ...row, did: 'backup.made' })],
  ['at', (row) => ({ ...row, at: new Date(0) })],
  ['seal', (row) => ({ ...row, seal: row.hash })],
])('a changed entry is named: %s', async (_field, change) => {
  const rows = chain(5).map((row) => (row._id === 3 ? change(row) : row));
  expect(await wrongAt(rows)).toEqual([3]);
});

test('a removed entry is named by the one after it; at the beginning too', async () => {
  const rows = chain(5);
  expect(await wrongAt(rows.filter(({ _id }) => _id !== 3))).toEqual([4]);
  expect(await wrongAt(rows.slice(2))).toEqual([3]);
});

test('cut off at the end it still is a chain: a head that was noted shows it', async () => {
  const rows = chain(5);
  expect(await wrongAt(rows.slice(0, 3))).toEqual([]);
  expect(await wrongAt(rows.slice(0, 3), trimmedTo(rows[4]!))).toEqual([5]);
  expect(await wrongAt(rows, trimmedTo(rows[2]!))).toEqual([]);
});

test('whoever rewrites everything from an entry on, but has not the key, is found', async () => {
  const [first, ...others] = chain(4);
  const forged: AuditRow[] = [first!];
  for (const { at, who, did } of others)
    forged.push(rowAfter(forged.at(-1), { at, who, did: did as never, what: 'forged' }, 'x'.repeat(64)));
  const honestKey = first!.key;
  expect(await wrongAt(forged.map((row) => ({ ...row, key: honestKey })))).toEqual([2, 3, 4]);
});

test('an entry put in between is found, with or without room made for it', async () => {
  const rows = chain(5);
  const put = { ...rowAfter(rows[2], { ...rows[3]!, did: 'backup.made', what: 'put in' }, SECRET) };
  expect(await wrongAt([...rows.slice(0, 3), put, ...rows.slice(4)])).toEqual([5]);
  const moved = rows.slice(3).map((row) => ({ ...row, _id: row._id + 1 }));
  expect(await wrongAt([...rows.slice(0, 3), put, ...moved])).toEqual([5, 5, 6]);
});

test('a seal by a key that is not here is counted, not passed as checked; with the key it is checked', async () => {
  const old = 'o'.repeat(64);
  const rows = chain(3, old);
  const verdict = await verifyRows(rows, keys);
  expect(verdict.findings).toEqual([]);
  expect([...verdict.unchecked.values()]).toEqual([3]);
  expect((await verifyRows(rows, { current: SECRET, earlier: [old] })).unchecked.size).toBe(0);
});
