/**
 * The notice has changed since he agreed: with his next word he is shown the new one and asked; lessons and what hangs
 * on them wait until then, and he is reminded once.
 */
import type { Content } from '../src/content/model';
import { needsRenewal } from '../src/conversation/consents';
import type { ClockName, Command, HeardEvent, WordedCommand } from '../src/conversation/event';
import type { Participant } from '../src/conversation/participant';
import { decide, isSharingOpen } from './consents';
import { armLesson, postpone, to } from './everywhere';
import { armCampaignDay } from './onboarding';
import { inHisLanguage, note, options, question, record, say, sayWith, when, type Step } from './phrases';
import type { Flow, Transition } from './setup';
import { stopping } from './stopping';
import { DAY } from './time';

/** What is his right, or keeps him safe, is his whatever the notice says. */
const ALWAYS_HIS: readonly (Command | WordedCommand)[] = [
  'stop',
  'delete',
  'help',
  'weather',
  'language',
  'my-data',
  'consents',
];
/** Where he is being heard on exactly that. */
const HEARD_THERE =
  /^(care|stopped|leaving|gone|aside\.(renewal|sharing|delete|language|quiet|my-data|consents?))(\.|$)/;

/** Does the question come before what he has just said? */
export function comesFirst(
  version: string,
  { consents, conversation }: Pick<Participant, 'consents' | 'conversation'>,
  meaning: Pick<HeardEvent, 'type'> & { command?: Command | WordedCommand; kind?: string },
): boolean {
  if (!needsRenewal({ consents }, version) || HEARD_THERE.test(conversation.state)) return false;
  if (meaning.type === 'DISCLOSURE' || meaning.kind === 'call') return false;
  return meaning.command === undefined || !ALWAYS_HIS.includes(meaning.command);
}

/** After it he goes on where he was, or is asked what else is open. */
export const renewal: Flow = (content) => {
  const agreed = [
    ...decide(content, 'lessons', 'purpose.agreed'),
    note(() => ({ noticeTold: undefined })),
    record('consent.renewed', () => ({ notice: content.consentVersion })),
    say('consents.renewed'),
  ];
  return question({
    ask: (_step, again) => (again ? 'consent.ask' : ['consents.changed', 'consent.notice', 'consent.ask']),
    options: options('agree', 'disagree'),
    chosen: [
      when('agree', { guard: isSharingOpen, target: 'sharing', actions: agreed }),
      when('agree', { target: to.resume, actions: agreed }),
      when('disagree', {
        target: to.stopped,
        actions: [
          ...decide(content, 'lessons', 'purpose.withdrawn'),
          ...stopping,
          sayWith(({ context }) => ({ parts: inHisLanguage('consents.ended', context), final: true })),
        ],
      }),
    ],
  });
};

/** What falls due waits, and the lesson says so once; to be put before what the timer does otherwise. */
export function untilRenewed(content: Content): Record<ClockName, Transition[]> {
  const isOld = ({ context }: Step) => needsRenewal(context, content.consentVersion);
  const wasTold = ({ context }: Step) => context.scratch.noticeTold === content.consentVersion;
  const wait = (timer: ClockName): Transition[] => [{ guard: isOld, actions: [postpone(timer, DAY)] }];
  return {
    LESSON_DUE: [
      { guard: (step) => isOld(step) && wasTold(step), actions: [armLesson] },
      {
        guard: isOld,
        actions: [armLesson, note(() => ({ noticeTold: content.consentVersion })), say('consents.reminder')],
      },
    ],
    CAMPAIGN_DAY_DUE: [{ guard: isOld, actions: [armCampaignDay(content)] }],
    NUDGE_DUE: wait('NUDGE_DUE'),
    CHECKIN_DUE: wait('CHECKIN_DUE'),
    STEP_DUE: wait('STEP_DUE'),
    JODI_DUE: wait('JODI_DUE'),
    DIGEST_DUE: wait('DIGEST_DUE'),
  };
}

/** He comes back after STOP, and must be asked first. */
export function mustRenew(content: Content): (step: Step) => boolean {
  return ({ context }) => needsRenewal(context, content.consentVersion);
}
