/** Random lives: what may happen to a participant, and a player that lets it happen and looks at every step. */
import fc from 'fast-check';
import { loadContent } from '../../src/content';
import { CONTENT_DIR } from '../../src/paths';
import {
  createCore,
  newcomer,
  type Conversation,
  type Incoming,
  type MessageContext,
  type Participant,
  type Stepped,
} from '../../src/conversation';

export const content = loadContent(CONTENT_DIR);
export const core = createCore(content);

/** The same seed at every run: a test that fails here fails everywhere. */
export const SEED = 20_260_104;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = new Date('2026-01-04T10:00:00+05:30');
const CONTEXT = { channel: 'whatsapp', medium: 'whatsapp' } as const;

export type Act =
  /** Something sensible: the nth thing that the question waits for. */
  | { type: 'answers'; nth: number }
  | { type: 'sends'; incoming: Incoming }
  /** Time passes, minute by minute or with the machine switched off meanwhile. */
  | { type: 'waits'; for: number; isOff: boolean };

const words = Object.values(content.words.commands).flat();
const answers = Object.values(content.words.options).flat();
const digits = ['०१२३४५६७८९', '০১২৩৪৫৬৭৮৯', '୦୧୨୩୪୫୬୭୮୯', '0123456789'];
const scripts: [number, number][] = [
  [0x0900, 0x097f],
  [0x0980, 0x09ff],
  [0x0b00, 0x0b7f],
  [0x0020, 0x007e],
];

const gibberish = fc
  .constantFrom(...scripts)
  .chain(([from, to]) =>
    fc
      .array(fc.integer({ min: from, max: to }), { maxLength: 30 })
      .map((codes) => String.fromCodePoint(...codes)),
  );
const number = fc
  .tuple(fc.constantFrom(...digits), fc.integer({ min: 0, max: 12 }))
  .map(([script, value]) => String(value).replace(/\d/g, (digit) => script.charAt(Number(digit))));
const text = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words) },
    { weight: 3, arbitrary: fc.constantFrom(...answers) },
    { weight: 3, arbitrary: number },
    { weight: 2, arbitrary: gibberish },
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      '',
      ' ',
      '👍',
      '🙏🏽🙏🏽',
      'x'.repeat(401),
      'अ'.repeat(4001),
      '\u0000',
      '{{name}}',
      '$t(menu.ask)',
    ),
    fc.constantFrom(
      'Ramesh',
      '15',
      '25',
      'sitapur',
      'JOIN SITA12',
      'SITA12',
      '6 pm',
      '__proto__',
      'constructor',
    ),
  )
  .map((written): Incoming => ({ kind: 'text', text: written }));
const otherwise = fc.oneof(
  fc
    .constantFrom('image', 'video', 'document', 'sticker', 'location', 'contact', 'call', 'unknown')
    .map((kind): Incoming => ({ kind, text: '' })),
  fc.constant<Incoming>({ kind: 'voice', text: '', mediaRef: 'media-1' }),
  fc.constant<Incoming>({ kind: 'voice', text: '' }),
  // A button of some earlier message.
  fc
    .constantFrom('yes', 'erase', 'minor', 'done', 'more', 'go-on', 'UP', 'nonsense', '__proto__', 'toString')
    .map((optionId): Incoming => ({ kind: 'tap', text: optionId, optionId })),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(30).map((nth): Act => ({ type: 'answers', nth })) },
  { weight: 4, arbitrary: text.map((incoming): Act => ({ type: 'sends', incoming })) },
  { weight: 1, arbitrary: otherwise.map((incoming): Act => ({ type: 'sends', incoming })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(5 * MINUTE, 15 * MINUTE, 600 * MINUTE, DAY, 3 * DAY, 7 * DAY, 20 * DAY, 40 * DAY),
        fc.boolean(),
      )
      .map(([duration, isOff]): Act => ({ type: 'waits', for: duration, isOff })),
  },
);

/** A life, from the first word on; often joined already, so that the rest of it is about lessons. */
export const life: fc.Arbitrary<Act[]> = fc
  .tuple(fc.constantFrom(true, true, false), fc.array(act, { minLength: 1, maxLength: 45 }))
  .map(([hasJoined, acts]) => [...(hasJoined ? JOINING : []), ...acts]);

const send = (written: string): Act => ({ type: 'sends', incoming: { kind: 'text', text: written } });
const JOINING = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur', '1', '7', '3', '1'].map(send);

/** One step of a life, as a test looks at it. */
export interface Seen {
  before: Participant;
  stepped: Stepped;
  at: Date;
  /** What he sent; absent where a timer took the step. */
  heard?: { incoming: Incoming; message: MessageContext };
}

/** Lives a life, step by step; `keep` is what becomes of a participant between two steps. */
export function* live(
  acts: readonly Act[],
  { id = 'p1', conversation = core, keep = (participant: Participant) => participant } = {},
): Generator<Seen, void> {
  let participant = keep(newcomer(id, START));
  let now = START;
  let messages = 0;
  for (const one of acts) {
    if (one.type === 'waits') {
      const until = new Date(now.getTime() + one.for);
      for (;;) {
        const due = conversation.nextDue(participant);
        if (!due || due > until) break;
        now = one.isOff ? until : new Date(Math.max(due.getTime(), now.getTime()));
        const stepped = conversation.fireDue(participant, now);
        if (!stepped) throw new Error('A timer is due and does not fire.');
        yield { before: participant, stepped, at: now };
        participant = keep(stepped.participant);
      }
      now = until;
    } else {
      now = new Date(now.getTime() + 1_000);
      const incoming = one.type === 'sends' ? one.incoming : sensible(conversation, participant, one.nth);
      const message = { ...CONTEXT, id: `m${++messages}` };
      const stepped = conversation.hear(participant, incoming, message, now);
      yield { before: participant, stepped, at: now, heard: { incoming, message } };
      participant = keep(stepped.participant);
    }
  }
}

/** The nth answer to what he is being asked. */
function sensible({ engine }: Conversation, participant: Participant, nth: number): Incoming {
  const { conversation, ...known } = participant;
  const { options, accepts = [] } = engine.expectation(conversation.state, {
    ...known,
    scratch: conversation.scratch,
  });
  const written = ['Ramesh', '30', 'sitapur', 'SITA12', '5 pm', 'I do the cooking on Sundays.'];
  const all: Incoming[] = [
    ...options.map(({ id }): Incoming => ({ kind: 'tap', text: '', optionId: id })),
    ...(accepts.includes('text') ? written.map((one): Incoming => ({ kind: 'text', text: one })) : []),
    ...(accepts.includes('voice') ? [{ kind: 'voice', text: '', mediaRef: 'media-1' } as const] : []),
  ];
  return all[nth % Math.max(all.length, 1)] ?? { kind: 'text', text: 'start' };
}
