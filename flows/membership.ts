/** What becomes of the group on his side: he is in one, or in none any more. */
import { isSharingOpen } from './consents';
import { hasJoined, to } from './everywhere';
import { groupCodeFrom } from './group-code';
import { leaveJodi, leaveJodiBehind } from './jodi';
import { afterCommand, change, part, record, say, type Step } from './phrases';
import type { Transition } from './setup';

const profileWith = ({ context }: Step, group: string | undefined) => {
  const { group: _before, ...profile } = context.profile;
  return { profile: { ...profile, ...(group !== undefined && { group }) } };
};

const entering = (step: Step) =>
  profileWith(step, 'data' in step.event && 'group' in step.event.data ? step.event.data.group : undefined);
const enter = change(entering);
const leave = change((step) => profileWith(step, undefined));

const grouped = say(({ event }) =>
  event.type === 'GROUPED'
    ? part('membership.joined', { group: event.data.name, mentor: event.data.mentor })
    : [],
);
const ungrouped = say(({ event }) =>
  event.type === 'UNGROUPED' ? part(`membership.${event.data.why}`, { code: event.data.group }) : [],
);

/** As it is once the signal has been taken in. */
const inGroup = (step: Step): Step => ({ ...step, context: { ...step.context, ...entering(step) } });

const enters = [
  ...leaveJodiBehind,
  enter,
  record('group.joined', ({ context }) => ({ group: context.profile.group ?? '' })),
];
const leaves = [
  ...leaveJodi,
  record('group.left', ({ event }) => (event.type === 'UNGROUPED' ? { group: event.data.group } : {})),
  leave,
];

/** A mentor's new group and its code. */
export const groupMade = [
  record('group.made', ({ event }) => (event.type === 'GROUP_MADE' ? { group: event.data.group } : {})),
  say(({ event }) =>
    event.type === 'GROUP_MADE'
      ? part('membership.made', { group: event.data.name, code: event.data.group })
      : [],
  ),
];
export const GROUP_MADE: Transition = { actions: groupMade };

/** Told without changing where he stands, but for the first time: may his mentor see how he does? */
export const GROUPED: Transition[] = [
  {
    guard: (step) => hasJoined(step) && isSharingOpen(inGroup(step)),
    target: to.sharing,
    actions: [...enters, grouped],
  },
  { guard: hasJoined, actions: [...enters, grouped] },
  { actions: enters },
];

/** It speaks of another group than the one he is in: that one he keeps. */
const isElsewhere = ({ context: { profile }, event }: Step) =>
  event.type === 'UNGROUPED' && profile.group !== undefined && profile.group !== event.data.group;
const isRemoval = ({ event }: Step) => event.type === 'UNGROUPED' && event.data.why === 'removed';

export const UNGROUPED: Transition[] = [
  { guard: (step) => isElsewhere(step) && isRemoval(step) },
  { guard: (step) => hasJoined(step) && isElsewhere(step), actions: [ungrouped] },
  { guard: (step) => hasJoined(step) && isRemoval(step), actions: [...leaves, ungrouped] },
  { guard: hasJoined, actions: [leave, ungrouped] },
  { actions: [leave] },
];

/** Another mentor has taken his group over. */
export const MENTOR_CHANGED: Transition = {
  actions: [
    say(({ event }) =>
      event.type === 'MENTOR_CHANGED'
        ? part('membership.mentor-changed', { group: event.data.name, mentor: event.data.mentor })
        : [],
    ),
  ],
};

/** Whoever has stopped hears nothing of it, but it is so. */
export const silently = {
  GROUPED: { actions: enters },
  UNGROUPED: [{ guard: isElsewhere }, { guard: isRemoval, actions: leaves }, { actions: [leave] }],
};

const codeTyped = ({ event }: Step) => groupCodeFrom(afterCommand(event)) ?? '';

const noteCode = change((step) => profileWith(step, codeTyped(step)));
const hasNoLanguage = ({ context }: Step) => context.profile.language === undefined;

/** JOIN and a group's code, wherever he is; what becomes of it he is told by a signal. */
export const joins: Transition[] = [
  {
    guard: hasJoined,
    target: to.resume,
    actions: [
      { type: 'order', params: (step: Step) => ({ do: 'join group' as const, code: codeTyped(step) }) },
      say('onboarding.group-noted'),
    ],
  },
  // Whoever is still joining is brought to his group at the end of it; often it is his very first word.
  { guard: hasNoLanguage, target: to.language, reenter: true, actions: [noteCode] },
  { target: to.resume, actions: [noteCode, say('onboarding.group-noted')] },
];
