/** When a coordinator's message leaves, what it will be, counted over its audience, and his yes. */
import { keyOfBroadcast, UNDO_MS, type BroadcastMode } from '../../src/conversation/broadcast';
import type { Content } from '../../src/content/model';
import { createReadWhen, momentOf, type Problem } from '../../src/conversation/when';
import { sayWhen } from '../../src/conversation/when/say';
import { DateTime } from 'luxon';
import { postponeSignal } from '../everywhere';
import {
  chosen,
  heard,
  note,
  options,
  part,
  question,
  record,
  say,
  when,
  written,
  type Step,
} from '../phrases';
import type { Context, FlowState, Transition } from '../setup';
import { MINUTE } from '../time';
import {
  forgetWords,
  line,
  mediaInHand,
  previewLines,
  withMedia,
  wordsInHand,
  writingStates,
} from '../words-to-many';
import { zoneOf } from '../zone';
import { aimLines, aimOf, forgetAim, nobodyThere } from './aim';

/** A day without an hour: in the morning, when lessons don't come yet. */
const USUAL_HOUR = '11:00';

const MODES: Record<string, BroadcastMode> = {
  'mode-free': 'free',
  'mode-interrupt': 'interrupt',
  'mode-passive': 'passive',
};

const forgetDraft = note(() => ({
  drafted: undefined,
  counting: undefined,
  startsAt: undefined,
  mode: undefined,
}));

/** Nothing of what he was about to send stays behind. */
export const forgetSending = [forgetWords, forgetAim, forgetDraft] as const;

const modeOf = ({ scratch }: Context): BroadcastMode => scratch.mode ?? 'free';

/** Never sooner than he can take it back. */
function startsAt({ context, event }: Step): Date {
  const soonest = event.at.getTime() + UNDO_MS;
  return new Date(Math.max(soonest, context.scratch.startsAt?.getTime() ?? 0));
}

/** What he chose to send is counted by the service, which answers with a signal that carries the same token. */
const draft = {
  type: 'order' as const,
  params: ({ context, event }: Step) => {
    const media = mediaInHand(context);
    return {
      do: 'draft broadcast' as const,
      token: heard(event).message.id,
      aim: aimOf(context),
      words: wordsInHand(context),
      ...(media && { media }),
    };
  },
};

const count = [draft, note(({ event }) => ({ counting: heard(event).message.id }))];

const isOurs = ({ context, event }: Step) =>
  event.type === 'BROADCAST_DRAFTED' && event.data.token === context.scratch.counting;

/** He is somewhere else for a moment; what he no longer waits for is nothing to him. */
export const BROADCAST_DRAFTED: Transition[] = [{ guard: isOurs, actions: [postponeSignal(MINUTE)] }, {}];

const drafted: Transition[] = [
  {
    guard: (step) =>
      isOurs(step) && step.event.type === 'BROADCAST_DRAFTED' && step.event.data.preview.people > 0,
    target: 'checking',
    actions: [
      note(({ event }) =>
        event.type === 'BROADCAST_DRAFTED'
          ? { drafted: { id: event.data.broadcast, preview: event.data.preview }, counting: undefined }
          : {},
      ),
    ],
  },
  { guard: isOurs, target: 'aim', actions: [forgetAim, nobodyThere, note(() => ({ counting: undefined }))] },
  {},
];

const leave = when('coordinator-menu', { target: 'home' });

/** The states of sending, beside the coordinator's home. */
export function sendingStates(content: Content): Record<string, FlowState> {
  const readWhen = createReadWhen(content.when);

  /** The moment that he typed, or why it is none; undefined where it says nothing of a time. */
  function typed({ context, event }: Step): Date | Problem | undefined {
    const { zone } = context.profile;
    const now = DateTime.fromJSDate(event.at, { zone: zoneOf(zone) });
    const { day, hour, problem } = readWhen(written(event), { now: event.at, zone, asked: 'day' });
    if (problem) return problem;
    if (day === undefined && hour === undefined) return undefined;
    const moment = momentOf(day ?? now.toISODate() ?? '', hour ?? USUAL_HOUR, zone);
    return moment <= event.at ? 'past' : moment;
  }

  const counting = question({
    ask: () => 'coordinator.counting',
    isPatient: true,
    options: options('coordinator-menu'),
    chosen: [leave],
  });

  return {
    ...writingStates({
      next: 'begins',
      wording: 'wording',
      // Who takes part by SMS is known once it is counted; in an area somebody does.
      needsWords: 'always',
      leave: { option: 'coordinator-menu', transition: { target: 'home' } },
    }),
    begins: question({
      ask: () => 'coordinator.begins',
      options: options('send-now', 'coordinator-menu'),
      unclear: 'coordinator.begins-unclear',
      chosen: [leave, { target: 'counting', actions: count }],
      text: [
        {
          guard: (step) => typed(step) instanceof Date,
          target: 'counting',
          actions: [
            note((step) => {
              const moment = typed(step);
              return moment instanceof Date ? { startsAt: moment } : {};
            }),
            ...count,
          ],
        },
        {
          guard: (step) => typed(step) !== undefined,
          target: 'begins',
          reenter: true,
          actions: [say((step) => `when.problem.${String(typed(step))}`)],
        },
      ],
    }),
    counting: { ...counting, on: { ...counting.on, BROADCAST_DRAFTED: drafted } },
    checking: question({
      ask: ({ context }) => {
        const { name = '', zone } = context.profile;
        const words = wordsInHand(context);
        const media = mediaInHand(context);
        const { drafted: made, startsAt: later } = context.scratch;
        return [
          'broadcast.preview.head',
          part(keyOfBroadcast('coordinator', words, media), { words, name }),
          ...withMedia(media),
          ...(made ? previewLines(made.preview, media) : []),
          ...aimLines(context).map(line),
          line(later ? sayWhen(later, zone) : part('coordinator.leaves-soon')),
          line(part(`options.mode-${modeOf(context)}`)),
        ];
      },
      options: options('send-it', 'change-mode', 'write-anew', 'throw-away'),
      chosen: [
        when('change-mode', { target: 'mode' }),
        when('write-anew', { target: 'writing', actions: [forgetWords, forgetDraft] }),
        when('throw-away', { target: 'home', actions: [say('broadcast.thrown-away')] }),
        {
          target: 'home',
          actions: [
            record('broadcast.ordered', ({ context }) => ({
              part: 'area',
              people: context.scratch.drafted?.preview.people ?? 0,
            })),
            {
              type: 'order',
              params: (step: Step) => ({
                do: 'confirm broadcast' as const,
                broadcast: step.context.scratch.drafted?.id ?? '',
                mode: modeOf(step.context),
                startsAt: startsAt(step),
              }),
            },
            say('coordinator.ordered'),
          ],
        },
      ],
    }),
    mode: question({
      ask: () => 'coordinator.mode',
      options: options(...Object.keys(MODES)),
      chosen: [{ target: 'checking', actions: [note(({ event }) => ({ mode: MODES[chosen(event)] }))] }],
    }),
  };
}
