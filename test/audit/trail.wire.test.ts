/** Several processes append to one trail; old entries may go only in the open. */
import type { Connection } from 'mongoose';
import { createAudit } from '../../src/audit';
import { createIndexes, openDatabase, type Database } from '../../src/database/connect';
import { auditModel } from '../../src/database/models/audit';
import { startEmbedded, type Embedded } from '../../src/database/embedded';
import { verify } from '../../src/commands/audit';

const keys = { current: 's'.repeat(64), earlier: [] };
let server: Embedded;
let databases: Database[];
let connections: Connection[];
beforeAll(async () => {
  server = await startEmbedded({ dataDir: 'temporary', inProcess: true, noSync: true });
  databases = await Promise.all([1, 2, 3].map(() => openDatabase({ mongodbUri: server.uri, dataDir: '' })));
  connections = databases.map(({ connection }) => connection);
  await createIndexes(connections[0]!);
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.stop()));
  await server.stop();
});

const minute = (number: number) => new Date(Date.UTC(2026, 0, 4, 10, number));

test('three processes write at once: one chain without a gap; trimmed, it is whole and says so; tampered, it is not', async () => {
  const trails = connections.map((connection) => createAudit(connection, keys));
  const writes = trails.flatMap((trail, one) =>
    Array.from({ length: 20 }, (_, number) =>
      trail.record({ at: minute(number), who: `house-${one}`, did: 'people.exported', what: `p${number}` }),
    ),
  );
  await Promise.all(writes);
  const [trail] = trails;
  expect(await trail!.verify()).toMatchObject({ count: 60, findings: [] });

  const rows = auditModel(connections[0]!);
  const cut = (await rows.findById(30).lean())!.at;
  const gone = await trail!.trim(cut, minute(59));
  expect(gone).toBeGreaterThan(0);
  expect(await rows.countDocuments()).toBe(61 - gone);
  const lines: string[] = [];
  expect(await verify(trail!, undefined, (line) => lines.push(line))).toBe(0);

  await rows.deleteOne({ _id: 58 });
  expect(await verify(trail!, undefined, (line) => lines.push(line))).toBe(1);
  expect(lines.join('\n')).toContain('✗ Entry 59 comes after a gap: entry 58 is missing.');
});
