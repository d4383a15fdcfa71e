/** What reaches one of a jodi from outside: somebody asks, it began, how the other's week went, it is over. */
import { disarm, hasJoined, to, whenFreeForSignal } from './everywhere';
import { armJodi, drop, hasJodi, jodiIn, order, orderOf, recordIfIn, share, withJodi } from './jodi';
import { change, note, part, say, type Step } from './phrases';
import type { Transition } from './setup';

/** Does it speak of the group that he is in now? */
const isHere = ({ context, event }: Step) =>
  'data' in event && 'group' in event.data && event.data.group === context.profile.group;

/** Does it speak of the jodi that he is in now, and is it the latest? */
const isTheirs = ({ context, event }: Step) =>
  'data' in event && 'jodi' in event.data && event.data.jodi === context.profile.jodi?.id;
const isLatest = (step: Step) =>
  step.event.type === 'JODI_NEWS' && step.event.data.at >= (jodiIn(step)?.other?.at ?? new Date(0));

const learn = share(({ event }) =>
  event.type === 'JODI_NEWS' ? { other: { isDone: event.data.isDone, at: event.data.at } } : {},
);

/** He is somewhere else by now: the other must not be left alone in it. */
const refuse = order(({ event }) =>
  event.type === 'JODI_BEGUN'
    ? { do: 'end jodi', group: event.data.group, jodi: event.data.jodi }
    : undefined,
);

export const JODI_ASKED: Transition[] = [
  { guard: (step) => !isHere(step) || hasJodi(step) || !hasJoined(step) },
  ...whenFreeForSignal,
  {
    target: to.jodiAsked,
    actions: [
      note(({ event }) =>
        event.type === 'JODI_ASKED' ? { partner: { jodi: event.data.jodi, name: event.data.name } } : {},
      ),
    ],
  },
];

export const JODI_BEGUN: Transition[] = [
  { guard: (step) => !isHere(step), actions: [refuse] },
  // Told before.
  { guard: isTheirs },
  {
    actions: [
      change(({ context, event }) =>
        event.type === 'JODI_BEGUN'
          ? withJodi(context, { id: event.data.jodi, name: event.data.name, since: event.at })
          : {},
      ),
      orderOf((_, its) => ({ do: 'confirm jodi', ...its })),
      recordIfIn('jodi.begun'),
      armJodi,
      say((step) => part('jodi.begun', { name: jodiIn(step)?.name ?? '' })),
    ],
  },
];

export const JODI_NONE: Transition = { actions: [say('jodi.none')] };

/** Only good news is said aloud. */
export const JODI_NEWS: Transition[] = [
  { guard: (step) => !isTheirs(step) || !isLatest(step) },
  {
    guard: ({ event }) => event.type === 'JODI_NEWS' && event.data.isDone,
    actions: [learn, say((step) => part('jodi.did-it', { name: jodiIn(step)?.name ?? '' }))],
  },
  { actions: [learn] },
];

const endedByOther = { guard: isTheirs, actions: [recordIfIn('jodi.ended'), drop, disarm('JODI_DUE')] };
export const JODI_ENDED: Transition = endedByOther;

/** While he is in care it is so, without a word. */
export const jodiInCare = {
  JODI_NEWS: [{ guard: (step: Step) => isTheirs(step) && isLatest(step), actions: [learn] }],
  JODI_ENDED: endedByOther,
};

/** Whoever has stopped has no jodi. */
export const jodiStopped = { JODI_BEGUN: { actions: [refuse] } };
