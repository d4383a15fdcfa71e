import type { StoredEffect } from '../../src/conversation/effect';
import { after, DAY, delivery, HOUR, NOON, say } from './samples';
import type { Play } from './fake-channel';
import { startServer, type Server, type World } from './world';

let server: Server;
let world: World;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (world = await server.world()));

describe('relay', () => {
  it('writes rows, journal and reflections, each batch in one go', async () => {
    const record = { type: 'record', entry: 'lesson.completed', data: { week: 1 } };
    const keep = { type: 'keep', week: 1, text: 'mine' };
    await Promise.all(
      [1, 2, 3].map((n) => world.delivery.relay([delivery(`p${n}`, 1, [say(), record, keep])])),
    );
    expect((await world.rows()).map(({ _id }) => _id)).toEqual(['p1:1:0', 'p2:1:0', 'p3:1:0']);
    expect(world.journal).toHaveLength(1);
    expect(world.journal[0]).toContainEqual({
      _id: 'p2:1:1',
      participantId: 'p2',
      at: NOON,
      type: 'lesson.completed',
      data: { week: 1 },
    });
    expect(world.reflections.flat()).toContainEqual({
      _id: 'p3:1:2',
      participantId: 'p3',
      at: NOON,
      week: 1,
      text: 'mine',
    });
  });

  it('does nothing a second time, however far the message has come', async () => {
    world.people.add('p1');
    const batch = [delivery('p1', 1, [say(), say('lesson')])];
    await world.delivery.relay(batch);
    await world.delivery.deliverDue();
    await world.delivery.relay(batch);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:1:1']);
    expect(await world.states()).toEqual({ 'p1:1:0': 'sent', 'p1:1:1': 'sent' });
  });

  it('completes what was cut short', async () => {
    await world.delivery.relay([delivery('p1', 1, [say()])]);
    const whole = delivery('p1', 1, [say(), say('lesson')]);
    await world.delivery.relay([whole, delivery('p2', 1, [say()])]);
    expect(Object.keys(await world.states())).toEqual(['p1:1:0', 'p1:1:1', 'p2:1:0']);
  });

  it('fails whole for whoever brought a malformed effect, and for nobody else', async () => {
    const bad = delivery('p1', 1, [say()]);
    bad.effects[0] = { ...bad.effects[0], id: 'nonsense' } as StoredEffect;
    const outcomes = await Promise.allSettled([
      world.delivery.relay([bad]),
      world.delivery.relay([delivery('p2', 1, [say()])]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(Object.keys(await world.states())).toEqual(['p2:1:0']);
  });

  it('lets everybody know when the journal can’t be written', async () => {
    const down = world.another({ journal: { write: () => Promise.reject(new Error('away')) } });
    await expect(
      down.relay([delivery('p1', 1, [{ type: 'record', entry: 'consent.given' }])]),
    ).rejects.toThrow('away');
  });

  it('stores no text, only keys', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('reply', { parts: [{ key: 'lesson.ask', params: { week: 1 } }] })]),
    ]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.accepted[0]?.message.text).toBe('lesson.ask hi whatsapp');
    expect(JSON.stringify(await world.rows())).not.toContain('lesson.ask hi');
  });
});

describe('sending', () => {
  it('hands over id, address, words, options, picture and how long it is worth sending', async () => {
    world.people.add('p1');
    const effect = say('reply', {
      options: [{ id: 'yes', key: 'Yes' }],
      picture: { kind: 'certificate', pledgeId: 'x' },
      expiresAt: after(HOUR),
    });
    await world.delivery.relay([delivery('p1', 1, [effect])]);
    expect(await world.delivery.deliverDue()).toBe(1);
    expect(world.whatsapp.accepted[0]?.message).toEqual({
      id: 'p1:1:0',
      to: '+919800000001',
      text: 'test.hello hi whatsapp',
      options: [{ id: 'yes', label: 'Yes' }],
      media: { url: 'https://saathi.example/c/p1/x', contentType: 'image/png' },
      validForSeconds: 3_600,
    });
    const row = await world.row('p1:1:0');
    expect(row).toMatchObject({
      state: 'sent',
      sender: 'test-whatsapp',
      providerId: 'test-whatsapp-1',
      segments: 1,
    });
    expect(row.times).toEqual({ pending: NOON, leased: NOON, sending: NOON, sent: NOON });
    for (const gone of ['live', 'lane', 'flight', 'leaseToken', 'leaseUntil'])
      expect(row).not.toHaveProperty(gone);
  });

  it('links a picture where none can be sent', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('reply', { picture: { kind: 'certificate', pledgeId: 'x' } })], NOON, 'sms'),
    ]);
    await world.delivery.deliverDue();
    expect(world.sms.accepted[0]?.message.text).toBe('test.hello hi sms\nhttps://saathi.example/c/p1/x');
    expect(world.sms.accepted[0]?.message).not.toHaveProperty('media');
  });

  it('goes by priority, and by the steps of each participant within it', async () => {
    const purposes = ['broadcast', 'lesson', 'nudge', 'checkin', 'reply'] as const;
    for (const [n, purpose] of purposes.entries()) {
      world.people.add(`p${n}`);
      await world.delivery.relay([delivery(`p${n}`, 1, [say(purpose), say(purpose)])]);
    }
    const one = world.another({ config: { concurrency: 1 } });
    await one.deliverDue();
    expect(world.whatsapp.ids).toEqual([4, 3, 2, 1, 0].flatMap((n) => [`p${n}:1:0`, `p${n}:1:1`]));
  });

  it('answers before anything else of his, and keeps his answers in order', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('lesson')]),
      delivery('p1', 2, [say('reply')]),
      delivery('p1', 10, [say('reply')]),
    ]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:0', 'p1:10:0', 'p1:1:0']);
  });

  it('leaves alone what is not due yet, and sends it when it is', async () => {
    world.people.add('p1', { lastHeardAt: after(2 * DAY) });
    await world.delivery.relay([delivery('p1', 1, [say()], after(HOUR))]);
    expect(await world.delivery.deliverDue()).toBe(0);
    world.clock.advance(HOUR);
    expect(await world.delivery.deliverDue()).toBe(1);
  });

  it('sends as many as asked for and no more', async () => {
    for (let n = 0; n < 10; n++) {
      world.people.add(`p${n}`);
      await world.delivery.relay([delivery(`p${n}`, 1, [say()])]);
    }
    expect(await world.delivery.deliverDue(4)).toBe(4);
    expect(world.whatsapp.accepted).toHaveLength(4);
    expect(await world.delivery.deliverDue()).toBe(6);
  });

  it('waits for a channel that is not configured, and lets it expire', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('reply', { expiresAt: after(HOUR) })], NOON, 'simulator'),
    ]);
    expect(await world.delivery.deliverDue()).toBe(0);
    world.clock.advance(HOUR);
    await world.delivery.deliverDue();
    expect(await world.states()).toEqual({ 'p1:1:0': 'expired' });
  });
});

describe('stop and erase', () => {
  const cancel = { type: 'cancel' };

  it('withdraws what waits and sends the confirmation alone', async () => {
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('lesson'), say('checkin')])]);
    world.people.change('p1', { status: 'stopped' });
    await world.delivery.relay([delivery('p1', 2, [cancel, say('reply')])]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:1']);
    expect(await world.states()).toMatchObject({
      'p1:1:0': 'cancelled',
      'p1:1:1': 'cancelled',
      'p1:2:1': 'sent',
    });
  });

  it('cancels at claim time what the withdrawal has not reached yet', async () => {
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('lesson')])]);
    world.people.change('p1', { status: 'stopped' });
    await world.delivery.deliverDue();
    expect(world.whatsapp.asked).toEqual([]);
    expect(await world.row('p1:1:0')).toMatchObject({ state: 'cancelled', error: { kind: 'stopped' } });
  });

  it('sends nothing when he stops between the claim and the send', async () => {
    world.people.add('p1');
    await world.delivery.relay([delivery('p1', 1, [say('lesson')])]);
    let reads = 0;
    world.people.onRead = () => {
      if (++reads === 2) world.people.change('p1', { status: 'stopped' });
    };
    await world.delivery.deliverDue();
    expect(reads).toBe(2);
    expect(world.whatsapp.asked).toEqual([]);
    expect(await world.states()).toEqual({ 'p1:1:0': 'cancelled' });
  });

  it('stops a broadcast for those who stop while it runs', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `p${n}`);
    for (const id of ids) world.people.add(id);
    await world.delivery.relay(ids.map((id) => delivery(id, 1, [say('broadcast')])));
    const committed = new Map<string, number>();
    world.whatsapp.next = async (): Promise<Play> => {
      // After every send another one stops; what was in the provider's hands already is not counted.
      const id = ids.find(
        (one) => !committed.has(one) && !world.whatsapp.asked.some(({ id: asked }) => asked === `${one}:1:0`),
      );
      if (id !== undefined && committed.size < 25) {
        world.people.change(id, { status: 'stopped' });
        committed.set(id, world.whatsapp.accepted.length);
        await world.another().relay([delivery(id, 2, [cancel, say('reply')])]);
      }
      return 'accept';
    };
    await world.another({ config: { concurrency: 5 } }).deliverDue();
    const late = world.whatsapp.accepted.filter(({ message }, place) => {
      const [id = ''] = message.id.split(':');
      return message.id.endsWith(':1:0') && (committed.get(id) ?? Infinity) < place - 5;
    });
    expect(committed.size).toBe(25);
    expect(late).toEqual([]);
    expect(world.whatsapp.ids.filter((id) => id.endsWith(':2:1'))).toHaveLength(25);
    expect(world.whatsapp.ids.length).toBeGreaterThanOrEqual(60);
  });

  it('does not withdraw what came after he started again, even if the stop is relayed once more', async () => {
    world.people.add('p1');
    const stop = delivery('p1', 2, [cancel, say('reply')]);
    await world.delivery.relay([stop, delivery('p1', 3, [say('reply')])]);
    await world.delivery.relay([stop]);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:2:1', 'p1:3:0']);
  });

  it('forgets an erased person everywhere, after the last word', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('reply', { parts: [{ key: 'hello', params: { name: 'Ramesh' } }] })]),
    ]);
    await world.delivery.deliverDue();
    await world.delivery.relay([delivery('p1', 2, [say('lesson')])]);
    await world.delivery.relay([delivery('p1', 3, [say('reply'), { type: 'erase' }])]);
    expect(world.people.erased).toEqual(['p1']);
    await world.delivery.deliverDue();
    expect(world.whatsapp.ids).toEqual(['p1:1:0', 'p1:3:0']);
    const rows = await world.rows();
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'cancelled', 'sent']);
    for (const row of rows) expect(row).not.toHaveProperty('address');
    expect(JSON.stringify(rows)).not.toMatch(/Ramesh|9800000001/);
  });
});

describe('counts', () => {
  it('counts what waits, by channel and by what for', async () => {
    world.people.add('p1');
    await world.delivery.relay([
      delivery('p1', 1, [say('lesson')], after(DAY)),
      delivery('p2', 1, [say('lesson')], after(HOUR), 'sms'),
    ]);
    expect((await world.delivery.counts()).sort((a, b) => a.channel.localeCompare(b.channel))).toEqual([
      { channel: 'sms', state: 'pending', waiting: 'open', count: 1, oldestDueAt: after(HOUR) },
      { channel: 'whatsapp', state: 'pending', waiting: 'open', count: 1, oldestDueAt: after(DAY) },
    ]);
  });
});
