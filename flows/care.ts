/**
 * After somebody told of violence, abuse or of wanting to die: warm words, whom to call, and his own time. Nothing
 * comes by itself until he chooses to go on (facts: UNICEF's Safer Chatbots; docs/care.md).
 */
import type { CareTopic, Content } from '../src/content/model';
import type { Part } from '../src/conversation/effect';
import type { ClockName } from '../src/conversation/event';
import { callingStates, wantCall } from './calling';
import { careful, hasLanguage, leave } from './discretion';
import {
  armLesson,
  choseLanguage,
  languageOptions,
  postpone,
  postponeSignal,
  takeLanguage,
  to,
} from './everywhere';
import { jodiInCare } from './jodi-signals';
import { silently } from './membership';
import { armCampaignDay } from './onboarding';
import { reportStates } from './report';
import { inHisLanguage, isCommand, note, options, part, say, sayWith, when, type Step } from './phrases';
import type { Flow, Transition } from './setup';
import { DAY, HOUR } from './time';

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
      asking: undefined,
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

export const care: Flow = (content) => {
  const told = careful({
    ask: (step, again) =>
      hasLanguage(step)
        ? [
            // After a question about a call the words for what he told are not said again.
            again || step.context.scratch.asking ? 'care.here' : `care.told.${topic(step)}`,
            ...lines(content, topic(step), step.context.profile.state),
            ...(again ? [] : ['care.discretion']),
          ]
        : inHisLanguage('help.danger', step.context),
    options: ({ profile }) =>
      profile.language === undefined ? languageOptions : options('misread', 'care-on', 'want-call'),
    chosen: [
      when('misread', {
        target: to.resume,
        actions: [count('care.misread', topic), leave, say('care.misread')],
      }),
      when('care-on', { target: to.resume, actions: [leave, say('care.going-on')] }),
      ...wantCall,
      {
        guard: choseLanguage,
        target: to.care,
        reenter: true,
        actions: [takeLanguage],
      },
    ],
  });
  const wait = (timer: ClockName): Transition[] => [{ actions: [postpone(timer, DAY)] }];
  const later: Transition = { actions: [postponeSignal(DAY)] };
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
      INVITED: later,
      GROUP_MADE: later,
      TALK_WANTED: later,
      ASKED_AFTER: later,
      GROUP_OFFERED: later,
      OFFER_ANSWERED: later,
      NUMBER_VOUCHED: later,
      NUMBER_REFUSED: later,
      NUMBER_MOVED: later,
      FIGURES: later,
      GROUP_ORPHANED: later,
      MENTOR_CHANGED: later,
      JODI_ASKED: later,
      JODI_BEGUN: later,
      JODI_NONE: later,
      MEETING_OVER: later,
      BROADCAST: later,
      BROADCAST_DRAFTED: later,
      BROADCAST_REFUSED: later,
      CASE_WAITING: later,
      CASE_TAKEN: later,
      CASE_WITHDRAWN: later,
      MEETING: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_OFF: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_REMINDER: { actions: [postponeSignal(6 * HOUR)] },
      MEETING_SHEET: { actions: [postponeSignal(HOUR)] },
      ...jodiInCare,
      ...silently,
    },
    states: { told, ...callingStates(content), ...reportStates(content) },
  };
};
