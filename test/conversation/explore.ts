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
  PURPOSES,
  type Conversation,
  type Participant,
  type SignalTimer,
  type StoredEffect,
} from '../../src/conversation';
import { happenings, START, type Happening, type Past } from './happenings';
import { viewOf } from './meetings-walk';
import { keyOf } from './moment-key';

/** A moment of a participant's life. */
export interface Moment {
  participant: Participant;
  now: Date;
  /** What the last step asked for. */
  effects: StoredEffect[];
}

type MomentSnapshot = Moment & Snapshot<unknown>;

const NOTICE = '2';
const CONTEXT = { id: 'in', channel: 'whatsapp', medium: 'whatsapp' } as const;

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
    const stepped = core.hear(
      participant,
      happening,
      { ...CONTEXT, ...happening.from },
      now,
      viewOf(participant, now),
    );
    return { ...stepped, now };
  }
  if (happening.type === 'signal') {
    const fired = core.fireDue(signalled(participant, happening.signal, now), now, viewOf(participant, now));
    return fired ? { ...withoutSignals(fired), now } : { participant, now, effects: [] };
  }
  if (happening.type === 'timer') {
    const { event, late } = happening;
    const { conversation } = participant;
    const due = new Date(now.getTime() - late);
    const timers = [{ id: 'now', event, due, sequence: participant.sequence }, ...conversation.timers];
    const waiting = { ...participant, conversation: { ...conversation, timers } };
    return { ...core.fireDue(waiting, now, viewOf(participant, now))!, now };
  }
  if (happening.type === 'enrolled') {
    const profile = { ...participant.profile, ...happening.profile };
    return { participant: { ...participant, profile }, now, effects: [] };
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
  const fired = core.fireDue(participant, at, viewOf(participant, at));
  return fired ? { ...fired, now: at } : { participant, now: at, effects: [] };
}

/** The beginning: nobody has said anything yet. */
export function beginning(): Moment {
  return { participant: newcomer('p1', START), now: START, effects: [] };
}

/** A signal that waits until he is free is not followed: its walk would be the same again. */
function withoutSignals<T extends { participant: Participant }>(moment: T): T {
  const { conversation } = moment.participant;
  const timers = conversation.timers.filter((timer) => !('data' in timer));
  return { ...moment, participant: { ...moment.participant, conversation: { ...conversation, timers } } };
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

/** So often is tried what does the same at most moments of a state. */
const ENOUGH = 4;

/**
 * What a state waits for, and what time brings, is tried at every moment of it. What may come anywhere (commands,
 * signals, stray words) is tried a few times for each way in which his life may stand that signals look at: at every
 * moment the walk would take many minutes, and find nothing more.
 */
function sparing(): (moment: Moment, happening: Happening) => boolean {
  const tried = new Map<string, number>();
  return ({ participant: { conversation, roles, profile, meeting, lessons }, now }, happening) => {
    if (happening.type === 'due' || happening.type === 'waits' || 'optionId' in happening) return true;
    const { group, jodi, joinedAt, listens } = profile;
    const last = lessons.at(-1);
    const key = JSON.stringify([
      happening,
      conversation.state,
      conversation.scratch.misses,
      conversation.scratch.case,
      roles !== undefined,
      joinedAt !== undefined,
      listens,
      group,
      jodi && [jodi.misses, jodi.own?.isDone, jodi.other?.isDone],
      meeting && [meeting.at > now, meeting.answer],
      last?.action,
      last?.completedAt !== undefined,
    ]);
    const times = (tried.get(key) ?? 0) + 1;
    tried.set(key, times);
    return times <= ENOUGH;
  };
}

/** Walks until nothing new is found. */
export function explore(content: Content): Explored {
  const core = createCore(content);
  const { declared, taken } = watchTransitions(core);
  const seen = new Set<string>();
  const unanswered: string[] = [];
  const isWorthwhile = sparing();
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
      if (!isWorthwhile(moment, happening)) return false;
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
