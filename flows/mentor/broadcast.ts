/**
 * A mentor writes to his group or to part of it: to whom, the words, how they will look and what it takes, and off it
 * goes unless he takes it back. The words stand in his scratch until then, and nowhere once he has decided.
 */
import {
  broadcastWordsFrom,
  emptyPreview,
  GROUP_PARTS,
  QUIET_DAYS,
  UNDO_MS,
  waysOf,
  withAddressee,
  type BroadcastPreview,
  type GroupPart,
} from '../../src/conversation/broadcast';
import type { Part } from '../../src/conversation/effect';
import { LANGUAGES } from '../../src/conversation/participant';
import type { MemberView } from '../../src/conversation/view';
import type { Content } from '../../src/content/model';
import { disclosed } from '../care';
import { chosen, note, options, part, question, record, say, when, written, type Step } from '../phrases';
import type { Context, FlowState, Transition } from '../setup';
import { DAY } from '../time';
import { groupInHand } from './group';

const KEY = 'broadcast.from.mentor';

/** Those of the group who belong to a part of it and get messages; what a man does not show puts him into no part. */
export function membersIn({ context, event }: Step, which: GroupPart): MemberView[] {
  const quietSince = event.at.getTime() - QUIET_DAYS * DAY;
  return (groupInHand(context)?.members ?? [])
    .filter(({ status }) => status === 'active')
    .filter(({ lastHeardAt, progress }) => {
      if (which === 'quiet') return lastHeardAt !== undefined && lastHeardAt.getTime() < quietSince;
      return which === 'all' || progress?.pledges === 0;
    });
}

/** What he taps for each. */
const PART_OPTION: Record<GroupPart, string> = {
  all: 'to-all',
  quiet: 'to-quiet',
  'not-pledged': 'to-not-pledged',
};

const partInHand = ({ context }: Step): GroupPart => context.scratch.to ?? 'all';
const partChosen = ({ event }: Step) =>
  GROUP_PARTS.find((one) => chosen(event) === PART_OPTION[one]) ?? 'all';
const words = ({ context }: Step) => context.scratch.words ?? '';

/** Nothing of it stays behind. */
export const forget = note(() => ({ to: undefined, words: undefined, warned: undefined }));

/** What it will be for those whom he means. */
function previewOf(content: Content, step: Step): BroadcastPreview {
  const { context, event } = step;
  // How long it will be by SMS is the same in every language but for the mentor's title beside his name.
  const ways = waysOf(content.templates, KEY, () => `${words(step)}\n– ${context.profile.name ?? ''}`);
  return membersIn(step, partInHand(step)).reduce(
    (preview, { language, medium, lastHeardAt }) =>
      withAddressee(preview, { language, medium, lastHeardAt }, ways, event.at),
    emptyPreview(),
  );
}

const line = (one: Part): Part => ({ ...one, continues: true });

/** How many, in which languages, by which way, and who can't be reached. */
export function previewLines({ people, languages, sms, segments, unreachable }: BroadcastPreview): Part[] {
  return [
    part('broadcast.preview.people', { count: people }),
    ...LANGUAGES.flatMap((language) => {
      const count = languages[language];
      return count === undefined
        ? []
        : [
            line(
              part('broadcast.preview.language', { count }, { language: `broadcast.language.${language}` }),
            ),
          ];
    }),
    ...(sms > 0 ? [line(part('broadcast.preview.sms', { count: sms, segments }))] : []),
    ...(unreachable > 0 ? [line(part('broadcast.preview.unreachable', { count: unreachable }))] : []),
  ];
}

const whom: FlowState = question({
  ask: (step) => [
    part('broadcast.whom', { group: groupInHand(step.context)?.name ?? '' }),
    ...GROUP_PARTS.map((one) => line(part(`broadcast.part.${one}`, { count: membersIn(step, one).length }))),
  ],
  options: options(...GROUP_PARTS.map((one) => PART_OPTION[one]), 'mentor-menu'),
  chosen: [
    when('mentor-menu', { target: 'home', actions: [forget] }),
    {
      guard: (step) => membersIn(step, partChosen(step)).length > 0,
      target: 'writing',
      actions: [note((step) => ({ to: partChosen(step) }))],
    },
    { target: 'whom', reenter: true, actions: [say('broadcast.nobody-there')] },
  ],
});

const wordsIn = ({ event }: Step) => broadcastWordsFrom(written(event));

/** Words that speak of violence are first taken as somebody's own story; then he decides. */
const told: Transition = {
  ...disclosed,
  actions: [...(disclosed.actions as never[]), note(() => ({ warned: true as const }))] as never,
};

function writing(): FlowState {
  const asked = question({
    ask: ({ context }) => (context.scratch.warned ? 'broadcast.write-warned' : 'broadcast.write'),
    options: options('mentor-menu'),
    unclear: 'broadcast.write-unclear',
    odd: () => 'broadcast.only-text',
    chosen: [when('mentor-menu', { target: 'home', actions: [forget] })],
    text: [
      {
        guard: (step) => wordsIn(step) !== undefined,
        target: 'checking',
        actions: [note((step) => ({ words: wordsIn(step) ?? '', warned: undefined }))],
      },
    ],
    isOwnText: ({ context }) => context.scratch.warned === true,
  });
  return { ...asked, on: { ...asked.on, DISCLOSURE: told } };
}

function checking(content: Content): FlowState {
  return question({
    ask: (step) => [
      'broadcast.preview.head',
      part(KEY, { words: words(step), name: step.context.profile.name ?? '' }),
      ...previewLines(previewOf(content, step)),
    ],
    options: options('send-it', 'write-anew', 'throw-away'),
    chosen: [
      when('write-anew', { target: 'writing', actions: [note(() => ({ words: undefined }))] }),
      when('throw-away', { target: 'home', actions: [forget, say('broadcast.thrown-away')] }),
      {
        target: 'home',
        actions: [
          record('broadcast.ordered', (step) => ({
            group: groupInHand(step.context)?.code ?? '',
            part: partInHand(step),
            people: membersIn(step, partInHand(step)).length,
          })),
          {
            type: 'order',
            params: (step: Step) => ({
              do: 'send broadcast' as const,
              group: groupInHand(step.context)?.code ?? '',
              part: partInHand(step),
              words: words(step),
              startsAt: new Date(step.event.at.getTime() + UNDO_MS),
            }),
          },
          say('broadcast.on-its-way'),
          forget,
        ],
      },
    ],
  });
}

/** The states of writing one, beside the mentor's home. */
export const broadcastStates = (content: Content) => ({
  whom,
  writing: writing(),
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
