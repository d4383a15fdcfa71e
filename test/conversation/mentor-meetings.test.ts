/** A mentor at his meetings: whatever he types, it reaches only his own group, and only with a sensible meeting. */
import { BSON } from 'bson';
import fc from 'fast-check';
import {
  newcomer,
  type GroupView,
  type Incoming,
  type MeetingView,
  type Participant,
  type Stepped,
  type StoredEffect,
} from '../../src/conversation';
import { content, core, SEED } from './world';

const START = new Date('2026-11-24T11:00:00+05:30');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const mentor: Participant = {
  ...newcomer('mentor', START),
  status: 'active',
  profile: { zone: 'Asia/Kolkata', language: 'en', name: 'Arjun' },
  roles: { mentor: { since: START } },
};
const home: Participant = {
  ...mentor,
  conversation: { ...mentor.conversation, state: 'mentor.home', scratch: { hat: 'mentor' } },
};

const meeting = (id: string, at: Date): MeetingView => ({ id, at, place: 'School', reminders: ['two-days'] });
const group = (meetings: MeetingView[] = []): GroupView => ({
  code: 'KTR47',
  name: 'Ravidas Tola',
  members: [1, 2, 3, 7, 12].map((number) => ({
    number,
    participantId: `m${number}`,
    name: `Saathi ${number}`,
    language: number === 2 ? ('hi' as const) : ('en' as const),
    status: 'active' as const,
    medium: number === 2 ? ('sms' as const) : ('whatsapp' as const),
    lessons: 0,
    actions: 0,
    pledges: 0,
  })),
  meetings,
  week: 0,
  answers: [],
});

const ordersOf = (effects: StoredEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'order' ? [effect.order] : []));
const textOf = ({ effects, participant }: Stepped) =>
  effects
    .flatMap((effect) => (effect.type === 'say' ? effect.parts : []))
    .map((part) => core.translate(part, participant.profile.language ?? 'hi'))
    .join('\n');

let messages = 0;
function hear(participant: Participant, text: string, at: Date, groups = [group()]): Stepped {
  const [, option] = /^\((.*)\)$/.exec(text) ?? [];
  const incoming: Incoming =
    option === undefined ? { kind: 'text', text } : { kind: 'tap', text: '', optionId: option };
  const message = { id: `in${++messages}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
  return core.hear(participant, incoming, message, at, { at, groups });
}

/** All that comes of these messages, a second apart. */
function after(texts: string[], groups = [group()], from = home): { last: Stepped; orders: unknown[] } {
  const orders: unknown[] = [];
  let last: Stepped = { participant: from, effects: [] };
  texts.forEach((text, index) => {
    last = hear(last.participant, text, new Date(START.getTime() + index * 1_000), groups);
    orders.push(...ordersOf(last.effects));
  });
  return { last, orders };
}

const AT = new Date('2026-12-14T17:00:00+05:30');

test.each([
  [['MEET 14/12 5pm school', '(send-it)']],
  [['meet 14/12', '5 pm', 'school', '(send-it)']],
  [['meeting', '1', '14 disambar', 'sham 5 baje', 'school', '1']],
  [['बैठक १४ दिसंबर शाम ५ बजे school', '1']],
  [['MEET school', '14/12 17:00', '1']],
])('%j calls it', (texts) => {
  const { orders } = after(texts);
  expect(orders).toEqual([
    {
      do: 'call meeting',
      group: 'KTR47',
      at: AT,
      place: 'school',
      reminders: ['two-days', 'three-hours'],
      tellAt: expect.any(Date),
    },
  ]);
});

test('the preview says how many, where, what it costs and when it goes out', () => {
  const text = textOf(after(['MEET 14/12 5pm school']).last);
  expect(text).toContain(
    "Arjun invites you to your group's meeting:\nMonday 14 December, 5:00 in the evening",
  );
  expect(text).toMatch(/To 5 Saathis: 4 on WhatsApp, 1 by SMS \(SMS to pay for: [2-5]\)/);
  expect(text).toContain('It goes out in two minutes.');
});

test('at night it waits until the morning, and what would begin before that is not called', () => {
  const night = new Date('2026-11-24T21:30:00+05:30');
  const asked = hear(home, 'MEET 26/11 5pm school', night);
  expect(textOf(asked)).toContain('Wednesday 25 November, 10:00 in the morning');
  const soon = hear(home, 'MEET tomorrow 9am school', night);
  expect(soon.participant.conversation.state).toBe('mentor.calling.day');
  expect(textOf(soon)).toContain('too soon');
});

test('it can be taken back for two minutes, and after that be cancelled', () => {
  const { last } = after(['MEET 14/12 5pm school', '(send-it)']);
  const called = [group([meeting('x', AT)])];
  const back = hear(last.participant, '(undo-it)', new Date(START.getTime() + 2 * MINUTE), called);
  expect(ordersOf(back.effects)).toMatchObject([{ do: 'cancel meeting', group: 'KTR47' }]);
  const late = hear(last.participant, '(undo-it)', new Date(START.getTime() + 3 * MINUTE), called);
  expect(ordersOf(late.effects)).toEqual([]);
  expect(late.participant.conversation.state).toBe('mentor.meetings.ahead');
});

test('a meeting that lies ahead is changed, and a change can be taken back', () => {
  const called = [group([meeting('x', AT)])];
  const { last, orders } = after(['MEET 6pm', '(send-it)', '(undo-it)'], called);
  expect(orders).toMatchObject([
    { do: 'change meeting', meeting: 'x', at: new Date(AT.getTime() + 60 * MINUTE), place: 'School' },
    { do: 'change meeting', meeting: 'x', at: AT, place: 'School', reminders: ['two-days'] },
  ]);
  expect(last.participant.conversation.state).toBe('mentor.home');
  expect(after(['MEET at the temple', '(send-it)'], called).orders).toMatchObject([
    { do: 'change meeting', at: AT, place: expect.stringContaining('temple') },
  ]);
});

test.each([
  ['ATTEND 1 3 7', ['m1', 'm3', 'm7'], 0],
  ['attend all but 2', ['m1', 'm3', 'm7', 'm12'], 0],
  ['हाज़िरी 2 छोड़कर सब, 3 मेहमान', ['m1', 'm3', 'm7', 'm12'], 3],
  ['হাজিরা ১ ৭', ['m1', 'm7'], 0],
  ['ହାଜିରା ୧-୩', ['m1', 'm2', 'm3'], 0],
])('%s', (text, present, guests) => {
  const held = [group([meeting('x', new Date(START.getTime() - DAY))])];
  expect(after([text], held).orders).toEqual([{ do: 'note attendance', meeting: 'x', present, guests }]);
});

test('a number that nobody has, or a meeting that has not begun, notes nothing', () => {
  const held = [group([meeting('x', new Date(START.getTime() - DAY))])];
  expect(after(['ATTEND 1 4'], held).orders).toEqual([]);
  expect(after(['ATTEND 1 3'], [group([meeting('x', AT)])]).orders).toEqual([]);
  expect(after(['ATTEND 1 3'], []).orders).toEqual([]);
});

const words = Object.values(content.words.worded).flat();
const options = content.words.options;
const anything = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...words), fc.string({ maxLength: 20 })).map((two) => two.join(' ')),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...words, ''),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('/', '.', '-', ' ', ' to ', ' but '),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom(
          '',
          ' 5pm',
          ' 25:00',
          ' kal',
          ' school',
          ' ১২ টা',
          ' + 600',
          '\n{{place}} $t(menu.ask)',
        ),
      )
      .map(([word, one, mark, other, rest]) => `${word} ${one}${mark}${other}${rest}`),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '1',
      '2',
      '3',
      '4',
      'back',
      'menu',
      'mentor',
      'xyz',
      ...Object.values(options).map(([first]) => first!),
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
);
const acts = fc.array(fc.tuple(anything, fc.constantFrom(1_000, MINUTE, 5 * MINUTE, 7 * 60 * MINUTE, DAY)), {
  minLength: 1,
  maxLength: 25,
});

test('whatever he types: one answer, an order only for his own group, a moment that can be told in time', () => {
  const own = new Set(group().members.map(({ participantId }) => participantId));
  fc.assert(
    fc.property(acts, fc.constantFrom(-3, -0.1, 2, 40, undefined), (typed, days) => {
      const begins = days === undefined ? [] : [meeting('x', new Date(START.getTime() + days * DAY))];
      let now = START;
      let participant = home;
      for (const [text, later] of typed) {
        now = new Date(now.getTime() + later);
        const stepped = hear(participant, text, now, [group(begins)]);
        participant = BSON.deserialize(BSON.serialize(stepped.participant)) as Participant;
        const isOver = participant.status === 'gone' || participant.status === 'stopped';
        expect(stepped.effects.filter(({ type }) => type === 'say').length).toBe(
          isOver && !stepped.effects.some(({ type }) => type === 'say') ? 0 : 1,
        );
        expect(BSON.calculateObjectSize(participant.conversation)).toBeLessThan(2_048);
        for (const order of ordersOf(stepped.effects)) {
          if ('group' in order) expect(order.group).toBe('KTR47');
          if ('meeting' in order) expect(order.meeting).toBe('x');
          if (order.do === 'call meeting' || order.do === 'change meeting') {
            expect(order.at.getTime()).toBeGreaterThan(now.getTime());
            expect(order.tellAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
            expect(order.place).toMatch(/\p{L}/u);
          }
          if (order.do === 'note attendance') expect(order.present.filter((id) => !own.has(id))).toEqual([]);
        }
      }
    }),
    { seed: SEED, numRuns: 150 },
  );
});

test('he is told how one joins: with link and poster where WhatsApp has a number, in words where not', () => {
  const joinLink = 'https://wa.me/919800000001?text=JOIN%20KTR47';
  const page = ['about the group', 'link and poster'];
  const { last } = after(page, [{ ...group(), joinLink }]);
  expect(textOf(last)).toContain(joinLink);
  expect(last.effects).toMatchObject([
    { picture: { kind: 'poster', group: 'KTR47', language: 'en' }, parts: [{}, { hasPicture: true }] },
  ]);
  const without = after(page).last;
  expect(textOf(without)).toContain('JOIN KTR47');
  expect(without.effects).not.toMatchObject([{ picture: {} }]);
});
