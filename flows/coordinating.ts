/** What a coordinator does by a word of his: he invites mentors. And what he must know: a group without one. */
import { to } from './everywhere';
import { afterCommand, part, say, type Step } from './phrases';
import { phoneFrom } from './phone';
import type { Transition } from './setup';

/** INVITE and a phone number. Whose it is, and whether he takes part, he does not learn by it. */
export const invites: Transition = {
  target: to.resume,
  actions: [
    {
      type: 'order',
      params: ({ event }: Step) => ({
        do: 'invite mentor' as const,
        phone: phoneFrom(afterCommand(event)) ?? '',
      }),
    },
    say(({ event }) => part('coordinating.invited', { phone: phoneFrom(afterCommand(event)) ?? '' })),
  ],
};

/** Told without changing where he stands. */
export const GROUP_ORPHANED: Transition = {
  actions: [
    say(({ event }) =>
      event.type === 'GROUP_ORPHANED'
        ? part('coordinating.orphaned', { group: event.data.name, code: event.data.group })
        : [],
    ),
  ],
};
