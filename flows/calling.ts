/**
 * "Shall somebody call you?" Only what he says yes to goes on: what kind, where, and how he can safely be reached.
 * Whoever just leaves has asked for nothing. The number comes last, so that it is never noted in between.
 */
import { officeKey, type Content } from '../src/content/model';
import type { CallTime, CaseRequest } from '../src/conversation/case';
import type { Consent } from '../src/conversation/participant';
import { careful, leave } from './discretion';
import { to } from './everywhere';
import {
  change,
  chosen,
  heard,
  note,
  options,
  part,
  say,
  scratchWith,
  when,
  written,
  type Step,
} from './phrases';
import { phoneFrom } from './phone';
import { placesOf } from './places';
import type { Context, FlowState, Transition } from './setup';

type Asking = NonNullable<Context['scratch']['asking']>;

/** Goes up whenever the words of `care-call.ask` or `report.ask` change what he agrees to. */
const NOTICE = 'calls-1';

/** Notes one more answer. */
export const ask = (update: (step: Step) => Asking) =>
  change((step) => ({
    scratch: scratchWith(step.context, { asking: { ...step.context.scratch.asking, ...update(step) } }),
  }));

/** Evidence of his yes: to which words, by which message. It goes with the case, sealed, and stays with nothing else. */
function agreed({ context, event }: Step): Consent {
  const { message, at } = heard(event);
  const language = context.profile.language ?? 'en';
  return { notice: NOTICE, language, channel: message.channel, messageId: message.id, at, given: true };
}

function requestOf(step: Step): CaseRequest {
  const { profile, scratch } = step.context;
  const { kind = 'call', topic, state, district, urgency, reach = 'none', time } = scratch.asking ?? {};
  const number = phoneFrom(written(step.event));
  // A place that he named stands alone: his own district is not in it.
  const place = state === undefined ? profile : { state, district };
  return {
    kind,
    topic: topic ?? scratch.care ?? 'witnessed',
    state: place.state ?? '',
    ...(place.district !== undefined && { district: place.district }),
    urgency: urgency ?? 'week',
    reach,
    ...(time && { time }),
    ...(reach === 'other-phone' && number !== undefined && { number }),
    consent: agreed(step),
    language: profile.language ?? 'en',
  };
}

/** The case is asked for, in one step with his last answer. */
export const open = [
  {
    type: 'order' as const,
    params: (step: Step) => ({ do: 'open case' as const, request: requestOf(step) }),
  },
];

const TIMES: Record<string, CallTime> = {
  'call-morning': 'morning',
  'call-afternoon': 'afternoon',
  'call-evening': 'evening',
};
const timeOf = (option: string) => TIMES[option] ?? 'any';

/** The last words of it, by how he is reached. */
function doneWords({ context }: Step) {
  const { reach = 'none' } = context.scratch.asking ?? {};
  if (reach === 'none') return part('care-call.done-none');
  return reach === 'office'
    ? part('care-call.done-office', {}, { office: officeKey(context.profile.district ?? '') })
    : part('care-call.done-phone');
}

/** Takes back what he asked for: also where there is nothing, so that no trace of it stands with him. */
export const withdraw = [
  { type: 'order' as const, params: { do: 'withdraw cases' as const } },
  say('care-call.withdrawn'),
  leave,
];

/** He writes from SMS: there nothing is asked, and nothing promised. */
const isPrivate = ({ event }: Step) => heard(event).message.medium === 'whatsapp';

/** From care: the question whether somebody shall call. */
export const wantCall: Transition[] = [
  when('want-call', { guard: isPrivate, target: 'call' }),
  when('want-call', { target: 'told', reenter: true }),
];

/** How he is reached: shared by whoever asks for himself and whoever reports. */
export function reached(onNone: Transition): Transition[] {
  const by = (reach: CaseRequest['reach']) => ask(() => ({ reach }));
  return [
    when('this-phone', {
      guard: ({ event }) => heard(event).message.hasNoNumber === true,
      target: 'when',
      actions: [by('other-phone')],
    }),
    when('this-phone', { target: 'when', actions: [by('this-phone')] }),
    when('other-phone', { target: 'when', actions: [by('other-phone')] }),
    onNone,
  ];
}

/** The states of it, beside `told`. */
export function callingStates(content: Content): Record<string, FlowState> {
  const places = placesOf(content);
  const offices = new Set(content.hubs.filter(({ office }) => office).map(({ district }) => district));
  const hasOffice = ({ profile }: Context) => offices.has(profile.district ?? '');
  const refused: Transition = {
    target: 'told',
    actions: [note(() => ({ asking: {} })), say('care-call.refused')],
  };
  return {
    call: careful({
      ask: () => 'care-call.ask',
      options: options('call-yes', 'call-no'),
      chosen: [
        when('call-yes', { guard: ({ context }) => context.profile.state === undefined, target: 'place' }),
        when('call-yes', { target: 'how' }),
        when('call-no', refused),
      ],
    }),
    place: careful({
      ask: () => 'onboarding.state',
      options: places.stateOptions,
      chosen: [{ target: 'how', actions: [ask(({ event }) => ({ state: chosen(event) }))] }],
    }),
    how: careful({
      ask: () => 'care-call.how',
      options: (context) =>
        hasOffice(context)
          ? options('this-phone', 'other-phone', 'at-office', 'call-no')
          : options('this-phone', 'other-phone', 'call-no'),
      chosen: [
        ...reached(when('call-no', refused)),
        {
          target: 'asked',
          actions: [ask(() => ({ reach: 'office' as const })), ...open],
        },
      ],
    }),
    when: careful({
      ask: () => 'care-call.when',
      options: options('call-morning', 'call-afternoon', 'call-evening', 'call-any'),
      chosen: [
        {
          guard: ({ context }) => context.scratch.asking?.reach === 'other-phone',
          target: 'number',
          actions: [ask(({ event }) => ({ time: timeOf(chosen(event)) }))],
        },
        { target: 'asked', actions: [ask(({ event }) => ({ time: timeOf(chosen(event)) })), ...open] },
      ],
    }),
    number: careful({
      ask: () => 'care-call.number',
      options: options('call-no'),
      unclear: 'care-call.number-unclear',
      chosen: [when('call-no', refused)],
      text: [
        { guard: ({ event }) => phoneFrom(written(event)) !== undefined, target: 'asked', actions: open },
      ],
    }),
    asked: careful({
      ask: (step) => doneWords(step),
      options: options('care-on', 'withdraw-call'),
      chosen: [
        when('withdraw-call', { target: to.resume, actions: withdraw }),
        { target: to.resume, actions: [leave, say('care.going-on')] },
      ],
    }),
  };
}
