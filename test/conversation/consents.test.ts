/** Consent by purpose: asked when it first matters, shown and changed on one page, and asked anew when the notice changes. */
import {
  agreesTo,
  createCore,
  lastWordOn,
  needsRenewal,
  newcomer,
  type Participant,
  type StoredEffect,
} from '../../src/conversation';
import { content, core } from './world';

const newer = createCore({ ...content, consentVersion: '99' });
const AT = new Date('2026-01-04T10:00:00+05:30');
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000);

interface Told {
  he: Participant;
  effects: StoredEffect[];
}

/** He writes one thing after the other. */
function writes(he: Participant, texts: string[], { at = AT, house = core } = {}): Told {
  return texts.reduce<Told>(
    ({ he: before }, text) => {
      const message = { id: `m-${before.sequence}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
      const stepped = house.hear(before, { kind: 'text', text }, message, at);
      return { he: stepped.participant, effects: stepped.effects };
    },
    { he, effects: [] },
  );
}

const keysOf = ({ effects }: Told) =>
  effects.flatMap((one) => (one.type === 'say' ? one.parts.map(({ key }) => key) : []));
const recorded = ({ effects }: Told) =>
  effects.flatMap((one) => (one.type === 'record' ? [[one.entry, one.data?.purpose]] : []));

const UP_TO_GROUP = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur'];
const REST = ['7', '3', '1'];
const joined = (...group: string[]) => writes(newcomer('p1', AT), [...UP_TO_GROUP, ...group, ...REST]);

test('lessons are agreed to while joining; nothing else is asked of one without a group', () => {
  const { he } = joined('1');
  expect(he.consents.map(({ purpose, given }) => [purpose, given])).toEqual([['lessons', true]]);
  expect(lastWordOn(he.consents, 'lessons')).toEqual({
    purpose: 'lessons',
    notice: content.consentVersion,
    language: 'en',
    channel: 'whatsapp',
    messageId: expect.stringMatching(/^m-\d+$/),
    at: AT,
    given: true,
  });
});

test.each([
  ['1', true],
  ['2', false],
])('with the code of a group he is asked about its mentor: %s', (answer, given) => {
  const asked = writes(newcomer('p1', AT), [...UP_TO_GROUP, 'SITA12']);
  expect(keysOf(asked)).toContain('consents.ask.mentor');
  const { he } = joined('SITA12', answer);
  expect(agreesTo(he.consents, 'mentor')).toBe(given);
  expect(he.profile.joinedAt).toBeDefined();
});

test('the page shows each purpose; what is on goes off with one tap and one sentence, and on again when asked', () => {
  const { he } = joined('SITA12', '1');
  const page = writes(he, ['my consents']);
  expect(keysOf(page)).toEqual([
    'consents.head',
    'consents.on',
    'consents.on',
    'consents.off',
    'consents.off',
    'consents.change',
  ]);
  const ended = writes(page.he, ['1']);
  expect(recorded(ended)).toContainEqual(['purpose.withdrawn', 'mentor']);
  expect(keysOf(ended)[0]).toBe('consents.withdrawn.mentor');
  expect(agreesTo(ended.he.consents, 'mentor')).toBe(false);
  const again = writes(ended.he, ['my consents', '1', '1']);
  expect(agreesTo(again.he.consents, 'mentor')).toBe(true);
  // Every answer stays as evidence.
  expect(again.he.consents.filter(({ purpose }) => purpose === 'mentor')).toHaveLength(3);
});

test.each(['research', 'calls'] as const)('%s is asked on the page, and a no changes nothing', (purpose) => {
  const { he } = joined('1');
  const number = purpose === 'research' ? '2' : '3';
  const no = writes(he, ['my consents', number, 'no']);
  expect(recorded(no)).toContainEqual(['purpose.declined', purpose]);
  expect(agreesTo(no.he.consents, purpose)).toBe(false);
  expect(agreesTo(no.he.consents, 'lessons')).toBe(true);
  expect(no.he.status).toBe('active');
  expect(agreesTo(writes(he, ['my consents', number, '1']).he.consents, purpose)).toBe(true);
});

describe('when the notice has changed', () => {
  const { he } = joined('1');

  test('his next word, whatever it is, is answered with the new notice; a yes leads back to where he was', () => {
    for (const text of ['menu', 'lesson', '1', 'xyzzy', 'progress', 'start']) {
      const asked = writes(he, [text], { house: newer });
      expect(keysOf(asked)).toEqual(['consents.changed', 'consent.notice', 'consent.ask']);
      const agreed = writes(asked.he, ['1'], { house: newer });
      expect(needsRenewal(agreed.he, '99')).toBe(false);
      expect(agreed.he.conversation.state).toBe(he.conversation.state);
      expect(agreed.he.consents).toHaveLength(2);
    }
  });

  test('what is his right is his without it', () => {
    const rights: [string, string][] = [
      ['stop', 'stopped'],
      ['delete', 'aside.delete'],
      ['my data', 'aside.my-data'],
      ['my consents', 'aside.consents'],
      ['help', 'aside.help'],
      ['my brother beats me', 'care.told'],
    ];
    for (const [text, state] of rights)
      expect(writes(he, [text], { house: newer }).he.conversation.state).toBe(state);
    expect(writes(he, ['delete', 'yes, erase it'], { house: newer }).he.status).toBe('gone');
  });

  test('a no ends it like STOP, and START asks again', () => {
    const ended = writes(he, ['menu', '2'], { house: newer });
    expect(ended.he.status).toBe('stopped');
    expect(ended.effects[0]).toMatchObject({ type: 'cancel' });
    expect(ended.effects.find(({ type }) => type === 'say')).toMatchObject({ final: true });
    expect(ended.he.conversation.timers).toEqual([]);
    const back = writes(ended.he, ['start'], { house: newer });
    expect(keysOf(back)).toContain('consent.notice');
    const agreed = writes(back.he, ['1'], { house: newer });
    expect(agreed.he.status).toBe('active');
    expect(needsRenewal(agreed.he, '99')).toBe(false);
  });

  test('lessons wait until he has answered, and he is reminded once', () => {
    let now: Participant = writes(he, ['1']).he;
    const said: string[][] = [];
    for (let day = 1; day <= 60; day += 1) {
      for (;;) {
        const fired = newer.fireDue(now, later(day));
        if (!fired) break;
        now = fired.participant;
        const keys = keysOf({ he: now, effects: fired.effects });
        if (keys.length > 0) said.push(keys);
      }
    }
    expect(said).toEqual([['consents.reminder']]);
    expect(now.lessons).toHaveLength(1);
    const agreed = writes(now, ['ok', '1'], { at: later(61), house: newer });
    expect(needsRenewal(agreed.he, '99')).toBe(false);
    const next = newer.fireDue(agreed.he, later(69));
    expect(next?.effects.some(({ type }) => type === 'say')).toBe(true);
  });
});

test('consents from before there were purposes are for the lessons; a role or an agreement to SMS is not', () => {
  const old = { language: 'hi', channel: 'whatsapp', messageId: 'm', at: AT, given: true } as const;
  expect(agreesTo([{ ...old, notice: '1' }], 'lessons')).toBe(true);
  expect(agreesTo([{ ...old, notice: 'role-mentor' }], 'lessons')).toBe(false);
  expect(agreesTo([{ ...old, notice: 'sms-fallback' }], 'lessons')).toBe(false);
});
