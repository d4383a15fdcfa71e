/** The men of the group by their numbers, with what they did; never with what they wrote. A number leads to the man. */
import type { Part } from '../../src/conversation/effect';
import type { MemberView } from '../../src/conversation/view';
import { note, options, part, question, when, written, type Step } from '../phrases';
import type { Flow } from '../setup';
import { groupInHand, memberNumberFrom, memberWith } from './group';

/** One line of the roster: how he does only where he lets it be seen. */
export function rosterLine({ number, name, progress, status }: MemberView): Part {
  if (status === 'stopped') return part('roster.stopped', { number, name });
  return progress
    ? part('roster.member', { number, name, ...progress })
    : part('roster.name-only', { number, name });
}

const memberIn = ({ context, event }: Step) => memberWith(context, memberNumberFrom(written(event)));

export const roster: Flow = () =>
  question({
    ask: ({ context }, again) => {
      const group = groupInHand(context);
      if (!group) return 'mentor.no-group';
      if (group.members.length === 0) return part('roster.empty', { code: group.code });
      if (again) return 'roster.which';
      return [
        part('roster.head', { group: group.name }),
        ...group.members.map((member) => ({ ...rosterLine(member), continues: true as const })),
        'roster.which',
      ];
    },
    // His numbers stand in the roster: nothing else is numbered here.
    options: [],
    unspoken: () => options('mentor-menu'),
    unclear: 'roster.unclear',
    chosen: [when('mentor-menu', { target: 'home' })],
    text: [
      {
        guard: (step) => memberIn(step) !== undefined,
        target: 'member',
        actions: [note((step) => ({ member: memberIn(step)?.number }))],
      },
    ],
  });
