/** A group goes from one mentor to another, who takes it over himself. Neither learns more of the other than a name. */
import { to, whenFreeForSignal } from '../everywhere';
import { isMentor } from '../hats';
import { note, options, part, question, record, say, when, written, type Step } from '../phrases';
import { phoneFrom } from '../phone';
import type { Flow, FlowState, Transition } from '../setup';
import { groupInHand } from './group';

const phoneIn = ({ event }: Step) => phoneFrom(written(event));
const nameOfGroup = ({ context }: Step) => ({ group: groupInHand(context)?.name ?? '' });

/** He gives his group away: to which number, and is he sure? */
export const handingStates = {
  handing: question({
    ask: (step) => part('handing.ask', nameOfGroup(step)),
    options: [],
    unspoken: () => options('mentor-menu'),
    unclear: 'handing.unclear',
    chosen: [when('mentor-menu', { target: 'home' })],
    text: [
      {
        guard: (step) => phoneIn(step) !== undefined,
        target: 'handingSure',
        actions: [note((step) => ({ phone: phoneIn(step) }))],
      },
    ],
  }),
  handingSure: question({
    ask: (step) => part('handing.sure', { ...nameOfGroup(step), phone: step.context.scratch.phone ?? '' }),
    options: options('hand-over-yes', 'mentor-menu'),
    chosen: [
      when('mentor-menu', { target: 'home' }),
      {
        target: 'home',
        actions: [
          {
            type: 'order',
            params: ({ context }: Step) => ({
              do: 'offer group' as const,
              group: groupInHand(context)?.code ?? '',
              phone: context.scratch.phone ?? '',
            }),
          },
          say('handing.asked'),
        ],
      },
    ],
  }),
} satisfies Record<string, FlowState>;

const answer = (takes: boolean) => ({
  type: 'order' as const,
  params: ({ context }: Step) => ({
    do: 'answer group offer' as const,
    group: context.scratch.offer?.group ?? '',
    takes,
  }),
});
const forget = note(() => ({ offer: undefined }));

/** A group is offered to him. */
export const offer: Flow = () =>
  question({
    ask: ({ context: { scratch } }) => {
      const { name = '', from = '', count = 0 } = scratch.offer ?? {};
      return part('offer.ask', { group: name, from, count });
    },
    options: options('take-group', 'leave-group'),
    chosen: [
      when('take-group', { target: 'taking', actions: [answer(true), forget] }),
      when('leave-group', { target: 'home', actions: [answer(false), say('offer.left'), forget] }),
    ],
  });

/** Until the group is his. */
export const taking: Flow = () =>
  question({
    ask: () => 'offer.taken',
    options: options('mentor-menu'),
    chosen: [when('mentor-menu', { target: 'home' })],
  });

export const GROUP_OFFERED: Transition[] = [
  ...whenFreeForSignal,
  // He is none any more: the offer lapses.
  { guard: (step) => !isMentor(step) },
  {
    target: to.groupOffer,
    actions: [note(({ event }) => (event.type === 'GROUP_OFFERED' ? { offer: event.data } : {}))],
  },
];

/** Told without changing where he stands. */
export const OFFER_ANSWERED: Transition = {
  actions: [
    record('group.handed-over', ({ event }) =>
      event.type === 'OFFER_ANSWERED' ? { group: event.data.group, taken: event.data.takes } : {},
    ),
    say(({ event }) => {
      if (event.type !== 'OFFER_ANSWERED') return [];
      const { name: group, mentor, takes } = event.data;
      return part(takes ? 'handing.taken' : 'handing.left', { group, mentor });
    }),
  ],
};
