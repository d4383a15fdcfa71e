/** Outcomes that nobody knows: looked into, and never sent again blindly. */
import { DAY, HOUR, NOON, after, delivery, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

async function queue(...ids: string[]): Promise<void> {
  for (const id of ids) world.people.add(id);
  await world.delivery.relay(ids.map((id) => delivery(id, 1, [say()])));
}

describe('unknown outcomes', () => {
  it('taken and unanswered: found at the provider, never sent again', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'unknown', live: true });
    await world.pass(15_000, 5_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'test-whatsapp-1' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('not taken and unanswered: sent again once the provider says that it is absent', async () => {
    world.whatsapp.next = (_, tries) => (tries === 1 ? 'drop-unanswered' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(14_000, 7_000);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(2_000, 2_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('absent, but no longer worth sending: expires', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('reply', { expiresAt: after(10_000) })])]);
    await world.delivery.deliverDue();
    await world.pass(15_000, 15_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'expired' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('absent, but he has stopped meanwhile: withdrawn', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    world.people.change('p1', { status: 'stopped' });
    await world.pass(15_000, 15_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'cancelled' });
  });

  it('cannot be told yet: asked a few times, then left as unknown for good and never sent again', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    let asked = 0;
    world.whatsapp.answer = () => (asked++, undefined);
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(DAY, 2 * HOUR);
    expect(asked).toBe(4);
    expect(await world.row('p1:1:0')).not.toHaveProperty('live');
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('holds back the next answer while it is being looked into, and no longer', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? 'accept-unanswered' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
    await world.pass(16_000, 8_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:2:0']);
  });

  it('a receipt settles it before anybody asks', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    await queue('p1');
    await world.delivery.deliverDue();
    await world.delivery.receipts([
      { outboxId: 'p1:1:0', providerId: 'test-whatsapp-1', status: 'delivered', at: NOON },
    ]);
    await world.pass(DAY, 2 * HOUR);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'delivered', providerId: 'test-whatsapp-1' });
    expect(world.whatsapp.asked).toHaveLength(1);
  });

  it('asking the provider fails: asked again later', async () => {
    world.whatsapp.next = () => 'accept-unanswered';
    let asked = 0;
    world.whatsapp.answer = () => {
      if (++asked === 1) throw new Error('away');
      return { providerId: 'found' };
    };
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(120_000, 15_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'sent', providerId: 'found' });
  });

  it('is given up when it is absent again and again', async () => {
    world.whatsapp.next = () => 'drop-unanswered';
    await queue('p1');
    await world.pass(10 * 60_000, 20_000);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'dead', attempts: 8 });
    expect(world.whatsapp.asked).toHaveLength(8);
  });
});

describe('channels that break their promise', () => {
  it('one that throws: unknown, then found or sent again', async () => {
    world.whatsapp.next = (_, tries) => (tries === 1 ? 'throw' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown' });
    await world.pass(16_000, 8_000);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('one that hangs: unknown after a while, and others go on', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? 'accept-hang' : 'accept');
    await queue('p1', 'p2');
    await world.another({ config: { sendTimeoutMs: 20 } }).deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'unknown', 'p2:1:0': 'sent' });
    await world.pass(16_000, 16_000);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent', 'p2:1:0': 'sent' });
    expect(world.whatsapp.ids.sort()).toEqual(['p1:1:0', 'p2:1:0']);
  });
});

describe('a provider that finds but what belongs to another message', () => {
  it('is told which those are; and holds his next answer back only for a while', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:2:0' ? 'drop-unanswered' : 'accept');
    await queue('p1');
    await world.delivery.deliverDue();
    const first = await world.row('p1:1:0');
    const find = jest.spyOn(world.whatsapp, 'find').mockResolvedValue({ providerId: first.providerId! });
    await world.delivery.relay([delivery('p1', 2, [say()]), delivery('p1', 3, [say()])]);
    await world.delivery.deliverDue();
    await world.pass(DAY / 24, DAY / 96);
    expect(find.mock.calls[0]?.[0]).toMatchObject({ id: 'p1:2:0', except: [first.providerId] });
    expect(find).toHaveBeenCalledTimes(4);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent', 'p1:2:0': 'unknown', 'p1:3:0': 'sent' });
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:3:0']);
  });
});

describe('a provider that gives one id twice', () => {
  it('spoils that message only: it is flagged, the queue goes on', async () => {
    world.whatsapp.next = () => ({ outcome: 'accepted', providerId: 'same' });
    world.whatsapp.takenAs = () => 'same';
    await queue('p1', 'p2');
    await world.delivery.deliverDue();
    await world.pass(120_000, 30_000);
    expect(Object.values(await world.states()).sort()).toEqual(['sent', 'unknown']);
    world.whatsapp.takenAs = undefined;
    await queue('p3');
    await world.delivery.deliverDue();
    expect(await world.states()).toMatchObject({ 'p3:1:0': 'sent' });
    expect(world.whatsapp.asked).toHaveLength(3);
  });
});
