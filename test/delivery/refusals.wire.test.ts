/** What providers refuse for good, kind by kind (docs/operations.md). */
import type { SendResult } from '../../src/channels/channel';
import { after, DAY, delivery, HOUR, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

async function queue(...ids: string[]): Promise<void> {
  for (const id of ids) if (!world.people.all.has(id)) world.people.add(id);
  await world.delivery.relay(ids.map((id) => delivery(id, 1, [say()])));
}

describe('a final no', () => {
  const no = (kind: Extract<SendResult, { outcome: 'failed' }>['kind'], code: string): SendResult => ({
    outcome: 'failed',
    kind,
    code,
    reason: 'No.',
  });

  it('consent: opted out on that channel, what waits for him there is withdrawn, other people are not', async () => {
    world.whatsapp.next = ({ id }) => (id === 'p1:1:0' ? no('consent', '21610') : 'accept');
    await queue('p1');
    await world.delivery.relay([
      delivery('p1', 2, [say('lesson')], after(HOUR)),
      delivery('p1', 3, [say('lesson')], after(HOUR), 'sms'),
    ]);
    await world.delivery.deliverDue();
    expect(world.people.all.get('p1')?.closed).toEqual({ whatsapp: 'opted-out' });
    expect(await world.states()).toEqual({ 'p1:1:0': 'failed', 'p1:2:0': 'cancelled', 'p1:3:0': 'pending' });
    await world.delivery.relay([delivery('p1', 4, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.accepted).toEqual([]);
  });

  it('address: unreachable, and by the other channel where he agreed to it, once', async () => {
    world.whatsapp.next = () => no('address', '63003');
    world.people.add('p1', { fallback: { channel: 'sms', address: '+919811111111' } });
    await queue('p1', 'p2');
    await world.delivery.deliverDue();
    expect(world.people.all.get('p2')?.closed).toEqual({ whatsapp: 'unreachable' });
    expect(world.sms.accepted.map(({ message }) => [message.id, message.to, message.text])).toEqual([
      ['p1:1:0~sms', '+919811111111', 'test.hello hi sms'],
    ]);
    world.sms.next = () => no('address', '30005');
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    await world.pass(DAY, HOUR);
    expect(await world.states()).toMatchObject({ 'p1:2:0': 'failed', 'p1:2:0~sms': 'failed' });
    expect(world.sms.asked).toHaveLength(2);
  });

  it('window: as a template, when there is one', async () => {
    const template = { contentSid: 'HX1', variables: { 1: 'x' } };
    world = await server.world({ whatsappSender: 'twilio-whatsapp', template: () => template });
    world.whatsapp.next = ({ template: given }) => (given ? 'accept' : no('window', '63016'));
    await queue('p1');
    await world.delivery.deliverDue();
    expect(world.whatsapp.accepted.map(({ message }) => message.template)).toEqual([template]);
    expect(world.whatsapp.asked).toHaveLength(2);
  });

  it('window: waits with a visible reason when there is none, and goes when he writes', async () => {
    world = await server.world({ whatsappSender: 'twilio-whatsapp' });
    world.whatsapp.next = ({ id }, tries) =>
      id === 'p1:1:0' && tries === 1 ? no('window', '63016') : 'accept';
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.row('p1:1:0')).toMatchObject({
      state: 'pending',
      lane: 'whatsapp.window',
      error: { kind: 'window', reason: expect.stringContaining('no approved template') },
    });
    expect(await world.delivery.counts()).toMatchObject([{ waiting: 'window', count: 1 }]);
    await world.delivery.relay([delivery('p1', 2, [say()])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:2:0']);
  });

  it.each(['template', 'filter'] as const)('%s: over, and the operator is told', async (kind) => {
    world.whatsapp.next = () => no(kind, '1');
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'failed' });
    expect(world.alerts).toEqual([{ about: kind, sender: 'test-whatsapp', code: '1', reason: 'No.' }]);
  });

  it('marketing-cap: not before a day has passed', async () => {
    world.whatsapp.next = (_, tries) => (tries === 1 ? no('marketing-cap', '63049') : 'accept');
    world.people.add('p1', { lastHeardAt: after(3 * DAY) });
    await queue('p1');
    await world.delivery.deliverDue();
    await world.pass(23 * HOUR, HOUR);
    expect(world.whatsapp.asked).toHaveLength(1);
    await world.pass(8 * HOUR, HOUR);
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });

  it('expired: expired', async () => {
    world.whatsapp.next = () => no('expired', '30036');
    await queue('p1');
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'expired' });
  });
});
