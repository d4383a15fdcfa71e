/** A role is offered to him: he takes it or leaves it, from his own phone and in his own language. */
import type { Consent } from '../src/conversation/participant';
import { withRole, type Invitation } from '../src/conversation/roles';
import { hasJoined, to, whenFreeForSignal } from './everywhere';
import { armDigest } from './mentor/digest';
import { change, heard, options, part, question, record, say, when, type Step } from './phrases';
import type { Context, FlowState, Transition } from './setup';

/** Does he have any role? */
export function hasRole({ context }: { context: Context }): boolean {
  return Object.keys(context.roles ?? {}).length > 0;
}

const roleOf = (context: Context) => context.invited?.role ?? 'mentor';

/** Evidence that he took the role himself: by which message, in which language. */
function agreed({ context, event }: Step): Consent {
  const { message, at } = heard(event);
  return {
    notice: `role-${roleOf(context)}`,
    language: context.profile.language ?? 'en',
    channel: message.channel,
    messageId: message.id,
    at,
    given: true,
  };
}

const take = [
  record('role.accepted', ({ context }) => ({ role: roleOf(context) })),
  say(({ context }) => `role.taken.${roleOf(context)}`),
  change((step) => {
    const { context, event } = step;
    const invited = context.invited;
    if (!invited) return {};
    return {
      status: 'active' as const,
      roles: withRole(context.roles, invited, event.at),
      consents: [...context.consents, agreed(step)],
      invited: undefined,
    };
  }),
];

const leave = [
  record('role.declined', ({ context }) => ({ role: roleOf(context) })),
  say('role.left'),
  change(() => ({ invited: undefined })),
];

/** The question; `elsewhere` is where he goes on who takes no hat. */
export function invitation(
  elsewhere: (actions: NonNullable<Transition['actions']>) => Transition[],
): FlowState {
  const is = (role: Invitation['role']) => (step: Step) => roleOf(step.context) === role;
  return question({
    ask: ({ context }) => part(`role.ask.${roleOf(context)}`, { name: context.profile.name ?? '' }),
    options: options('take-role', 'leave-role'),
    chosen: [
      when('take-role', { guard: is('mentor'), target: to.mentor, actions: [...take, armDigest] }),
      when('take-role', { guard: is('officer'), target: to.officer, actions: take }),
      when('take-role', { target: to.coordinator, actions: take }),
      ...elsewhere(leave).map((one) => when('leave-role', one)),
    ],
  });
}

const keep = change(({ event }) => (event.type === 'INVITED' ? { invited: event.data.invitation } : {}));

const holds = (roles: Context['roles'], { role }: Invitation) => roles?.[role] !== undefined;

/** Whoever is still joining is asked at the end of it. */
export const invited: Transition[] = [
  { guard: ({ context, event }) => event.type === 'INVITED' && holds(context.roles, event.data.invitation) },
  { guard: (step) => !hasJoined(step) && !hasRole(step), actions: [keep] },
  ...whenFreeForSignal,
  { target: to.invitation, actions: [keep] },
];
