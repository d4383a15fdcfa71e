import type { Channel, ChannelId } from '../../src/channels/channel';
import { fallbackRow, joinWork, parseEffectId, sortEffects } from '../../src/delivery/rows';
import { FakeChannel } from './fake-channel';
import { after, delivery, HOUR, NOON, noon, row, say } from './samples';

const channels = new Map<ChannelId, Channel>([['sms', new FakeChannel('sms', 's', noon())]]);

describe('parseEffectId', () => {
  it('reads sequence and index, whatever the participant’s id holds', () => {
    expect(parseEffectId('a:b:12:3')).toEqual({ sequence: 12, index: 3 });
  });
  it.each(['', 'p1', 'p1:1', 'p1:1:x', 'p1:1:0~sms'])('refuses %p', (id) => {
    expect(() => parseEffectId(id)).toThrow('participant:sequence:index');
  });
});

describe('sortEffects', () => {
  it('makes a row of all that a say holds, and nothing that it does not', () => {
    const effect = say('lesson', {
      options: [{ id: 'a', key: 'k' }],
      standalone: [{ key: 's' }],
      expiresAt: after(HOUR),
    });
    const [made] = sortEffects([delivery('p1', 3, [effect])], channels).rows;
    expect(made).toEqual({
      ...row({ _id: 'p1:3:0', purpose: 'lesson', priority: 3, sequence: 3, expiresAt: after(HOUR) }),
      say: { parts: [{ key: 'test.hello' }], options: [{ id: 'a', key: 'k' }], standalone: [{ key: 's' }] },
    });
  });

  it('knows no language before he has chosen one', () => {
    const [made] = sortEffects([{ ...delivery('p1', 1, [say()]), language: undefined }], channels).rows;
    expect(made).not.toHaveProperty('language');
  });

  it('takes the words of a step that stops or erases for the last, before and after it, and no other step’s', () => {
    const both = delivery('p1', 1, [say(), { type: 'cancel' }, say()]);
    both.effects.push(
      ...delivery('p1', 2, [say()]).effects,
      ...delivery('p1', 3, [say(), { type: 'erase' }]).effects,
    );
    expect(sortEffects([both], channels).rows.map(({ _id, final }) => [_id, final])).toEqual([
      ['p1:1:0', true],
      ['p1:1:2', true],
      ['p1:2:0', undefined],
      ['p1:3:0', true],
    ]);
  });

  it('notes who was heard on which channel, once each', () => {
    const work = sortEffects(
      [
        delivery('p1', 1, [say(), say()]),
        delivery('p2', 1, [say('lesson')]),
        delivery('p3', 1, [say()], NOON, 'sms'),
      ],
      channels,
    );
    expect([...work.heard]).toEqual([
      ['whatsapp', ['p1']],
      ['sms', ['p3']],
    ]);
  });
});

describe('joinWork', () => {
  it('loses nothing', () => {
    const works = [1, 2].map((n) =>
      sortEffects([delivery(`p${n}`, 1, [say(), { type: 'cancel' }, { type: 'erase' }])], channels),
    );
    const all = joinWork(works);
    expect(all.rows.map(({ _id }) => _id)).toEqual(['p1:1:0', 'p2:1:0']);
    expect(all.withdrawals.map(({ participantId }) => participantId)).toEqual(['p1', 'p2']);
    expect(all.erasures).toHaveLength(2);
    expect([...all.heard]).toEqual([['whatsapp', ['p1', 'p2']]]);
  });
});

describe('fallbackRow', () => {
  it('is the same content elsewhere, fresh, under an id that can exist once', () => {
    const failed = row({
      state: 'failed',
      attempts: 3,
      providerId: 'SM1',
      expiresAt: after(HOUR),
      times: { sent: NOON },
    });
    const made = fallbackRow(failed, { channel: 'sms', address: '+919811111111' }, after(60_000), channels);
    expect(made).toMatchObject({
      _id: 'p1:1:0~sms',
      channel: 'sms',
      address: '+919811111111',
      medium: 'sms',
      state: 'pending',
      live: true,
      lane: 'sms.open',
      attempts: 0,
      dueAt: after(60_000),
      expiresAt: after(HOUR),
      say: failed.say,
    });
    expect(made).not.toHaveProperty('providerId');
  });
});
