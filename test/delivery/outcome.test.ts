import type { FailureKind, SendResult } from '../../src/channels/channel';
import { backOff, spread } from '../../src/delivery/back-off';
import { fail, settle } from '../../src/delivery/outcome';
import { after, HOUR, NOON, row } from './samples';

const half = () => 0.5;
const settled = (result: SendResult, changes = {}) =>
  settle(row(changes), result, NOON, half, { maxAttempts: 3 });
const failed = (kind: FailureKind, changes = {}) =>
  fail(row(changes), { kind, code: '1', reason: 'No.' }, NOON, half);

describe('settle', () => {
  it('takes accepted for sent', () => {
    expect(settled({ outcome: 'accepted', providerId: 'SM1', segments: 2 })).toEqual({
      next: { state: 'sent', providerId: 'SM1', segments: 2 },
      actions: [],
    });
  });

  it('tries a rejected message later, counts it, and holds the sender back', () => {
    const { next, actions } = settled(
      { outcome: 'retry', code: '429', reason: 'Too fast.' },
      { attempts: 1 },
    );
    expect(next).toMatchObject({
      state: 'pending',
      waiting: 'open',
      set: { attempts: 2 },
      error: { kind: 'rejected', code: '429' },
    });
    expect(actions).toEqual([{ do: 'slow-down', ms: 1_000 }]);
  });

  it('waits at least as long as the provider asks for', () => {
    const { next, actions } = settled({ outcome: 'retry', reason: 'Too fast.', retryAfterMs: 90_000 });
    expect(next).toMatchObject({ dueAt: after(90_000) });
    expect(actions).toEqual([{ do: 'slow-down', ms: 90_000 }]);
  });

  it('gives a message up after the last attempt and tells the operator', () => {
    const { next, actions } = settled({ outcome: 'retry', reason: 'Too fast.' }, { attempts: 2 });
    expect(next).toMatchObject({ state: 'dead' });
    expect(actions).toContainEqual({ do: 'alert', about: 'dead' });
  });

  it('looks into an unknown outcome after a while and never sends blindly', () => {
    expect(settled({ outcome: 'unknown', reason: 'Timed out.' }).next).toMatchObject({
      state: 'unknown',
      dueAt: after(15_000),
    });
  });

  it('keeps a message’s attempts when it is the sender that is broken', () => {
    const { next, actions } = settled(
      { outcome: 'sender-down', code: '20003', reason: 'Wrong token.' },
      { attempts: 2 },
    );
    expect(next).toMatchObject({ state: 'pending', dueAt: NOON });
    expect(next).not.toHaveProperty('set');
    expect(actions).toEqual([{ do: 'sender-down' }]);
  });
});

describe('fail', () => {
  it.each<[FailureKind, object[]]>([
    ['consent', [{ do: 'opt-out' }]],
    ['address', [{ do: 'unreachable' }, { do: 'fall-back' }]],
    ['template', [{ do: 'alert', about: 'template' }, { do: 'fall-back' }]],
    ['filter', [{ do: 'alert', about: 'filter' }]],
    ['other', []],
  ])('%s ends the message', (kind, actions) => {
    expect(failed(kind)).toEqual({
      next: { state: 'failed', error: { kind, code: '1', reason: 'No.' } },
      actions,
    });
  });

  it('window: once more as outside the window, then over', () => {
    expect(failed('window').next).toMatchObject({ state: 'pending', set: { outside: true } });
    expect(failed('window', { outside: true })).toMatchObject({
      next: { state: 'failed' },
      actions: [{ do: 'fall-back' }],
    });
  });

  it('undelivered: twice more, hours apart, then the other channel', () => {
    expect(failed('undelivered').next).toMatchObject({
      state: 'pending',
      dueAt: after(2 * HOUR * 1.125),
      set: { resends: 1 },
    });
    expect(failed('undelivered', { resends: 1 }).next).toMatchObject({
      state: 'pending',
      dueAt: after(6 * HOUR * 1.125),
      set: { resends: 2 },
    });
    expect(failed('undelivered', { resends: 2 })).toMatchObject({
      next: { state: 'failed' },
      actions: [{ do: 'fall-back' }],
    });
  });

  it('marketing-cap: a day later, once', () => {
    expect(failed('marketing-cap').next).toMatchObject({ state: 'pending', dueAt: after(24 * HOUR * 1.125) });
    expect(failed('marketing-cap', { resends: 1 }).next).toMatchObject({ state: 'failed' });
  });

  it('expired: expired', () => {
    expect(failed('expired').next).toMatchObject({ state: 'expired' });
  });

  it('sender: the circuit opens, and the message waits for it, but not for ever', () => {
    expect(failed('sender')).toMatchObject({ next: { state: 'pending' }, actions: [{ do: 'sender-down' }] });
    expect(failed('sender', { resends: 2 })).toMatchObject({ next: { state: 'failed' } });
  });
});

describe('backOff', () => {
  it('doubles its ceiling up to the cap and spreads fully below it', () => {
    const most = (attempt: number) => backOff(attempt, () => 0.999_999_999);
    expect([0, 1, 2, 3].map(most)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(most(30)).toBe(900_000);
    expect(backOff(5, () => 0)).toBe(1);
  });
  it('spreads waits of hours by up to a quarter', () => {
    expect(spread(1_000, () => 0)).toBe(1_000);
    expect(spread(1_000, () => 0.999_999)).toBe(1_250);
  });
});
