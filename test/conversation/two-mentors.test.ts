/**
 * Two mentors, side by side: whatever one of them types or taps, he sees, counts and reaches nobody of the other's.
 * The services check the same once more (test/people/handover.wire.test.ts).
 */
import fc from 'fast-check';
import { type Participant, type StoredEffect, type View } from '../../src/conversation';
import { settled } from '../../src/demo';
import { toParticipant } from '../../src/people/document';
import { content, core, SEED } from './world';

const START = new Date('2026-01-04T10:00:00+05:30');

/** Names, ids and codes that say whose they are. */
function viewOf(whose: 'A' | 'B'): View {
  const member = (number: number) => ({
    number,
    participantId: `id-${whose}${number}`,
    name: `Man${whose}${number}`,
    language: 'en' as const,
    status: 'active' as const,
    lastHeardAt: START,
    lessons: number,
    actions: 1,
    pledges: 0,
  });
  const group = (code: string, numbers: number[]) => ({
    code,
    name: `Group${whose} ${code}`,
    members: numbers.map(member),
    meetings: [],
  });
  const groups =
    whose === 'A' ? [group('KTR47', [1, 2, 9]), group('KTR48', [3])] : [group('VJY52', [1, 2, 9, 14])];
  return { at: START, groups } as unknown as View;
}

const OWN = viewOf('A');
const OTHER = viewOf('B');

const mentor: Participant = toParticipant(
  settled(
    {
      id: 'mentor-a',
      address: { channel: 'whatsapp', address: '+919800000101' },
      language: 'en',
      name: 'Arjun',
      state: 'UP',
      district: 'UP-sitapur',
      isSaathi: false,
      roles: { mentor: { since: START } },
      notice: content.consentVersion,
    },
    START,
  ),
);

const words = [...Object.values(content.words.commands), ...Object.values(content.words.worded)].flat();
const others = ['VJY52', 'ManB1', 'ManB14', 'id-B1', 'GroupB VJY52', '+919800000102', '98000 00102'];
const own = ['KTR47', 'KTR48', 'ManA2', '98000 00105', 'my men', "mentor's menu", 'about the group'];
const number = fc
  .oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom('१', '১৪', '1 3 5-9', 'all but 14'))
  .map(String);
const when = fc.constantFrom('14/6 5pm school', 'kal 5 baje', 'Sunday 17:00', '१४ जून शाम ५ बजे', '2026-01-10');
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom(...others, ...own) },
  fc
    .tuple(fc.constantFrom(...words), fc.oneof(fc.constantFrom(...others, ...own), number, when))
    .map(([word, rest]) => `${word} ${rest}`),
  when,
);
const act = fc.oneof(
  { weight: 3, arbitrary: text.map((typed) => ({ kind: 'text' as const, text: typed })) },
  // An answer that is offered …
  { weight: 5, arbitrary: fc.nat(9).map((nth) => ({ nth })) },
  // … or one from some other message, forged or of the other's.
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('VJY52', 'remove-yes', 'hand-over-yes', 'take-group', 'move-member', 'new-number')
      .map((optionId) => ({ kind: 'tap' as const, text: optionId, optionId })),
  },
);

/** Everything of the other's that an effect could carry, but for what he has typed himself. */
function traces(effects: StoredEffect[], typed: string): string[] {
  const told = JSON.stringify(effects);
  const secrets = OTHER.groups.flatMap(({ code, name, members }) => [
    code,
    name,
    ...members.flatMap((one) => [one.name, one.participantId]),
  ]);
  return secrets.filter(
    (secret) => told.includes(secret) && !typed.toUpperCase().includes(secret.toUpperCase()),
  );
}

const ownCodes = new Set(OWN.groups.map(({ code }) => code));
const ownMen = new Set(
  OWN.groups.flatMap(({ members }) => members.map(({ participantId }) => participantId)),
);

test('no command, number or tap of a mentor shows or reaches anybody of another’s group', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), (acts) => {
      let participant = mentor;
      let now = START;
      let everTyped = '';
      acts.forEach((one, index) => {
        now = new Date(now.getTime() + 1_000);
        const { conversation, ...known } = participant;
        const { options } = core.engine.expectation(conversation.state, {
          ...known,
          scratch: conversation.scratch,
          view: OWN,
        });
        const tapped = 'nth' in one ? options[one.nth % Math.max(options.length, 1)]?.id : undefined;
        const incoming =
          'nth' in one
            ? tapped === undefined
              ? { kind: 'text' as const, text: 'mentor' }
              : { kind: 'tap' as const, text: '', optionId: tapped }
            : one;
        everTyped += ` ${incoming.text}`;
        const message = { id: `m${index}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
        const stepped = core.hear(participant, incoming, message, now, OWN);
        expect(traces(stepped.effects, everTyped)).toEqual([]);
        for (const effect of stepped.effects) {
          if (effect.type !== 'order') continue;
          const { order } = effect;
          // A code that he types to join is his word alone; everything else names what is his.
          if ('group' in order && order.do !== 'answer group offer') expect(ownCodes).toContain(order.group);
          if ('to' in order) expect(ownCodes).toContain(order.to);
          if ('member' in order) expect(ownMen).toContain(order.member);
          if ('ids' in order) for (const id of order.ids) expect(ownMen).toContain(id);
        }
        participant = stepped.participant.status === 'gone' ? mentor : stepped.participant;
      });
    }),
    { seed: SEED, numRuns: 400 },
  );
});

test('the walk really gets to the orders', () => {
  const say = (participant: Participant, typed: string) =>
    core.hear(
      participant,
      { kind: 'text', text: typed },
      { id: typed, channel: 'whatsapp', medium: 'whatsapp' },
      START,
      OWN,
    );
  let participant = mentor;
  let last: StoredEffect[] = [];
  for (const typed of ['mentor', 'my men', '9', 'out of the group', 'yes, he leaves'])
    ({ participant, effects: last } = say(participant, typed));
  expect(last).toContainEqual(
    expect.objectContaining({ order: { do: 'remove member', group: 'KTR47', member: 'id-A9' } }),
  );
});
