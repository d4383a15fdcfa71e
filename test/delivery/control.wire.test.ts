/** Pausing, resuming and withdrawing by hand, obeyed by every process. */
import { carryOut } from '../../src/commands/outbox';
import { createOutboxControl, type OutboxControl } from '../../src/delivery';
import { delivery, say } from './samples';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
let control: OutboxControl;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => {
  world = await server.world({ whatsappSender: 'twilio-whatsapp' });
  control = createOutboxControl(world.connection, () => Promise.resolve(world.clock.now()));
  for (const id of ['p1', 'p2', 'p3']) world.people.add(id);
});

const ask = () =>
  world.delivery.relay([
    delivery('p1', 1, [say('reply')]),
    delivery('p2', 1, [say('lesson'), say('lesson')]),
    delivery('p3', 1, [say('broadcast')]),
  ]);

describe('a pause', () => {
  it('holds everything by that sender in every process, answers too, until it is resumed', async () => {
    await ask();
    expect(await control.pause('twilio-whatsapp')).toEqual(['twilio-whatsapp']);
    const other = world.another();
    expect([await world.delivery.deliverDue(), await other.deliverDue()]).toEqual([0, 0]);
    expect(await control.senders()).toEqual([{ sender: 'twilio-whatsapp', paused: world.clock.now() }]);
    expect(await control.resume()).toEqual(['twilio-whatsapp']);
    expect(await other.deliverDue()).toBe(4);
  });

  it('holds all senders when none is named, also one that has never sent', async () => {
    await ask();
    expect(await control.pause()).toEqual(
      expect.arrayContaining(['twilio-whatsapp', 'twilio-sms', 'whatsapp-web']),
    );
    expect(await world.delivery.deliverDue()).toBe(0);
    const since = world.clock.now();
    world.clock.advance(60_000);
    await control.pause();
    expect((await control.senders())[0]?.paused).toEqual(since);
  });

  it('that comes between the look and the taking of a place is obeyed', async () => {
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    await world.delivery.deliverDue();
    await ask();
    world.clock.advance(1_000);
    world.people.onRead = async () => {
      await control.pause();
    };
    expect(await world.delivery.deliverDue()).toBe(0);
    world.people.onRead = () => undefined;
    expect(await control.counts()).toEqual(
      expect.arrayContaining([{ purpose: 'lesson', state: 'pending', waiting: 'open', count: 2 }]),
    );
  });
});

describe('cancel', () => {
  it('withdraws one purpose and leaves the others', async () => {
    await ask();
    expect(await control.cancel('lesson')).toBe(2);
    expect(await world.row('p2:1:0')).toMatchObject({
      state: 'cancelled',
      error: { kind: 'withdrawn', reason: 'An operator has withdrawn it.' },
    });
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids.sort()).toEqual(['p1:1:0', 'p3:1:0']);
  });

  it('withdraws what a process has claimed and not yet begun to send', async () => {
    await ask();
    let cancelled = 0;
    world.people.onRead = async (ids) => {
      const claimed = await world.store.outbox.findOne({ state: 'leased' });
      if (claimed === null && ids.length > 0) return;
      cancelled += await control.cancel();
    };
    await world.store.outbox.updateOne(
      { _id: 'p3:1:0' },
      {
        $set: {
          state: 'leased',
          leaseToken: 'x',
          leaseUntil: new Date(world.clock.now().getTime() + 60_000),
        },
        $unset: { lane: 1 },
      },
    );
    await world.delivery.deliverDue();
    expect(cancelled).toBeGreaterThan(0);
    expect((await world.row('p3:1:0')).state).toBe('cancelled');
    expect(world.whatsapp.ids).not.toContain('p3:1:0');
  });

  it('never withdraws the confirmation of a STOP', async () => {
    await world.delivery.relay([delivery('p1', 1, [say('reply'), { type: 'cancel' }])]);
    expect(await control.cancel()).toBe(0);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0']);
  });
});

describe('the command', () => {
  const run = async (order: Parameters<typeof carryOut>[0]) => {
    const lines: string[] = [];
    await carryOut(order, control, (line) => lines.push(line));
    return lines.join('\n');
  };

  it('shows counts before and after, and changes nothing before it is told to', async () => {
    await ask();
    const dry = await run({ do: 'cancel', purpose: 'lesson', isSure: false });
    expect(dry).toMatch(/Before:\n.*reply +pending \(open\) +1\n.*lesson +pending \(open\) +2\n.*broadcast/);
    expect(dry).toContain('Nothing was changed. Add --yes');
    expect((await world.row('p2:1:0')).state).toBe('pending');
    const done = await run({ do: 'cancel', purpose: 'lesson', isSure: true });
    expect(done).toContain('Withdrawn: 2.');
    expect(done.split('After:')[1]).not.toContain('lesson');
    await run({ do: 'cancel', purpose: 'all', isSure: true });
    expect(await run({ do: 'show' })).toContain('Nothing waits to leave.');
  });

  it('says that answers are paused too', async () => {
    expect(await run({ do: 'pause', sender: 'twilio-whatsapp' })).toMatch(
      /Answers to people .* wait as well/,
    );
    expect(await run({ do: 'show' })).toMatch(/twilio-whatsapp +paused since 2026/);
    expect(await run({ do: 'resume' })).toContain('Resumed: twilio-whatsapp.');
    expect(await run({ do: 'resume' })).toContain('None was paused.');
  });
});
