/** What can happen in the walks through the conversation: what he sends, what time brings, what reaches him. */
import { FIRST_STATE } from '../../flows/conversation';
import type {
  ClockName,
  Conversation,
  Incoming,
  Invitation,
  MessageContext,
  Participant,
  SignalTimer,
} from '../../src/conversation';
import { COMMANDS } from './all-commands';
import { MEETING_SIGNALS, MEETING_TEXTS, viewOf } from './meetings-walk';
import type { Moment } from './explore';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Past = 'old notice' | 'reminder' | 'every consent';

/** One thing that happens: he sends something, or time passes. */
export type Happening =
  | ({ type: 'sends'; from?: Partial<MessageContext> } & Incoming)
  /** Something reaches him from outside. */
  | { type: 'signal'; signal: Pick<SignalTimer, 'event' | 'data'> }
  /** A timer of his own fires, so many milliseconds late. */
  | { type: 'timer'; event: ClockName; late: number }
  /** He agreed to an older notice, was reminded of that too, or agreed to everything; and then something happens. */
  | { type: 'with'; past: Past; and: Happening }
  /** Somebody tells of him before he has written. */
  | { type: 'enrolled'; profile: { name: string; state: string; district?: string } }
  /** The clock moves on; nothing fires. */
  | { type: 'waits'; for: number }
  /** The clock moves to a while before or after the next timer, and fires it if it is due. */
  | { type: 'due'; late: number };

export const START = new Date('2026-01-01T10:00:00+05:30');

const TEXTS = [
  'Ramesh',
  '4',
  '98000 00007',
  '25',
  '15',
  'sitapur',
  'bar',
  'SITA12',
  '7 pm',
  'namaste',
  'join SITA12',
  'xyzzy',
  'z'.repeat(41),
  ...MEETING_TEXTS,
];
const says = (text: string): Happening => ({ type: 'sends', kind: 'text', text });
const PICTURES: readonly Happening[] = [
  { type: 'sends', kind: 'image', text: '', mediaRef: 'media-2' },
  { type: 'sends', kind: 'image', text: 'Come on Sunday', mediaRef: 'media-2' },
  // Nothing by which it could be fetched.
  { type: 'sends', kind: 'voice', text: '' },
];
const ALWAYS: readonly Happening[] = [
  ...COMMANDS.map(says),
  says('xyzzy blah blah'),
  says('join KTR47'),
  says('code 123456'),
  says('invite 98000 00007'),
  ...['stats', 'stats sitapur', 'stats bar', 'stats nowhere'].map(says),
  ...['meet', 'meet 14/6 5pm school', 'who', 'attend', 'attend 1 3', 'attend 27', 'attend all that'].map(
    says,
  ),
  says('my husband beats me'),
  says(''),
  { type: 'sends', kind: 'voice', text: '', mediaRef: 'media-1' },
  { type: 'sends', kind: 'image', text: '' },
  { type: 'sends', kind: 'call', text: '' },
];
const TIME: readonly Happening[] = [
  { type: 'waits', for: 12 * MINUTE },
  { type: 'waits', for: DAY },
  { type: 'waits', for: 30 * DAY },
  { type: 'due', late: -5 * MINUTE },
  { type: 'due', late: 0 },
  { type: 'due', late: 3 * DAY + 12 * HOUR },
];

const after = (past: Past, and: Happening): Happening => ({ type: 'with', past, and });
const PASTS: readonly Happening[] = [
  after('old notice', says('namaste')),
  after('old notice', says('start')),
  after('every consent', says('consents')),
  ...TIME.filter(({ type }) => type === 'due').flatMap((one) => [
    after('old notice', one),
    after('reminder', one),
  ]),
  after('old notice', { type: 'timer', event: 'JODI_DUE', late: 0 }),
];

const invite = (invitation: Invitation): Happening => ({
  type: 'signal',
  signal: { event: 'INVITED', data: { invitation } },
});
const OFFER = { group: 'KTR48', name: 'Ravidas Tola', from: 'Arjun', count: 5 };
/** What comes back to a coordinator; every message of these walks has the same id. */
const drafted = (people: number) => ({
  token: 'in',
  broadcast: 'b2',
  preview: { people, languages: {}, whatsapp: people, sms: 0, segments: 0, unreachable: 0, byTemplate: 0 },
});
const DRAFTED = [drafted(0), drafted(3), { ...drafted(3), token: 'another' }].map((data): Happening => ({
  type: 'signal',
  signal: { event: 'BROADCAST_DRAFTED', data },
}));
/** Before every lesson of these walks, and yet within the week of the first. */
const NEWS_AT = new Date(START.getTime() + 5 * DAY);
const SIGNALS: readonly Happening[] = [
  invite({ role: 'mentor' }),
  invite({ role: 'coordinator', level: 'national' }),
  invite({ role: 'officer', tier: 'district', place: 'UP-sitapur' }),
  { type: 'signal', signal: { event: 'GROUP_MADE', data: { group: 'KTR47', name: 'Sitapur Saathis' } } },
  { type: 'signal', signal: { event: 'GROUPED', data: { group: 'KTR47', name: 'Sitapur', mentor: 'Dev' } } },
  ...MEETING_SIGNALS.map((signal): Happening => ({ type: 'signal', signal })),
  { type: 'signal', signal: { event: 'TALK_WANTED', data: { number: 1, name: 'Asif' } } },
  { type: 'signal', signal: { event: 'ASKED_AFTER', data: { mentor: 'Dev' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'SITA12', why: 'full' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'SITA12', why: 'removed' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'KTR99', why: 'removed' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'KTR99', why: 'unknown' } } },
  { type: 'signal', signal: { event: 'GROUP_OFFERED', data: OFFER } },
  { type: 'signal', signal: { event: 'OFFER_ANSWERED', data: { ...OFFER, mentor: 'Arjun', takes: true } } },
  { type: 'signal', signal: { event: 'NUMBER_VOUCHED', data: { name: 'Asif', code: '123456' } } },
  { type: 'signal', signal: { event: 'NUMBER_REFUSED', data: {} } },
  { type: 'signal', signal: { event: 'NUMBER_MOVED', data: {} } },
  {
    type: 'signal',
    signal: {
      event: 'FIGURES',
      data: { area: 'state:UP', of: 'now', period: '2026-W01', days: '29/12–4/1', counts: {}, active: '7' },
    },
  },
  { type: 'signal', signal: { event: 'GROUP_ORPHANED', data: { group: 'KTR49', name: 'Biswan' } } },
  { type: 'signal', signal: { event: 'MENTOR_CHANGED', data: { name: 'Sitapur', mentor: 'Arjun' } } },
  { type: 'signal', signal: { event: 'JODI_ASKED', data: { group: 'KTR47', jodi: 'j1', name: 'Ravi' } } },
  { type: 'signal', signal: { event: 'JODI_BEGUN', data: { group: 'KTR47', jodi: 'j1', name: 'Ravi' } } },
  { type: 'signal', signal: { event: 'JODI_NONE', data: { group: 'KTR47' } } },
  { type: 'signal', signal: { event: 'JODI_NEWS', data: { jodi: 'j1', isDone: true, at: NEWS_AT } } },
  { type: 'signal', signal: { event: 'JODI_NEWS', data: { jodi: 'j1', isDone: false, at: NEWS_AT } } },
  { type: 'signal', signal: { event: 'JODI_ENDED', data: { jodi: 'j1' } } },
  { type: 'timer', event: 'JODI_DUE', late: 0 },
  { type: 'timer', event: 'JODI_DUE', late: 3 * DAY },
  { type: 'timer', event: 'DIGEST_DUE', late: 0 },
  { type: 'timer', event: 'DIGEST_DUE', late: 3 * DAY },
  ...(['free', 'interrupt', 'passive'] as const).map((mode): Happening => ({
    type: 'signal',
    signal: {
      event: 'BROADCAST',
      data: { broadcast: 'b1', from: 'mentor', name: 'Dev', words: 'Meeting on Sunday at five.', mode },
    },
  })),
  { type: 'signal', signal: { event: 'CASE_WAITING', data: { urgent: true } } },
  { type: 'signal', signal: { event: 'CASE_TAKEN', data: { case: 'c2', mine: true } } },
  { type: 'signal', signal: { event: 'CASE_TAKEN', data: { case: 'c1', mine: false } } },
  { type: 'signal', signal: { event: 'CASE_WITHDRAWN', data: { case: 'c2' } } },
  { type: 'signal', signal: { event: 'BROADCAST_DRAFTED', data: { ...drafted(3), token: 'another' } } },
  { type: 'signal', signal: { event: 'BROADCAST_REFUSED', data: { why: 'limit' } } },
];
/** The name of whoever is told of before he writes. */
export const TOLD_OF = 'Mohan';
const ENROLLED: readonly Happening[] = [
  { type: 'enrolled', profile: { name: TOLD_OF, state: 'UP' } },
  { type: 'enrolled', profile: { name: TOLD_OF, state: 'UP', district: 'UP-sitapur' } },
];
/** From here on his way is everybody's. */
const AS_EVERYBODY = ['talk.onboarding.group', 'talk.onboarding.day', 'talk.onboarding.invited'];
/** What he sends from elsewhere than WhatsApp with a number. */
const ELSEWHERE: Record<string, Happening> = {
  'care.told': { type: 'sends', kind: 'tap', text: '', optionId: 'want-call', from: { medium: 'sms' } },
  'care.how': { type: 'sends', kind: 'tap', text: '', optionId: 'this-phone', from: { hasNoNumber: true } },
  'care.reach': { type: 'sends', kind: 'tap', text: '', optionId: 'this-phone', from: { hasNoNumber: true } },
};
/** Where signals arrive in these walks: everywhere would be the same walk many times over. */
const HEARS_SIGNALS =
  'talk.onboarding.name talk.onboarding.day officer.home talk.lesson.question talk.home talk.away errand.meeting mentor.home mentor.making care.told stopped leaving'.split(
    ' ',
  );

const isInvitation = (one: Happening) => one.type === 'signal' && one.signal.event === 'INVITED';

/** Two roles do together what each does: only a mentor at home is offered a second one. */
const mayBeInvited = ({ roles, conversation }: Participant) =>
  roles === undefined || (conversation.state === 'mentor.home' && Object.keys(roles).length === 1);

/** All that can happen in a state, worked out from what it waits for. */
export function happenings(core: Conversation, { participant, now }: Moment): Happening[] {
  const { conversation, ...known } = participant;
  const {
    options,
    unspoken = [],
    accepts = [],
  } = core.engine.expectation(conversation.state, {
    ...known,
    scratch: conversation.scratch,
    view: viewOf(participant, now),
  });
  const taps = options.map(({ id }): Happening => ({ type: 'sends', kind: 'tap', text: '', optionId: id }));
  // A long list of places: its first, its last and "more" stand for all.
  const few = options.some(({ key }) => key.startsWith('place.')) ? [taps[0]!, ...taps.slice(-2)] : taps;
  const texts = accepts.includes('text') ? TEXTS.map(says) : [];
  const pictures = accepts.includes('picture') ? PICTURES : [];
  const guessed = unspoken.map((option) => says(core.translate(option, 'en')));
  if (known.profile.name === TOLD_OF && AS_EVERYBODY.includes(conversation.state)) return [];
  const isUnknown = conversation.state === FIRST_STATE && known.profile.name === undefined;
  return [
    ...(isUnknown ? ENROLLED : []),
    ...few,
    ...guessed,
    ...texts,
    ...pictures,
    ...ALWAYS,
    ...(conversation.timers.length > 0 || conversation.state === 'care.place' ? TIME : TIME.slice(0, 1)),
    ...(conversation.state in ELSEWHERE ? [ELSEWHERE[conversation.state]!] : []),
    ...(conversation.scratch.counting !== undefined ? DRAFTED : []),
    ...(HEARS_SIGNALS.includes(conversation.state)
      ? [...SIGNALS, ...PASTS].filter((one) => !isInvitation(one) || mayBeInvited(participant))
      : []),
  ];
}
