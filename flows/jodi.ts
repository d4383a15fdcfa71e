/**
 * Jodi: two of a group, who both agreed, do the week's action side by side. Each hears of the other only done or not
 * yet. After two weeks in which it did not come to that, each is asked whether he would like to change; nobody is
 * told why, and nobody is told of an ending.
 */
import type { Order } from '../src/conversation/order';
import type { JodiNews, JodiShare } from '../src/conversation/participant';
import { arm, disarm, isStale, silence, to, whenFree, SILENCE_BEFORE_REST } from './everywhere';
import { hasGroup } from './my-mentor';
import { change, chosen, note, options, part, question, say, when, written, type Step } from './phrases';
import type { Context, FlowState, RecordParams, Transition } from './setup';
import { DAY, stepAt } from './time';

/** What was said about an action holds for its week; a check-in may come a day late. */
const WEEK = 8 * DAY;
const MISSES_BEFORE_ASKING = 2;
const LONGEST_NAME = 40;

export const jodiIn = ({ context }: Pick<Step, 'context'>): JodiShare | undefined => context.profile.jodi;
export const hasJodi = (step: Pick<Step, 'context'>) => jodiIn(step) !== undefined;

export function withJodi({ profile }: Context, jodi: JodiShare | undefined) {
  const { jodi: _before, ...rest } = profile;
  return { profile: { ...rest, ...(jodi && { jodi }) } };
}

/** The share with some of it changed; a man without a jodi stays without. */
export function share(update: (step: Step, jodi: JodiShare) => Partial<JodiShare>) {
  return change((step) => {
    const jodi = jodiIn(step);
    return jodi ? withJodi(step.context, { ...jodi, ...update(step, jodi) }) : {};
  });
}

export const drop = change(({ context }) => withJodi(context, undefined));

export function order(build: (step: Step) => Order | undefined) {
  return { type: 'order' as const, params: build };
}

/** Writes it into the journal where it concerns a jodi that he has. */
export function recordIfIn(entry: RecordParams['entry']) {
  return {
    type: 'record' as const,
    params: (step: Step): RecordParams | undefined => (hasJodi(step) ? { entry } : undefined),
  };
}

/** An order about the jodi that he has. */
export function orderOf(build: (step: Step, its: { group: string; jodi: string }) => Order | undefined) {
  return order((step) => {
    const jodi = jodiIn(step);
    const { group } = step.context.profile;
    return jodi && group !== undefined ? build(step, { group, jodi: jodi.id }) : undefined;
  });
}

/** He leaves his jodi, if he has one; the other is not told. */
export const leaveJodi = [
  orderOf((_, its) => ({ do: 'end jodi', ...its })),
  recordIfIn('jodi.ended'),
  drop,
  disarm('JODI_DUE'),
];

const isElsewhere = ({ context, event }: Step) =>
  event.type === 'GROUPED' && event.data.group !== context.profile.group;

/** Into another group he takes no jodi along; said before his group changes. A timer left behind finds nothing. */
export const leaveJodiBehind = [
  orderOf((step, its) => (isElsewhere(step) ? { do: 'end jodi', ...its } : undefined)),
  {
    type: 'record' as const,
    params: (step: Step): RecordParams | undefined =>
      isElsewhere(step) && hasJodi(step) ? { entry: 'jodi.ended' } : undefined,
  },
  change((step) => (isElsewhere(step) ? withJodi(step.context, undefined) : {})),
];

/** The other one hears how the week's action went: done, or not yet. */
export const tellJodi = [
  share(({ event }) => ({ own: { isDone: chosen(event) === 'done', at: event.at } })),
  orderOf(({ event }, its) => ({ do: 'tell jodi', ...its, isDone: chosen(event) === 'done' })),
];

export const armJodi = arm('JODI_DUE', ({ context, event }) => stepAt(context.profile, event.at));

const isDone = (news: JodiNews | undefined, at: Date) =>
  news?.isDone === true && at.getTime() - news.at.getTime() < WEEK;

const seek = (whom: (step: Step) => string | undefined) =>
  order((step) => {
    const { group } = step.context.profile;
    const name = whom(step);
    return group === undefined
      ? undefined
      : { do: 'seek jodi', group, ...(name !== undefined && { whom: name }) };
  });

const anyone = [seek(() => undefined), say('jodi.looking')];

/** His jodi, and how the week stands; or, without one, whom he would like. */
export const jodiStates: Record<'jodi' | 'jodiSeek', FlowState> = {
  jodi: question({
    ask: (step) => {
      const jodi = jodiIn(step);
      const at = step.event.at;
      const word = (news: JodiNews | undefined) => ({
        word: `jodi.word.${isDone(news, at) ? 'done' : 'not-yet'}`,
      });
      return [
        part('jodi.with'),
        { ...part('jodi.other', { name: jodi?.name ?? '' }, word(jodi?.other)), continues: true as const },
        { ...part('jodi.own', {}, word(jodi?.own)), continues: true as const },
      ];
    },
    options: options('back', 'change-jodi', 'end-jodi'),
    chosen: [
      when('back', { target: to.resume }),
      when('change-jodi', { target: to.resume, actions: [...leaveJodi, ...anyone] }),
      when('end-jodi', { target: to.resume, actions: [...leaveJodi, say('jodi.over')] }),
    ],
  }),
  jodiSeek: question({
    ask: () => 'jodi.offer',
    options: options('jodi-anyone', 'back'),
    unclear: 'jodi.unclear',
    chosen: [
      when('back', { target: to.resume }),
      when('jodi-anyone', { target: to.resume, actions: anyone }),
    ],
    text: [
      {
        guard: ({ event }) => written(event).length <= LONGEST_NAME,
        target: to.resume,
        actions: [seek(({ event }) => written(event)), say('jodi.asking')],
      },
    ],
  }),
};

/** JODI, wherever he is. */
export const toJodi: Transition[] = [
  { guard: hasJodi, target: to.jodi },
  { guard: hasGroup, target: to.jodiSeek },
  { target: to.resume, actions: [say('my-mentor.no-group')] },
];

const partner = ({ context }: Pick<Step, 'context'>) => context.scratch.partner;
const forget = note(() => ({ partner: undefined }));

function reply(isYes: boolean) {
  return [
    order((step) => {
      const asked = partner(step);
      const { group } = step.context.profile;
      return asked && group !== undefined ? { do: 'answer jodi', group, jodi: asked.jodi, isYes } : undefined;
    }),
    forget,
    say(isYes ? 'jodi.agreed' : 'jodi.declined'),
  ];
}

/** Somebody would like to be his jodi. */
export const jodiAsked: FlowState = question({
  ask: (step) => part('jodi.ask', { name: partner(step)?.name ?? '' }),
  options: options('yes', 'not-now'),
  chosen: [
    when('yes', { target: to.where, actions: reply(true) }),
    when('not-now', { target: to.where, actions: reply(false) }),
  ],
});

/** Two weeks without: as it is, another one, or none. */
export const jodiGoOn: FlowState = question({
  ask: (step) => part('jodi.go-on', { name: partner(step)?.name ?? '' }),
  options: options('keep-jodi', 'change-jodi', 'end-jodi'),
  chosen: [
    when('keep-jodi', { target: to.where, actions: [forget, say('jodi.kept')] }),
    when('change-jodi', { target: to.where, actions: [...leaveJodi, forget, ...anyone] }),
    when('end-jodi', { target: to.where, actions: [...leaveJodi, forget, say('jodi.over')] }),
  ],
});

/** Once a week each looks back for himself; nothing of it leaves him. */
export const jodiDue: Transition[] = [
  { guard: (step) => !hasJodi(step) },
  ...whenFree('JODI_DUE'),
  { guard: (step) => isStale(step) || silence(step) > SILENCE_BEFORE_REST, actions: [armJodi] },
  {
    guard: (step) => [jodiIn(step)?.own, jodiIn(step)?.other].every((news) => isDone(news, step.event.at)),
    actions: [share(() => ({ misses: 0 })), armJodi],
  },
  {
    guard: (step) => (jodiIn(step)?.misses ?? 0) + 1 < MISSES_BEFORE_ASKING,
    actions: [share((_, { misses = 0 }) => ({ misses: misses + 1 })), armJodi],
  },
  {
    target: to.jodiGoOn,
    actions: [
      share(() => ({ misses: 0 })),
      note((step) => ({ partner: { jodi: jodiIn(step)?.id ?? '', name: jodiIn(step)?.name ?? '' } })),
      armJodi,
    ],
  },
];
