/** What becomes of the group on his side: he is in one, or in none any more. */
import { hasJoined } from './everywhere';
import { change, part, say, type Step } from './phrases';
import type { Transition } from './setup';

const profileWith = ({ context }: Step, group: string | undefined) => {
  const { group: _before, ...profile } = context.profile;
  return { profile: { ...profile, ...(group !== undefined && { group }) } };
};

const enter = change((step) => profileWith(step, 'data' in step.event && 'group' in step.event.data ? step.event.data.group : undefined));
const leave = change((step) => profileWith(step, undefined));

const grouped = say(({ event }) =>
  event.type === 'GROUPED' ? part('membership.joined', { group: event.data.name, mentor: event.data.mentor }) : [],
);
const ungrouped = say(({ event }) =>
  event.type === 'UNGROUPED' ? part(`membership.${event.data.why}`, { code: event.data.group }) : [],
);

/** Told without changing where he stands. */
export const GROUPED: Transition[] = [
  { guard: hasJoined, actions: [enter, grouped] },
  { actions: [enter] },
];
export const UNGROUPED: Transition[] = [
  { guard: hasJoined, actions: [leave, ungrouped] },
  { actions: [leave] },
];

/** Whoever has stopped hears nothing of it, but it is so. */
export const silently = { GROUPED: { actions: [enter] }, UNGROUPED: { actions: [leave] } };
