/**
 * A mentor writes to his group or to part of it: to whom, the words, how they will look and what it takes, and off it
 * goes unless he takes it back. The words stand in his scratch until then, and nowhere once he has decided.
 */
import {
  emptyPreview,
  GROUP_PARTS,
  keyOfBroadcast,
  QUIET_DAYS,
  UNDO_MS,
  waysOf,
  withAddressee,
  type BroadcastPreview,
  type GroupPart,
} from '../../src/conversation/broadcast';
import type { MeetingView, MemberView } from '../../src/conversation/view';
import type { Content } from '../../src/content/model';
import { chosen, note, options, part, question, record, say, when, type Step } from '../phrases';
import type { Context, FlowState, Transition } from '../setup';
import { DAY } from '../time';
import {
  forgetWords,
  line,
  mediaInHand,
  previewLines,
  takesOther,
  withMedia,
  wordsInHand,
  writingStates,
} from '../words-to-many';
import { groupInHand } from './group';
import { meetingAhead } from './meetings';

/** The meeting that is ahead, against the moment at which the view was read. */
function ahead(context: Context): MeetingView | undefined {
  return context.view && meetingAhead(groupInHand(context), context.view.at);
}

/** The parts that make sense now: nobody comes to a meeting that has not been called. */
function partsOf(context: Context): GroupPart[] {
  return GROUP_PARTS.filter((one) => one !== 'coming' || ahead(context) !== undefined);
}

/** Those of the group who belong to a part of it and get messages; what a man does not show puts him into no part. */
export function membersIn({ context, event }: Step, which: GroupPart): MemberView[] {
  const quietSince = event.at.getTime() - QUIET_DAYS * DAY;
  return (groupInHand(context)?.members ?? [])
    .filter(({ status }) => status === 'active')
    .filter(({ lastHeardAt, progress, meeting }) => {
      if (which === 'coming') return meeting?.id === ahead(context)?.id && meeting?.answer === 'yes';
      if (which === 'quiet') return lastHeardAt !== undefined && lastHeardAt.getTime() < quietSince;
      return which === 'all' || progress?.pledges === 0;
    });
}

/** What he taps for each. */
const PART_OPTION: Record<GroupPart, string> = {
  all: 'to-all',
  quiet: 'to-quiet',
  'not-pledged': 'to-not-pledged',
  coming: 'to-coming',
};

const partInHand = ({ context }: Step): GroupPart => context.scratch.to ?? 'all';
const partChosen = ({ event }: Step) =>
  GROUP_PARTS.find((one) => chosen(event) === PART_OPTION[one]) ?? 'all';
const keyInHand = ({ context }: Step) => keyOfBroadcast('mentor', wordsInHand(context), mediaInHand(context));

/** Nothing of it stays behind. */
export const forget = [note(() => ({ to: undefined })), forgetWords];

/** What it will be for those whom he means. */
function previewOf(content: Content, step: Step): BroadcastPreview {
  const { context, event } = step;
  // How long it will be by SMS is the same in every language but for the mentor's title beside his name.
  const ways = waysOf(
    content.templates,
    keyInHand(step),
    () => `${wordsInHand(context)}\n– ${context.profile.name ?? ''}`,
  );
  return membersIn(step, partInHand(step)).reduce(
    (preview, { language, medium, lastHeardAt }) =>
      withAddressee(preview, { language, medium, lastHeardAt }, ways, event.at),
    emptyPreview(),
  );
}

const whom: FlowState = question({
  ask: (step) => [
    part('broadcast.whom', { group: groupInHand(step.context)?.name ?? '' }),
    ...partsOf(step.context).map((one) =>
      line(part(`broadcast.part.${one}`, { count: membersIn(step, one).length })),
    ),
  ],
  options: (context) => options(...partsOf(context).map((one) => PART_OPTION[one]), 'mentor-menu'),
  chosen: [
    when('mentor-menu', { target: 'home', actions: forget }),
    {
      guard: (step) => membersIn(step, partChosen(step)).length > 0,
      target: 'writing',
      actions: [note((step) => ({ to: partChosen(step) }))],
    },
    { target: 'whom', reenter: true, actions: [say('broadcast.nobody-there')] },
  ],
});

/** Is there anybody among them who gets nothing but words? */
const needsWords = (step: Step) => membersIn(step, partInHand(step)).some(({ medium }) => medium === 'sms');

const takes = { next: 'checking', wording: 'wording', needsWords };

/** What leaves once he says so. */
function orderOf(step: Step) {
  const { context, event } = step;
  const media = mediaInHand(context);
  const meeting = partInHand(step) === 'coming' ? ahead(context)?.id : undefined;
  return {
    do: 'send broadcast' as const,
    group: groupInHand(context)?.code ?? '',
    part: partInHand(step),
    words: wordsInHand(context),
    startsAt: new Date(event.at.getTime() + UNDO_MS),
    ...(media && { media }),
    ...(meeting !== undefined && { meeting }),
  };
}

function checking(content: Content): FlowState {
  return question({
    ask: (step) => [
      'broadcast.preview.head',
      part(keyInHand(step), { words: wordsInHand(step.context), name: step.context.profile.name ?? '' }),
      ...withMedia(mediaInHand(step.context)),
      ...previewLines(previewOf(content, step), mediaInHand(step.context)),
    ],
    options: options('send-it', 'write-anew', 'throw-away'),
    chosen: [
      when('write-anew', { target: 'writing', actions: [forgetWords] }),
      when('throw-away', { target: 'home', actions: [...forget, say('broadcast.thrown-away')] }),
      {
        target: 'home',
        actions: [
          record('broadcast.ordered', (step) => ({
            group: groupInHand(step.context)?.code ?? '',
            part: partInHand(step),
            people: membersIn(step, partInHand(step)).length,
          })),
          { type: 'order', params: orderOf },
          say('broadcast.on-its-way'),
          ...forget,
        ],
      },
    ],
    // A picture or a voice note may come after the words too.
    ...takesOther('checking'),
    odd: () => 'broadcast.only-these',
  });
}

/** The states of writing one, beside the mentor's home. */
export const broadcastStates = (content: Content) => ({
  whom,
  ...writingStates({
    ...takes,
    leave: { option: 'mentor-menu', transition: { target: 'home', actions: forget } },
  }),
  checking: checking(content),
});

/** From his menu: how the last ones stand where there are any, otherwise straight to writing. */
export const toBroadcasts: Transition[] = [
  { guard: ({ context }: Step) => hasSome(context), target: 'sent' },
  { target: 'whom' },
];

function hasSome({ view }: Context): boolean {
  return (view?.broadcasts?.latest.length ?? 0) > 0;
}
