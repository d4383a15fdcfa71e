import type { OutboundMessage } from '../../../src/channels/channel';
import { ImpossibleOnPhone, Simulator, type PhoneEvent } from '../../../src/channels/simulator/simulator';
import { MovableClock } from '../../../src/clock';

const WHATSAPP = 'whatsapp/+919800000001';
const SMS = 'sms/+919800000001';
const START = new Date('2026-01-04T10:00:00+05:30');

function setUp(limits: { messagesKept?: number; phonesKept?: number } = {}) {
  let count = 0;
  const clock = new MovableClock(START);
  const simulator = new Simulator({ clock, makeId: () => `SIM${++count}`, ...limits });
  const events: PhoneEvent[] = [];
  const unsubscribe = simulator.subscribe((event) => events.push(event));
  return { simulator, clock, events, unsubscribe };
}

function message(id: string, over: Partial<OutboundMessage> = {}): OutboundMessage {
  return { id, to: WHATSAPP, text: 'नमस्ते', options: [], ...over };
}

const YES_NO = [
  { id: 'yes', label: 'हाँ' },
  { id: 'no', label: 'नहीं' },
];

describe('capabilities', () => {
  it('are WhatsApp’s or SMS’s, by the address', () => {
    const { simulator } = setUp();
    expect(simulator.capabilities(WHATSAPP)).toEqual({
      medium: 'whatsapp',
      canReply: true,
      canTap: 10,
      canSendMedia: true,
      isPrivate: true,
      textLimit: 4096,
    });
    expect(simulator.capabilities(SMS)).toEqual({
      medium: 'sms',
      canReply: true,
      canTap: 0,
      canSendMedia: false,
      isPrivate: false,
      textLimit: 1600,
    });
  });
});

describe('send', () => {
  it('shows a message with its options at the clock’s time', async () => {
    const { simulator, events } = setUp();
    const result = await simulator.send(message('out-1', { options: YES_NO }));
    expect(result).toEqual({ outcome: 'accepted', providerId: 'SIM1' });
    expect(simulator.history(WHATSAPP)).toEqual([
      {
        id: 'SIM1',
        number: 1,
        direction: 'received',
        kind: 'text',
        text: 'नमस्ते',
        options: YES_NO,
        at: START,
      },
    ]);
    expect(events).toHaveLength(1);
  });

  it('shows the same outbox id only once', async () => {
    const { simulator, events } = setUp();
    const first = await simulator.send(message('out-1'));
    expect(await simulator.send(message('out-1'))).toEqual(first);
    expect(simulator.history(WHATSAPP)).toHaveLength(1);
    expect(events).toHaveLength(1);
  });

  it('keeps a forgotten message’s outbox id, so that a late repeat shows nothing', async () => {
    const { simulator } = setUp({ messagesKept: 2 });
    for (const id of ['a', 'b', 'c']) await simulator.send(message(id));
    expect(simulator.history(WHATSAPP).map(({ id, number }) => [id, number])).toEqual([
      ['SIM2', 2],
      ['SIM3', 3],
    ]);
    expect(await simulator.send(message('a'))).toEqual({ outcome: 'accepted', providerId: 'SIM1' });
    expect(simulator.history(WHATSAPP)).toHaveLength(2);
  });

  it('counts segments and encoding of an SMS', async () => {
    const { simulator } = setUp();
    const hindi = 'क'.repeat(71);
    expect(await simulator.send(message('a', { to: SMS, text: hindi }))).toMatchObject({ segments: 2 });
    expect(await simulator.send(message('b', { to: SMS, text: 'a'.repeat(160) }))).toMatchObject({
      segments: 1,
    });
    expect(simulator.history(SMS).map(({ sms }) => sms)).toEqual([
      { segments: 2, encoding: 'UCS-2' },
      { segments: 1, encoding: 'GSM-7' },
    ]);
  });

  it('leaves out options that can’t be tapped there: they stand in the text', async () => {
    const { simulator } = setUp();
    await simulator.send(message('a', { to: SMS, options: YES_NO }));
    await simulator.send(
      message('b', { options: Array.from({ length: 11 }, (_, i) => ({ id: `o${i}`, label: `${i}` })) }),
    );
    expect(simulator.history(SMS)[0]?.options).toEqual([]);
    expect(simulator.history(WHATSAPP)[0]?.options).toEqual([]);
  });

  it.each([
    ['an address of another channel', { to: '+919800000001' }, 'address'],
    ['a text that is too long for SMS', { to: SMS, text: 'x'.repeat(1601) }, 'other'],
    ['a text that is too long for WhatsApp', { text: 'x'.repeat(4097) }, 'other'],
    [
      'a picture by SMS',
      { to: SMS, media: { url: 'http://localhost/c.png', contentType: 'image/png' } },
      'other',
    ],
  ])('fails for %s, and shows nothing', async (_, over, kind) => {
    const { simulator, events } = setUp();
    const result = await simulator.send(message('a', over));
    expect(result).toMatchObject({ outcome: 'failed', kind });
    expect(JSON.stringify(result)).not.toContain('9800000001');
    expect(events).toEqual([]);
  });

  it('can say afterwards whether a phone shows it', async () => {
    const { simulator } = setUp();
    await simulator.send(message('a'));
    expect(await simulator.find({ id: 'a', to: WHATSAPP, after: START })).toEqual({ providerId: 'SIM1' });
    expect(await simulator.find({ id: 'b', to: WHATSAPP, after: START })).toBe('absent');
  });
});

describe('outgoing', () => {
  it('is the message as the product receives it, and stands on the phone', () => {
    const { simulator } = setUp();
    const inbound = simulator.outgoing(WHATSAPP, { kind: 'text', text: 'namaste' });
    expect(inbound).toEqual({
      id: 'SIM1',
      from: { channel: 'simulator', address: WHATSAPP },
      kind: 'text',
      text: 'namaste',
      at: START,
    });
    expect(simulator.history(WHATSAPP)).toMatchObject([{ id: 'SIM1', direction: 'sent', status: 'sent' }]);
  });

  it('turns a tap into the option that was shown', async () => {
    const { simulator } = setUp();
    await simulator.send(message('a', { options: YES_NO }));
    expect(simulator.outgoing(WHATSAPP, { kind: 'tap', optionId: 'no' })).toMatchObject({
      kind: 'tap',
      optionId: 'no',
      text: 'नहीं',
    });
  });

  it.each(['voice', 'image', 'sticker', 'video', 'document'] as const)('gives a %s a reference', (kind) => {
    const { simulator } = setUp();
    expect(simulator.outgoing(WHATSAPP, { kind })).toMatchObject({
      mediaRef: `simulator:${kind}/SIM1`,
      text: '',
    });
  });

  it('keeps at most 4,096 characters and cuts none in two', () => {
    const { simulator } = setUp();
    const { text } = simulator.outgoing(WHATSAPP, { kind: 'text', text: `a${'🙏'.repeat(3000)}` });
    expect(text).toBe(`a${'🙏'.repeat(2047)}`);
  });

  it.each([
    ['a tap on something never shown', WHATSAPP, { kind: 'tap', optionId: 'x' }],
    ['a tap without an option', WHATSAPP, { kind: 'tap' }],
    ['a voice note by SMS', SMS, { kind: 'voice' }],
    ['an address of another channel', '+919800000001', { kind: 'text', text: 'hi' }],
  ] as const)('refuses %s', (_, address, input) => {
    const { simulator, events } = setUp();
    expect(() => simulator.outgoing(address, input)).toThrow(ImpossibleOnPhone);
    expect(events).toEqual([]);
  });

  it('tells of its ticks', () => {
    const { simulator, events, unsubscribe } = setUp();
    const { id } = simulator.outgoing(WHATSAPP, { kind: 'text', text: 'namaste' });
    simulator.mark(WHATSAPP, id, 'read');
    simulator.mark(WHATSAPP, 'never-sent', 'read');
    expect(events.slice(1)).toEqual([{ type: 'status', address: WHATSAPP, id, status: 'read' }]);
    expect(simulator.history(WHATSAPP)[0]?.status).toBe('read');
    unsubscribe();
    simulator.mark(WHATSAPP, id, 'failed');
    expect(events).toHaveLength(2);
  });
});

describe('memory', () => {
  it('forgets the phone first used when there are too many', () => {
    const { simulator } = setUp({ phonesKept: 2 });
    for (const n of [1, 2, 3]) simulator.open(`whatsapp/+91980000000${n}`);
    expect(simulator.addresses()).toEqual(['whatsapp/+919800000002', 'whatsapp/+919800000003']);
  });

  it('can’t be changed from outside', async () => {
    const { simulator } = setUp();
    await simulator.send(message('a', { options: YES_NO }));
    const [shown] = simulator.history(WHATSAPP);
    shown!.options[0]!.label = 'changed';
    expect(simulator.history(WHATSAPP)[0]?.options[0]?.label).toBe('हाँ');
  });
});
