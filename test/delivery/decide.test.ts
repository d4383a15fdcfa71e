import { decide, fallback, isOutside, refusal, type Circumstances } from '../../src/delivery/decide';
import { parseQuietHours } from '../../src/delivery/quiet-hours';
import { senderRules } from '../../src/delivery/sender-rules';
import { after, DAY, HOUR, NOON, person, row } from './samples';

const EVENING = new Date('2026-01-04T21:00:00+05:30');
const sms = { channel: 'sms' as const, address: '+919800000001' };

function circumstances(changes: Partial<Circumstances> = {}): Circumstances {
  return {
    now: NOON,
    recipient: person(),
    rules: senderRules('twilio-whatsapp'),
    quiet: parseQuietHours('20:00-10:00'),
    hasTemplate: false,
    hasSeat: true,
    ...changes,
  };
}

describe('decide', () => {
  it('sends inside the window without a template', () => {
    expect(decide(row({ purpose: 'lesson' }), circumstances())).toEqual({ do: 'send', outside: false });
  });

  it.each([
    ['has stopped', person({ status: 'stopped' })],
    ['is gone', person({ status: 'gone' })],
    ['was erased', undefined],
    ['opted out on this channel', person({ closed: { whatsapp: 'opted-out' } })],
  ])('cancels for somebody who %s, whatever the message', (_, recipient) => {
    for (const purpose of ['reply', 'lesson', 'broadcast'] as const)
      expect(decide(row({ purpose }), circumstances({ recipient }))).toMatchObject({ do: 'cancel' });
  });

  it('lets the last word of the step that stopped or erased him out, at night too', () => {
    for (const recipient of [person({ status: 'stopped' }), undefined])
      expect(decide(row({ final: true }), circumstances({ recipient, now: EVENING }))).toMatchObject({
        do: 'send',
      });
  });

  it('still sends to somebody who opted out on another channel only', () => {
    expect(
      decide(row(), circumstances({ recipient: person({ closed: { sms: 'opted-out' } }) })),
    ).toMatchObject({ do: 'send' });
  });

  it('expires what is no longer worth sending, even if he has stopped', () => {
    expect(decide(row({ expiresAt: NOON }), circumstances({ recipient: undefined }))).toEqual({
      do: 'expire',
    });
  });

  it('keeps quiet in the evening, but answers', () => {
    const evening = circumstances({ now: EVENING, recipient: person({ lastHeardAt: EVENING }) });
    expect(decide(row({ purpose: 'lesson' }), evening)).toEqual({
      do: 'defer',
      until: new Date('2026-01-05T10:00:00+05:30'),
    });
    expect(decide(row({ purpose: 'reply' }), evening)).toEqual({ do: 'send', outside: false });
    expect(decide(row({ purpose: 'nudge', urgent: true }), evening)).toEqual({ do: 'send', outside: false });
  });

  it('expires at once what would expire before the quiet hours end', () => {
    const evening = circumstances({ now: EVENING, recipient: person({ lastHeardAt: EVENING }) });
    expect(decide(row({ purpose: 'nudge', expiresAt: after(8 * HOUR, EVENING) }), evening)).toEqual({
      do: 'expire',
    });
  });

  describe('outside the window', () => {
    const late = person({ lastHeardAt: after(-25 * HOUR) });

    it('sends by template while somebody may still be reached today', () => {
      expect(
        decide(row({ purpose: 'lesson' }), circumstances({ recipient: late, hasTemplate: true })),
      ).toEqual({ do: 'send', outside: true });
    });
    it('waits for a seat when nobody may', () => {
      expect(
        decide(
          row({ purpose: 'lesson' }),
          circumstances({ recipient: late, hasTemplate: true, hasSeat: false }),
        ),
      ).toEqual({ do: 'park', waiting: 'reach' });
    });
    it('waits until he writes when there is no template', () => {
      expect(decide(row({ purpose: 'lesson' }), circumstances({ recipient: late }))).toEqual({
        do: 'park',
        waiting: 'window',
      });
    });
    it('goes by the other channel when there is no template and he agreed to that', () => {
      expect(
        decide(row({ purpose: 'lesson' }), circumstances({ recipient: { ...late, fallback: sms } })),
      ).toMatchObject({ do: 'fall-back', to: sms });
    });
    it('needs no template where there is no window', () => {
      expect(
        decide(
          row({ purpose: 'lesson', channel: 'sms' }),
          circumstances({ recipient: late, rules: senderRules('twilio-sms') }),
        ),
      ).toEqual({ do: 'send', outside: true });
    });
  });

  it('does not try where nobody is reached', () => {
    const recipient = person({ closed: { whatsapp: 'unreachable' } });
    expect(decide(row(), circumstances({ recipient }))).toMatchObject({ do: 'fail', kind: 'address' });
    expect(decide(row(), circumstances({ recipient: { ...recipient, fallback: sms } }))).toMatchObject({
      do: 'fall-back',
      to: sms,
    });
  });
});

describe('isOutside', () => {
  it.each([
    [person({ lastHeardAt: after(-DAY + 120_000) }), false],
    [person({ lastHeardAt: after(-DAY + 30_000) }), true],
    [person({ lastHeardAt: undefined }), true],
  ])('judges %j with a minute to spare', (recipient, outside) => {
    expect(isOutside(row({ purpose: 'lesson' }), recipient, NOON)).toBe(outside);
  });
  it('believes WhatsApp rather than its own books', () => {
    expect(isOutside(row({ outside: true }), person(), NOON)).toBe(true);
  });
  it('takes an answer’s own time when nothing else is known of him', () => {
    expect(isOutside(row({ createdAt: after(-HOUR) }), undefined, NOON)).toBe(false);
    expect(isOutside(row({ createdAt: after(-DAY) }), undefined, NOON)).toBe(true);
  });
});

describe('fallback', () => {
  const agreed = person({ fallback: sms });
  it('is the other channel that he agreed to', () => {
    expect(fallback(row(), agreed)).toEqual(sms);
  });
  it.each([
    ['he agreed to none', row(), person()],
    ['it is the same channel', row({ channel: 'sms' }), agreed],
    ['the message has fallen back already', row({ _id: 'p1:1:0~sms' }), agreed],
    ['it is the last word', row({ final: true }), agreed],
    ['it is closed too', row(), person({ fallback: sms, closed: { sms: 'unreachable' } })],
    ['he is gone', row(), undefined],
  ])('is none when %s', (_, message, recipient) => {
    expect(fallback(message, recipient)).toBeUndefined();
  });
});

describe('refusal', () => {
  it('is none for somebody who is joining or active', () => {
    for (const status of ['joining', 'active'] as const)
      expect(refusal(row(), person({ status }))).toBeUndefined();
  });

  it('stays for what was written before his last STOP, though he came back with START', () => {
    const back = person({ lastStop: 5 });
    expect(refusal(row({ sequence: 4 }), back)).toBeDefined();
    expect(refusal(row({ sequence: 5 }), back)).toBeUndefined();
    expect(refusal(row({ sequence: 6 }), back)).toBeUndefined();
  });
});
