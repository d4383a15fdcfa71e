/**
 * A mentor's week in a few lines: who does well, who went quiet, who would like to talk. It comes by itself once a
 * week, or when he asks for it; who went quiet is asked after at a tap, in the system's words.
 */
import type { Part } from '../../src/conversation/effect';
import { DIGEST_TIMES, type DigestTime } from '../../src/conversation/roles';
import type { GroupView } from '../../src/conversation/view';
import { arm, isStale, to, whenFree } from '../everywhere';
import { isMentor } from '../hats';
import { change, chosen, options, part, question, record, say, when, type Step } from '../phrases';
import type { Context, Flow, Transition } from '../setup';
import { nextLessonAt } from '../time';
import { groupsOf } from './group';
import { noticed, toAskAfter } from './noticing';

/** More names than these are only counted: it shall be read at a glance. */
const MOST_NAMES = 8;

function listed(names: string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} +${names.length - MOST_NAMES}` : shown;
}

function weekOf(group: GroupView, at: Date): Part[] {
  const { well, quiet, talk } = noticed(group, at);
  const line = (key: string, names: string[]): Part[] =>
    names.length > 0 ? [{ ...part(key, { names: listed(names) }), continues: true }] : [];
  const lines = [...line('digest.well', well), ...line('digest.quiet', quiet), ...line('digest.talk', talk)];
  return [
    part('digest.head', { group: group.name }),
    ...(lines.length > 0 ? lines : [{ ...part('digest.calm'), continues: true as const }]),
  ];
}

const peopled = (context: Context) => groupsOf(context).filter(({ members }) => members.length > 0);

/** Has it asked after them: all who are quiet, or the one he has chosen. */
function askAfter(whom: (step: Step) => ReturnType<typeof toAskAfter>) {
  return [
    {
      type: 'order' as const,
      params: (step: Step) => ({
        do: 'ask after' as const,
        ids: whom(step).map(({ member }) => member.participantId),
      }),
    },
    say((step) => part('digest.asked', { names: listed(whom(step).map(({ member }) => member.name)) })),
  ];
}

export const digest: Flow = () =>
  question({
    ask: ({ context, event }) => {
      const groups = peopled(context);
      return groups.length > 0 ? groups.flatMap((one) => weekOf(one, event.at)) : 'digest.nobody';
    },
    options: (context) => {
      const quiet = toAskAfter(context).length;
      return [
        ...(quiet > 0 ? options('ask-after') : []),
        ...(quiet > 1 ? options('ask-after-one') : []),
        ...options('digest-time', 'mentor-menu'),
      ];
    },
    chosen: [
      when('ask-after', { target: 'home', actions: askAfter(({ context }) => toAskAfter(context)) }),
      when('ask-after-one', { target: 'askingAfter' }),
      when('digest-time', { target: 'digestTime' }),
      when('mentor-menu', { target: 'home' }),
    ],
  });

/** Which of them? */
export const askingAfter: Flow = () =>
  question({
    ask: () => 'digest.whom',
    options: (context) => [
      ...toAskAfter(context).map(({ id, member: { name } }) => ({ id, ...part('digest.man', { name }) })),
      ...options('mentor-menu'),
    ],
    chosen: [
      when('mentor-menu', { target: 'home' }),
      {
        target: 'home',
        actions: askAfter(({ context, event }) =>
          toAskAfter(context).filter(({ id }) => id === chosen(event)),
        ),
      },
    ],
  });

/** ISO weekday and hour of each, in his zone; clear of the quiet hours. */
const WHEN: Record<DigestTime, { lessonDay: number; lessonHour: number }> = {
  'sunday-evening': { lessonDay: 7, lessonHour: 18 },
  'monday-morning': { lessonDay: 1, lessonHour: 10 },
  'friday-evening': { lessonDay: 5, lessonHour: 18 },
  // Looked at again each week, and left out.
  'no-digest': { lessonDay: 7, lessonHour: 18 },
};

const timeOf = ({ roles }: Context): DigestTime => roles?.mentor?.digest ?? 'sunday-evening';

/** The next one at the time of his choice. */
export const armDigest = arm('DIGEST_DUE', ({ context, event }) =>
  nextLessonAt({ ...context.profile, ...WHEN[timeOf(context)] }, event.at),
);

const isTime = (id: string): id is DigestTime => (DIGEST_TIMES as readonly string[]).includes(id);

export const digestTime: Flow = () =>
  question({
    ask: () => 'digest.when',
    options: options('sunday-evening', 'monday-morning', 'friday-evening', 'no-digest'),
    chosen: [
      {
        target: 'home',
        actions: [
          change(({ context: { roles }, event }) => {
            const time = chosen(event);
            return roles?.mentor && isTime(time)
              ? { roles: { ...roles, mentor: { ...roles.mentor, digest: time } } }
              : {};
          }),
          armDigest,
          say('digest.when-saved'),
        ],
      },
    ],
  });

/** Once a week; nothing where there is nobody to tell of, or he wants none. */
export const digestDue: Transition[] = [
  { guard: (step) => !isMentor(step) },
  ...whenFree('DIGEST_DUE'),
  {
    guard: (step) =>
      isStale(step) || timeOf(step.context) === 'no-digest' || peopled(step.context).length === 0,
    actions: [armDigest],
  },
  { target: to.digest, actions: [armDigest, record('mentor.digest-told')] },
];
