/**
 * After somebody told of violence, abuse or of wanting to die: warm words, whom to call, and his own time. Nothing
 * comes by itself until he chooses to go on (facts: UNICEF's Safer Chatbots; docs/care.md).
 */
import type { CareTopic, Content } from '../src/content/model';
import type { Part } from '../src/conversation/effect';
import type { ClockName } from '../src/conversation/event';
import {
  armLesson,
  choseLanguage,
  languageOptions,
  postpone,
  postponeSignal,
  silence,
  takeLanguage,
  to,
} from './everywhere';
import { jodiInCare } from './jodi-signals';
import { silently } from './membership';
import { armCampaignDay } from './onboarding';
import {
  inHisLanguage,
  isCommand,
  note,
  options,
  part,
  question,
  say,
  sayWith,
  when,
  type Step,
} from './phrases';
import type { Flow, Transition } from './setup';
import { DAY, HOUR } from './time';

/** After so long somebody else may hold the phone: the first word then is a harmless one. */
const ANOTHER_HAND_AFTER = 6 * HOUR;

/** A child needs other help than a grown-up, and the women's numbers are none for a man. */
function topicOf({ event }: Step): CareTopic {
  if (event.type !== 'DISCLOSURE') return 'witnessed';
  const { category, who } = event;
  if (who === 'child' && category === 'suffered') return 'child';
  return who === 'man' && category === 'suffered' ? 'suffered-man' : category;
}

const topic = ({ context }: Step): CareTopic => context.scratch.care ?? 'witnessed';

/** Counted without a link to the person: nothing in the journal says who told it. */
function count(entry: 'care.told' | 'care.misread', what: (step: Step) => string) {
  return {
    type: 'record' as const,
    params: (step: Step) => ({ entry, anonymous: true, data: { category: what(step) } }),
  };
}

/** He told of it, wherever he was: nothing is graded, nothing of his words goes on. */
export const disclosed: Transition = {
  target: to.care,
  reenter: true,
  actions: [
    note((step) => ({
      care: topicOf(step),
      misses: undefined,
      ...(step.context.profile.language === undefined && { fresh: true }),
    })),
    count('care.told', topicOf),
  ],
};

/** The numbers for a need, as lines: his state's own and the country's. */
function lines(content: Content, need: CareTopic, state: string | undefined): Part[] {
  return content.helplines
    .filter((one) => one.for.includes(need) && (one.states.length === 0 || one.states.includes(state ?? '')))
    .map(({ id, number }) => ({
      ...part('care.line', { number }, { name: `helpline.${id}.name` }),
      continues: true as const,
    }));
}

/** Whoever has stopped hears nothing more from us, but is not left alone when he tells of violence himself. */
export function toldAfterStop(content: Content): Transition {
  return {
    actions: [
      count('care.told', topicOf),
      sayWith((step) => ({
        parts: [
          ...inHisLanguage('help.danger', step.context),
          ...(step.context.profile.language === undefined
            ? []
            : [{ key: 'care.these' }, ...lines(content, topicOf(step), step.context.profile.state)]),
        ],
        discreet: inHisLanguage('care.sms', step.context),
        final: true,
      })),
    ],
  };
}

const hasLanguage = ({ context }: Step) => context.profile.language !== undefined;
const leave = note(() => ({ care: undefined }));

export const care: Flow = (content) => {
  const told = question({
    isPatient: true,
    ask: (step, again) =>
      hasLanguage(step)
        ? [
            again ? 'care.here' : `care.told.${topic(step)}`,
            ...lines(content, topic(step), step.context.profile.state),
            ...(again ? [] : ['care.discretion']),
          ]
        : inHisLanguage('help.danger', step.context),
    discreet: ({ context }) => inHisLanguage('care.sms', context),
    options: ({ profile }) =>
      profile.language === undefined ? languageOptions : options('misread', 'care-on'),
    unclear: null,
    odd: () => 'care.cannot-see',
    chosen: [
      when('misread', {
        target: to.resume,
        actions: [count('care.misread', topic), leave, say('care.misread')],
      }),
      when('care-on', { target: to.resume, actions: [leave, say('care.going-on')] }),
      {
        guard: choseLanguage,
        target: to.care,
        reenter: true,
        actions: [takeLanguage],
      },
    ],
  });
  const another: Transition = {
    guard: (step) => hasLanguage(step) && silence(step) > ANOTHER_HAND_AFTER,
    target: to.quiet,
    actions: [leave],
  };
  const first = (transitions: unknown): Transition[] => [another, ...(transitions as Transition[])];
  const wait = (timer: ClockName): Transition[] => [{ actions: [postpone(timer, DAY)] }];
  return {
    initial: 'told',
    on: {
      COMMAND: [
        {
          guard: (step) => hasLanguage(step) && isCommand('help', 'again')(step),
          target: to.care,
          reenter: true,
        },
        {
          guard: (step) => hasLanguage(step) && isCommand('back', 'start')(step),
          target: to.resume,
          actions: [leave],
        },
        { guard: (step) => hasLanguage(step) && isCommand('menu')(step), target: to.menu, actions: [leave] },
      ],
      // A lesson or a reminder now would be one that somebody else could see: his weeks go on, unspoken.
      LESSON_DUE: [{ actions: [armLesson] }],
      CAMPAIGN_DAY_DUE: [{ actions: [armCampaignDay(content)] }],
      NUDGE_DUE: wait('NUDGE_DUE'),
      CHECKIN_DUE: wait('CHECKIN_DUE'),
      STEP_DUE: wait('STEP_DUE'),
      DIGEST_DUE: wait('DIGEST_DUE'),
      JODI_DUE: wait('JODI_DUE'),
      // Of others he hears when he has gone on; where he belongs is noted without a word.
      INVITED: { actions: [postponeSignal(DAY)] },
      GROUP_MADE: { actions: [postponeSignal(DAY)] },
      TALK_WANTED: { actions: [postponeSignal(DAY)] },
      ASKED_AFTER: { actions: [postponeSignal(DAY)] },
      GROUP_OFFERED: { actions: [postponeSignal(DAY)] },
      OFFER_ANSWERED: { actions: [postponeSignal(DAY)] },
      NUMBER_VOUCHED: { actions: [postponeSignal(DAY)] },
      NUMBER_REFUSED: { actions: [postponeSignal(DAY)] },
      NUMBER_MOVED: { actions: [postponeSignal(DAY)] },
      GROUP_ORPHANED: { actions: [postponeSignal(DAY)] },
      MENTOR_CHANGED: { actions: [postponeSignal(DAY)] },
      JODI_ASKED: { actions: [postponeSignal(DAY)] },
      JODI_BEGUN: { actions: [postponeSignal(DAY)] },
      JODI_NONE: { actions: [postponeSignal(DAY)] },
      ...jodiInCare,
      MEETING: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_OFF: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_REMINDER: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_SHEET: { actions: [postponeSignal(HOUR)] },
      MEETING_OVER: { actions: [postponeSignal(DAY)] },
      BROADCAST: { actions: [postponeSignal(DAY)] },
      BROADCAST_REFUSED: { actions: [postponeSignal(DAY)] },
      ...silently,
    },
    states: {
      told: {
        ...told,
        on: {
          ...told.on,
          UNCLEAR: first(told.on?.UNCLEAR),
          ODD: first(told.on?.ODD),
          VOICE: first(told.on?.VOICE),
        },
      },
    },
  };
};
