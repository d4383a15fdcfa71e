/** What becomes of the group on his side: he is in one, or in none any more. */
import { hasJoined, to } from './everywhere';
import { groupCodeFrom } from './group-code';
import { afterCommand, change, part, record, say, type Step } from './phrases';
import type { Transition } from './setup';

const profileWith = ({ context }: Step, group: string | undefined) => {
  const { group: _before, ...profile } = context.profile;
  return { profile: { ...profile, ...(group !== undefined && { group }) } };
};

const enter = change((step) =>
  profileWith(step, 'data' in step.event && 'group' in step.event.data ? step.event.data.group : undefined),
);
const leave = change((step) => profileWith(step, undefined));

const grouped = say(({ event }) =>
  event.type === 'GROUPED'
    ? part('membership.joined', { group: event.data.name, mentor: event.data.mentor })
    : [],
);
const ungrouped = say(({ event }) =>
  event.type === 'UNGROUPED' ? part(`membership.${event.data.why}`, { code: event.data.group }) : [],
);

const enters = [enter, record('group.joined', ({ context }) => ({ group: context.profile.group ?? '' }))];
const leaves = [
  record('group.left', ({ event }) => (event.type === 'UNGROUPED' ? { group: event.data.group } : {})),
  leave,
];

/** A mentor's new group and its code. */
export const GROUP_MADE: Transition = {
  actions: [
    record('group.made', ({ event }) => (event.type === 'GROUP_MADE' ? { group: event.data.group } : {})),
    say(({ event }) =>
      event.type === 'GROUP_MADE'
        ? part('membership.made', { group: event.data.name, code: event.data.group })
        : [],
    ),
  ],
};

/** Told without changing where he stands. */
export const GROUPED: Transition[] = [
  { guard: hasJoined, actions: [...enters, grouped] },
  { actions: enters },
];
export const UNGROUPED: Transition[] = [
  { guard: hasJoined, actions: [...leaves, ungrouped] },
  { actions: leaves },
];

/** Whoever has stopped hears nothing of it, but it is so. */
export const silently = { GROUPED: { actions: enters }, UNGROUPED: { actions: leaves } };

/** JOIN and a group's code, wherever he is; what becomes of it he is told by a signal. */
export const joins: Transition = {
  target: to.resume,
  actions: [
    {
      type: 'order',
      params: ({ event }: Step) => ({
        do: 'join group' as const,
        code: groupCodeFrom(afterCommand(event)) ?? '',
      }),
    },
    say('onboarding.group-noted'),
  ],
};
