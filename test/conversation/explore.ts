/**
 * Walks the whole conversation, as xstate/graph walks a machine: from the newcomer's first word through every
 * input that a state itself says it waits for, every command, every timer, early, late and on time. What was
 * reached and which declared transitions were taken is what the model-based tests judge.
 */
import { getAdjacencyMap, getStateNodes } from 'xstate/graph';
import type { ActorLogic, Snapshot } from 'xstate';
import type { Content } from '../../src/content/model';
import {
  createCore,
  newcomer,
  type ClockName,
  PURPOSES,
  type Command,
  type Conversation,
  type Incoming,
  type Invitation,
  type Participant,
  type SignalTimer,
  type View,
  type StoredEffect,
} from '../../src/conversation';
import { keyOf } from './moment-key';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const COMMANDS: readonly Command[] = [
  'stop',
  'start',
  'help',
  'menu',
  'progress',
  'language',
  'pledge',
  'lesson',
  'delete',
  'my-data',
  'consents',
  'activity',
  'back',
  'again',
  'weather',
  'mentor',
  'saathi',
  'digest',
  'my-mentor',
];

type Past = 'old notice' | 'reminder' | 'every consent';

/** One thing that happens: he sends something, or time passes. */
export type Happening =
  | ({ type: 'sends' } & Incoming)
  /** Something reaches him from outside. */
  | { type: 'signal'; signal: Pick<SignalTimer, 'event' | 'data'> }
  /** A timer of his own fires, so many milliseconds late. */
  | { type: 'timer'; event: ClockName; late: number }
  /** He agreed to an older notice, was reminded of that too, or agreed to everything; and then something happens. */
  | { type: 'with'; past: Past; and: Happening }
  /** The clock moves on; nothing fires. */
  | { type: 'waits'; for: number }
  /** The clock moves to a while before or after the next timer, and fires it if it is due. */
  | { type: 'due'; late: number };

/** A moment of a participant's life. */
export interface Moment {
  participant: Participant;
  now: Date;
  /** What the last step asked for. */
  effects: StoredEffect[];
}

type MomentSnapshot = Moment & Snapshot<unknown>;

/** Two lessons, two states, two pledges, two campaign days: every transition of the chart, little of the same. */
export function smallContent(content: Content): Content {
  const [first, second] = content.pledges;
  const asking = content.campaignDays.find(({ pledge }) => pledge);
  const greeting = content.campaignDays.find(({ pledge }) => !pledge) ?? asking;
  return {
    ...content,
    lessons: content.lessons.slice(0, 2),
    states: content.states.filter(({ id }) => id === 'UP'),
    pledges: [first!, second!],
    activities: ['home', 'community'].map((where) => content.activities.find((one) => one.where === where)!),
    campaignDays: [
      { ...asking!, on: { month: 1, day: 20 }, pledge: true },
      { ...greeting!, on: { month: 2, day: 14 }, pledge: false },
    ],
  };
}

const NOTICE = '2';
const START = new Date('2026-01-01T10:00:00+05:30');
const CONTEXT = { id: 'in', channel: 'whatsapp', medium: 'whatsapp' } as const;

/** A mentor's group in these walks. */
const VIEW: View = {
  at: START,
  groups: [
    {
      code: 'KTR47',
      name: 'Sitapur Saathis',
      members: [
        {
          number: 1,
          participantId: 'm1',
          name: 'Asif',
          language: 'hi',
          status: 'active',
          progress: { lessons: 3, actions: 2, pledges: 1 },
        },
        {
          number: 2,
          participantId: 'm2',
          name: 'Salim',
          language: 'or',
          status: 'active',
          lastHeardAt: START,
          lastDoneAt: START,
          talkWantedAt: START,
          progress: { lessons: 1, actions: 0, pledges: 0 },
        },
        {
          number: 3,
          participantId: 'm3',
          name: 'Ravi',
          language: 'hi',
          status: 'active',
          progress: { lessons: 0, actions: 0, pledges: 0 },
        },
        {
          number: 4,
          participantId: 'm4',
          name: 'Dev',
          language: 'bn',
          status: 'stopped',
        },
        { number: 7, participantId: 'm7', name: 'Ravi', language: 'hi', status: 'active' },
      ],
    },
    { code: 'KTR48', name: 'Misrikh Saathis', members: [] },
  ],
};

/** As the product reads it: for mentors their groups, for everybody else nothing. */
export function viewOf({ roles, profile }: Participant): View | undefined {
  if (!roles) return undefined;
  // Whoever has no state yet has no group yet either.
  return roles.mentor && profile.state !== undefined && profile.group === undefined
    ? VIEW
    : { at: START, groups: [] };
}

/** The participant with a signal among his timers, as src/people/signals.ts puts it there. */
function signalled(
  participant: Participant,
  signal: Pick<SignalTimer, 'event' | 'data'>,
  due: Date,
): Participant {
  const { conversation } = participant;
  const timer = { ...signal, id: `${signal.event}:1`, due } as SignalTimer;
  return { ...participant, conversation: { ...conversation, timers: [timer, ...conversation.timers] } };
}

/** As if that had been before. */
function withPast(participant: Participant, past: Past): Participant {
  const { consents, conversation } = participant;
  const [first] = consents;
  if (past === 'every consent')
    return {
      ...participant,
      consents: first ? [...consents, ...PURPOSES.map((purpose) => ({ ...first, purpose }))] : [],
    };
  const scratch = { ...conversation.scratch, ...(past === 'reminder' && { noticeTold: NOTICE }) };
  return {
    ...participant,
    consents: consents.map((one) => ({ ...one, notice: one.purpose === 'lessons' ? '0' : one.notice })),
    conversation: { ...conversation, scratch },
  };
}

/** What the world does to a moment. */
export function happen(core: Conversation, { participant, now }: Moment, happening: Happening): Moment {
  if (happening.type === 'sends') {
    const stepped = core.hear(participant, happening, CONTEXT, now, viewOf(participant));
    return { ...stepped, now };
  }
  if (happening.type === 'signal') {
    const fired = core.fireDue(signalled(participant, happening.signal, now), now, viewOf(participant));
    return fired ? { ...withoutSignals(fired), now } : { participant, now, effects: [] };
  }
  if (happening.type === 'timer') {
    const { event, late } = happening;
    const { conversation } = participant;
    const due = new Date(now.getTime() - late);
    const timers = [{ id: 'now', event, due, sequence: participant.sequence }, ...conversation.timers];
    const waiting = { ...participant, conversation: { ...conversation, timers } };
    return { ...core.fireDue(waiting, now, viewOf(participant))!, now };
  }
  if (happening.type === 'with')
    return happen(
      core,
      { participant: withPast(participant, happening.past), now, effects: [] },
      happening.and,
    );
  if (happening.type === 'waits') {
    return { participant, effects: [], now: new Date(now.getTime() + happening.for) };
  }
  const due = core.nextDue(participant)?.getTime();
  if (due === undefined) return { participant, now, effects: [] };
  const at = new Date(Math.max(now.getTime(), due + happening.late));
  const fired = core.fireDue(participant, at, viewOf(participant));
  return fired ? { ...fired, now: at } : { participant, now: at, effects: [] };
}

/** The beginning: nobody has said anything yet. */
export function beginning(): Moment {
  return { participant: newcomer('p1', START), now: START, effects: [] };
}

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
];
const says = (text: string): Happening => ({ type: 'sends', kind: 'text', text });
const ALWAYS: readonly Happening[] = [
  ...COMMANDS.map(says),
  says('xyzzy blah blah'),
  says('join KTR47'),
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
];

const invite = (invitation: Invitation): Happening => ({
  type: 'signal',
  signal: { event: 'INVITED', data: { invitation } },
});
const OFFER = { group: 'KTR48', name: 'Ravidas Tola', from: 'Arjun', count: 5 };
const SIGNALS: readonly Happening[] = [
  invite({ role: 'mentor' }),
  invite({ role: 'coordinator', level: 'state', place: 'UP' }),
  { type: 'signal', signal: { event: 'GROUP_MADE', data: { group: 'KTR47', name: 'Sitapur Saathis' } } },
  { type: 'signal', signal: { event: 'GROUPED', data: { group: 'KTR47', name: 'Sitapur', mentor: 'Dev' } } },
  { type: 'signal', signal: { event: 'TALK_WANTED', data: { number: 1, name: 'Asif' } } },
  { type: 'signal', signal: { event: 'ASKED_AFTER', data: { mentor: 'Dev' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'SITA12', why: 'full' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'SITA12', why: 'removed' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'KTR99', why: 'removed' } } },
  { type: 'signal', signal: { event: 'UNGROUPED', data: { group: 'KTR99', why: 'unknown' } } },
  { type: 'signal', signal: { event: 'GROUP_OFFERED', data: OFFER } },
  { type: 'signal', signal: { event: 'OFFER_ANSWERED', data: { ...OFFER, mentor: 'Arjun', takes: true } } },
  { type: 'signal', signal: { event: 'MENTOR_CHANGED', data: { name: 'Sitapur', mentor: 'Arjun' } } },
  { type: 'timer', event: 'DIGEST_DUE', late: 0 },
  { type: 'timer', event: 'DIGEST_DUE', late: 3 * DAY },
];
/** Where signals arrive in these walks: everywhere would be the same walk many times over. */
const HEARS_SIGNALS =
  'talk.onboarding.name talk.lesson.question talk.home talk.away mentor.home mentor.making care.told stopped leaving'.split(
    ' ',
  );

/** A signal that waits until he is free is not followed: its walk would be the same again. */
function withoutSignals<T extends { participant: Participant }>(moment: T): T {
  const { conversation } = moment.participant;
  const timers = conversation.timers.filter((timer) => !('data' in timer));
  return { ...moment, participant: { ...moment.participant, conversation: { ...conversation, timers } } };
}

/** All that can happen in a state, worked out from what it waits for. */
export function happenings(core: Conversation, { participant }: Moment): Happening[] {
  const { conversation, ...known } = participant;
  const {
    options,
    unspoken = [],
    accepts = [],
  } = core.engine.expectation(conversation.state, {
    ...known,
    scratch: conversation.scratch,
    view: viewOf(participant),
  });
  const taps = options.map(({ id }): Happening => ({ type: 'sends', kind: 'tap', text: '', optionId: id }));
  // A long list of places: its first, its last and "more" stand for all.
  const few = options.some(({ key }) => key.startsWith('place.')) ? [taps[0]!, ...taps.slice(-2)] : taps;
  const texts = accepts.includes('text') ? TEXTS.map(says) : [];
  const guessed = unspoken.map((option) => says(core.translate(option, 'en')));
  return [
    ...few,
    ...guessed,
    ...texts,
    ...ALWAYS,
    ...(conversation.timers.length > 0 ? TIME : TIME.slice(0, 1)),
    ...(HEARS_SIGNALS.includes(conversation.state) ? [...SIGNALS, ...PASTS] : []),
  ];
}

export interface Explored {
  core: Conversation;
  /** One moment for each way in which the conversation can stand, the simplest first. */
  moments: Moment[];
  /** Names of all transitions that the statechart declares. */
  declared: string[];
  /** Names of those that were taken. */
  taken: Set<string>;
  /** What he sent and got no answer to, though he had neither stopped nor gone. */
  unanswered: string[];
  /** Paths of all atomic states. */
  states: string[];
}

/** Walks until nothing new is found. */
export function explore(content: Content): Explored {
  const core = createCore(content);
  const { declared, taken } = watchTransitions(core);
  const seen = new Set<string>();
  const unanswered: string[] = [];
  const logic = {
    transition: (moment: MomentSnapshot, happening: Happening) => happen(core, moment, happening),
    getInitialSnapshot: beginning,
  } as unknown as ActorLogic<MomentSnapshot, Happening>;
  const map = getAdjacencyMap<MomentSnapshot, Happening, undefined>(logic, {
    events: (moment) => happenings(core, moment),
    serializeState: (moment) => keyOf(moment, content),
    serializeEvent: (happening) => JSON.stringify(happening),
    // What leads to a moment that is known already needs no second walk.
    filterEvents(moment, happening) {
      const next = happen(core, moment, happening);
      const isHeard = happening.type === 'sends' && ['joining', 'active'].includes(moment.participant.status);
      if (isHeard && !next.effects.some(({ type }) => type === 'say')) {
        unanswered.push(`${moment.participant.conversation.state}: ${JSON.stringify(happening)}`);
      }
      const key = keyOf(next, content);
      return !seen.has(key) && Boolean(seen.add(key));
    },
  });
  // A state with transitions of its own accord is only passed through.
  const states = getStateNodes(core.engine.machine)
    .filter(({ type, always }) => type === 'atomic' && always === undefined)
    .map(({ id }) => id.slice('conversation.'.length));
  const moments = (Object.values(map) as { state: Moment }[]).map(({ state }) => state);
  return { core, moments, declared, taken, unanswered, states };
}

/**
 * Has every transition of the machine tell when it is taken: an action without a body is added whose parameters
 * are worked out whenever XState takes the transition.
 */
function watchTransitions({ engine: { machine } }: Conversation): { declared: string[]; taken: Set<string> } {
  const declared: string[] = [];
  const taken = new Set<string>();
  for (const node of [machine.root, ...getStateNodes(machine)]) {
    const always = node.always ?? [];
    const groups: [string, typeof always][] = [...node.transitions, ['(always)', always]];
    for (const [descriptor, transitions] of groups) {
      transitions.forEach((transition, index) => {
        const targets = transition.target?.map(({ id }) => id).join(', ') ?? 'stays';
        const name = `${node.id} on ${descriptor} #${String(index + 1)} → ${targets}`;
        declared.push(name);
        const actions = transition.actions as unknown[];
        transition.actions = [...actions, { type: 'taken', params: () => (taken.add(name), {}) }] as never;
      });
    }
  }
  return { declared, taken };
}
