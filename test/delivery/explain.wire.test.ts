/** Every query that delivery makes per message or per tick rests on an index: asked of the server itself. */
import type { Command } from './commands';
import { watchCommands } from './commands';
import { after, delivery, HOUR, NOON, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world({ monitorCommands: true })));

/** Everything that happens in an ordinary life of the outbox, once. */
async function live(): Promise<void> {
  for (const id of ['p1', 'p2', 'p3', 'p4']) world.people.add(id);
  world.whatsapp.next = ({ id }) => {
    if (id === 'p2:1:0') return 'accept-unanswered';
    return id === 'p3:1:0' ? { outcome: 'failed', kind: 'consent', reason: 'No.' } : 'accept';
  };
  await world.delivery.relay(
    ['p1', 'p2', 'p3'].map((id) => delivery(id, 1, [say('lesson', { expiresAt: after(HOUR) })])),
  );
  await world.delivery.deliverDue();
  await world.delivery.relay([
    delivery('p1', 2, [say('reply')]),
    delivery('p4', 1, [{ type: 'cancel' }, say('reply')]),
  ]);
  await world.pass(20_000, 20_000);
  await world.delivery.receipts([
    { outboxId: 'p1:1:0', providerId: 'test-whatsapp-1', status: 'read', at: NOON },
    { providerId: 'test-whatsapp-1', status: 'delivered', at: NOON },
    {
      outboxId: 'p2:1:0',
      providerId: 'test-whatsapp-2',
      status: 'failed',
      failure: { kind: 'other' },
      at: NOON,
    },
  ]);
  await world.delivery.counts();
}

describe('indexes', () => {
  it('carry every query on the outbox, the senders and the seats', async () => {
    const commands = watchCommands(world.connection, ['outbox', 'senders', 'reach']);
    await live();
    const queries = commands.queries();
    expect(new Set(queries.map(({ kind }) => kind))).toEqual(new Set(['find', 'update', 'aggregate']));
    expect(queries.length).toBeGreaterThan(30);
    const scans: Command[] = [];
    for (const query of queries) if (await commands.scansCollection(query)) scans.push(query);
    expect(scans).toEqual([]);
  });

  it('are noticed when they are missing', async () => {
    await world.store.outbox.dropIndex('lane_1_priority_1_dueAt_1');
    const commands = watchCommands(world.connection, ['outbox']);
    await live();
    const scans: Command[] = [];
    for (const query of commands.queries()) if (await commands.scansCollection(query)) scans.push(query);
    expect(scans.length).toBeGreaterThan(0);
  });
});
