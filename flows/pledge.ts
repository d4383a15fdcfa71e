/** A pledge: chosen, confirmed word for word, a first step picked, and asked about a week later. */
import type { Content } from '../src/content/model';
import type { Pledge } from '../src/conversation/participant';
import {
  arm,
  isBusy,
  isStale,
  postpone,
  silence,
  to,
  whenFree,
  withName,
  SILENCE_BEFORE_REST,
} from './everywhere';
import { armCampaignDay } from './onboarding';
import {
  change,
  chosen,
  note,
  options,
  part,
  question,
  record,
  say,
  sayWith,
  when,
  type Step,
} from './phrases';
import type { Flow, Transition } from './setup';
import { campaignDayOn, stepAt } from './time';

const kindInHand = ({ context }: Step) => context.scratch.kind ?? '';

function kindOf(content: Content, id: string | undefined) {
  return content.pledges.find((pledge) => pledge.id === id);
}

/** The pledge whose first step was chosen and not yet asked about. */
function pledgeToAskAbout({ context }: Step): Pledge | undefined {
  return context.pledges.findLast(({ step, stepAnswer }) => step !== undefined && stepAnswer === undefined);
}

const latestPledge = (update: Partial<Pledge>) => (pledges: Pledge[]) =>
  pledges.map((pledge, index) => (index === pledges.length - 1 ? { ...pledge, ...update } : pledge));

/** His document stays small, however often he pledges; the journal counts every one. */
const PLEDGES_KEPT = 50;

export const pledge: Flow = (content) => ({
  initial: 'choose',
  states: {
    choose: question({
      ask: ({ context }) => withName('pledging.ask', context),
      options: [
        ...content.pledges.map(({ id }) => ({ id, key: `pledge.${id}.title` })),
        ...options('not-now'),
      ],
      chosen: [
        when('not-now', {
          target: to.where,
          actions: [record('pledge.declined'), say('pledging.another-time')],
        }),
        { target: 'confirm', actions: [note(({ event }) => ({ kind: chosen(event) }))] },
      ],
    }),
    confirm: question({
      ask: (step) => [
        part('pledging.read', {}, { text: `pledge.${kindInHand(step)}.text` }),
        'pledging.confirm',
      ],
      options: options('yes', 'no'),
      chosen: [
        when('yes', {
          target: 'step',
          actions: [
            change((step) => ({
              pledges: [...step.context.pledges, taken(content, step)].slice(-PLEDGES_KEPT),
            })),
            record('pledge.taken', (step) => ({
              kind: kindInHand(step),
              version: kindOf(content, kindInHand(step))?.version ?? '',
            })),
            sayWith((step) => ({
              parts: [{ ...withName('pledging.taken', step.context), hasPicture: true }],
              picture: { kind: 'certificate', pledgeId: step.context.pledges.at(-1)?.id ?? '' },
            })),
          ],
        }),
        when('no', { target: 'choose', reenter: true, actions: [say('pledging.choose-another')] }),
      ],
    }),
    step: question({
      ask: () => 'pledging.step',
      options: ({ scratch }) => [
        ...(kindOf(content, scratch.kind)?.steps ?? []).map(({ id }) => ({
          id,
          key: `pledge.${scratch.kind ?? ''}.step.${id}`,
        })),
        ...options('choose-myself'),
      ],
      chosen: [
        when('choose-myself', {
          target: to.where,
          actions: [note(() => ({ kind: undefined })), say('pledging.step-skipped')],
        }),
        {
          target: to.where,
          actions: [
            change(({ context, event }) => ({
              pledges: latestPledge({ step: chosen(event) })(context.pledges),
            })),
            record('step.chosen', (step) => ({ kind: kindInHand(step), step: chosen(step.event) })),
            arm('STEP_DUE', ({ context, event }) => stepAt(context.profile, event.at)),
            note(() => ({ kind: undefined })),
            say('pledging.step-chosen'),
          ],
        },
      ],
    }),
  },
});

function taken(content: Content, step: Step): Pledge {
  const kind = kindInHand(step);
  return {
    id: `${kind}-${step.context.sequence}`,
    kind,
    version: kindOf(content, kind)?.version ?? '',
    language: step.context.profile.language ?? 'en',
    at: step.event.at,
  };
}

/** A week later: how did the first step go? */
export const stepCheck: Flow = () =>
  question({
    ask: (step) => {
      const asked = pledgeToAskAbout(step);
      return part('step.ask', {}, { step: `pledge.${asked?.kind ?? ''}.step.${asked?.step ?? ''}` });
    },
    options: options('done', 'tried', 'not-yet'),
    chosen: [
      {
        target: to.where,
        actions: [
          record('step.answered', (step) => ({
            kind: pledgeToAskAbout(step)?.kind ?? '',
            answer: chosen(step.event),
          })),
          say(({ event }) => `step.${chosen(event)}`),
          change((step) => {
            const asked = pledgeToAskAbout(step);
            const stepAnswer = chosen(step.event) as NonNullable<Pledge['stepAnswer']>;
            return {
              pledges: step.context.pledges.map((one) =>
                one.id === asked?.id ? { ...one, stepAnswer } : one,
              ),
            };
          }),
        ],
      },
    ],
  });

export const stepDue: Transition[] = [
  ...whenFree('STEP_DUE'),
  { guard: (step) => pledgeToAskAbout(step) !== undefined && !isStale(step), target: to.stepCheck },
];

/** A campaign day: its greeting, and a pledge where the day offers one. Silent people are left in peace. */
export function campaignDayDue(content: Content): Transition[] {
  const dayOf = (step: Step) =>
    'due' in step.event
      ? campaignDayOn(content.campaignDays, step.context.profile, step.event.due)
      : undefined;
  const isToday = (step: Step) =>
    dayOf(step) !== undefined &&
    dayOf(step)?.id === campaignDayOn(content.campaignDays, step.context.profile, step.event.at)?.id;
  const greet = say((step) => [`day.${dayOf(step)?.id ?? ''}.greeting`]);
  const next = armCampaignDay(content);
  return [
    { guard: isBusy, actions: [postpone('CAMPAIGN_DAY_DUE')] },
    { guard: (step) => !isToday(step) || silence(step) > SILENCE_BEFORE_REST, actions: [next] },
    {
      guard: (step) => dayOf(step)?.pledge === true,
      target: to.pledge,
      actions: [greet, record('pledge.offered', (step) => ({ day: dayOf(step)?.id ?? '' })), next],
    },
    { actions: [greet, next] },
  ];
}
