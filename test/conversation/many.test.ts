/**
 * Whoever writes to many, whatever he types, taps or sends, in whatever order: nothing throws, nothing leaves that he
 * has not confirmed, and every order speaks of his own group, his own area, his own draft.
 */
import fc from 'fast-check';
import type { Incoming, Participant, Roles, SignalTimer, StoredEffect, View } from '../../src/conversation';
import { emptyPreview } from '../../src/conversation';
import { settled } from '../../src/demo';
import { toParticipant } from '../../src/people/document';
import { content, core, SEED } from './world';

const START = new Date('2026-01-04T10:00:00+05:30');
const ROLES: Record<string, Roles> = {
  mentor: { mentor: { since: START } },
  national: { coordinator: { level: 'national', since: START } },
  state: { coordinator: { level: 'state', place: 'UP', since: START } },
  district: { coordinator: { level: 'district', place: 'UP-sitapur', since: START } },
};

const person = (roles: Roles): Participant =>
  toParticipant(
    settled(
      {
        id: 'he',
        address: { channel: 'whatsapp', address: '+919800000101' },
        language: 'en',
        name: 'Arjun',
        state: 'UP',
        district: 'UP-sitapur',
        isSaathi: false,
        roles,
        notice: content.consentVersion,
      },
      START,
    ),
  );

const sent = { id: 'b1', state: 'done' as const, words: 'Come on Sunday!', told: 3 };
const VIEW: View = {
  at: START,
  groups: [
    {
      code: 'KTR47',
      name: 'Sitapur',
      members: [
        {
          number: 1,
          participantId: 'm1',
          name: 'Asif',
          language: 'en',
          status: 'active',
          medium: 'whatsapp',
        },
        { number: 2, participantId: 'm2', name: 'Ravi', language: 'hi', status: 'active', medium: 'sms' },
      ],
      meetings: [{ id: 'm', at: new Date('2026-01-10T17:00:00+05:30'), place: 'School', reminders: [] }],
      week: 1,
      answers: [],
    },
  ],
  broadcasts: { latest: [sent], left: 2 },
  area: {
    latest: [
      { ...sent, from: 'Dev' },
      { ...sent, id: 'b2', state: 'sending', from: 'Meena' },
    ],
    left: 3,
  },
};

const words = [
  ...Object.values(content.words.commands).flat(),
  ...Object.values(content.words.worded).flat(),
];
const typed = fc.oneof(
  fc.constantFrom('coordinator', 'mentor', 'message to the group', 'write a message', 'what was sent'),
  fc.constantFrom('sitapur', 'nadia', 'uttar pradesh', 'KTR47', 'VJY52', 'b9', '__proto__', '{{name}}'),
  fc.constantFrom('14/6 5pm', 'kal 5 baje', '31/2', 'yesterday', '१४ जून शाम ५ बजे', '2026-01-10', '0', '366'),
  fc.constantFrom('Come on Sunday, all of you!', 'ok', 'x'.repeat(700), 'my husband beats me'),
  fc.constantFrom(...words),
  fc.integer({ min: 0, max: 30 }).map(String),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const incoming: fc.Arbitrary<Incoming> = fc.oneof(
  { weight: 5, arbitrary: typed.map((text): Incoming => ({ kind: 'text', text })) },
  fc.constantFrom<Incoming>(
    { kind: 'image', text: '', mediaRef: 'ref' },
    { kind: 'image', text: 'Come on Sunday!', mediaRef: 'ref' },
    { kind: 'image', text: 'my husband beats me', mediaRef: 'ref' },
    { kind: 'voice', text: '', mediaRef: 'ref' },
    { kind: 'voice', text: '' },
    { kind: 'image', text: '' },
    { kind: 'tap', text: '', optionId: 'send-it' },
    { kind: 'tap', text: '', optionId: 'sent-9' },
  ),
);
const act = fc.oneof(
  { weight: 3, arbitrary: fc.nat(9).map((nth) => ({ nth })) },
  { weight: 2, arbitrary: incoming },
);

/** So far it is a usual way, for a mentor or a coordinator, so that the rest of it happens near the end of one. */
const WAYS = [
  [],
  ['message to the group', 'new message', 'to all', 'Come on Sunday, all of you!'],
  ['write a message', 'go on with these', 'Come on Sunday, all of you!', 'now'],
  ['what was sent', '2'],
];

/** What he is offered there, by its place on the list. */
function offered(participant: Participant, nth: number): Incoming {
  const { conversation, ...known } = participant;
  const { options } = core.engine.expectation(conversation.state, {
    ...known,
    scratch: conversation.scratch,
    view: VIEW,
  });
  const option = options[nth % Math.max(options.length, 1)];
  return option
    ? { kind: 'tap', text: '', optionId: option.id }
    : { kind: 'text', text: 'Come on Sunday, all of you!' };
}

/** The service's answer to a draft. */
function counted(participant: Participant, token: string, now: Date) {
  const preview = { ...emptyPreview(), people: 2 };
  const timer: SignalTimer = {
    id: 'drafted',
    event: 'BROADCAST_DRAFTED',
    due: now,
    data: { token, broadcast: `draft ${token}`, preview },
  };
  const { conversation } = participant;
  return core.fireDue({ ...participant, conversation: { ...conversation, timers: [timer] } }, now, VIEW)!;
}

const up = content.states.find(({ id }) => id === 'UP')!;
const inUp = new Set(up.districts.map(({ id }) => id));

function check(who: string, effects: StoredEffect[], drafts: string[]): void {
  for (const effect of effects) {
    if (effect.type !== 'order') continue;
    const { order } = effect;
    if (order.do === 'send broadcast') {
      expect([who, order.group]).toEqual(['mentor', 'KTR47']);
      expect(order.words !== '' || order.media !== undefined).toBe(true);
    }
    if (order.do === 'draft broadcast') {
      expect(who).not.toBe('mentor');
      expect(order.words).not.toBe('');
      const { states = [], districts = [] } = order.aim;
      if (who !== 'national') expect(states).toEqual([]);
      if (who === 'state') for (const id of districts) expect(inUp).toContain(id);
      if (who === 'district') expect(districts).toEqual([]);
    }
    if (order.do === 'confirm broadcast') {
      expect(drafts).toContain(order.broadcast);
      expect(order.startsAt.getTime()).toBeGreaterThanOrEqual(effect.at.getTime() + 120_000);
    }
    if (order.do === 'steer broadcast') {
      expect(['b1', 'b2']).toContain(order.broadcast);
      expect(order.hat).toBe(who === 'mentor' ? 'mentor' : 'coordinator');
    }
  }
}

const reached = new Set<string>();

test.each(Object.keys(ROLES))('a %s', (who) => {
  const start = person(ROLES[who]!);
  fc.assert(
    fc.property(fc.constantFrom(...WAYS), fc.array(act, { minLength: 1, maxLength: 40 }), (way, acts) => {
      let participant = start;
      let now = START;
      const drafts: string[] = [];
      const hear = (one: Incoming, id: string) => {
        now = new Date(now.getTime() + 1_000);
        const message = { id, channel: 'whatsapp', medium: 'whatsapp' } as const;
        const stepped = core.hear(participant, one, message, now, VIEW);
        check(who, stepped.effects, drafts);
        participant = stepped.participant.status === 'gone' ? start : stepped.participant;
        for (const effect of stepped.effects) {
          if (effect.type !== 'order') continue;
          reached.add(effect.order.do);
          if (effect.order.do !== 'draft broadcast' || participant.status !== 'active') continue;
          drafts.push(`draft ${effect.order.token}`);
          participant = counted(participant, effect.order.token, now).participant;
        }
      };
      hear({ kind: 'text', text: who === 'mentor' ? 'mentor' : 'coordinator' }, 'first');
      way.forEach((text, index) => hear({ kind: 'text', text }, `w${index}`));
      acts.forEach((one, index) => hear('nth' in one ? offered(participant, one.nth) : one, `m${index}`));
    }),
    { seed: SEED, numRuns: 250 },
  );
});

test('the walks really get to the orders', () => {
  for (const order of ['send broadcast', 'draft broadcast', 'confirm broadcast', 'steer broadcast'])
    expect(reached).toContain(order);
});
