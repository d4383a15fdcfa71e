/** LIST: the men of the group by their numbers, with what they did; never with what they wrote. */
import type { Part } from '../../src/conversation/effect';
import type { MemberView } from '../../src/conversation/view';
import { options, part, question, when } from '../phrases';
import type { Flow } from '../setup';
import { groupInHand } from './group';

function line({ number, name, lessons, actions, pledges, status }: MemberView): Part {
  const key = status === 'stopped' ? 'roster.stopped' : 'roster.member';
  return { ...part(key, { number, name, lessons, actions, pledges }), continues: true };
}

export const roster: Flow = () =>
  question({
    ask: ({ context }) => {
      const group = groupInHand(context);
      if (!group) return 'mentor.no-group';
      if (group.members.length === 0) return part('roster.empty', { code: group.code });
      return [part('roster.head', { group: group.name }), ...group.members.map(line)];
    },
    options: options('mentor-menu'),
    chosen: [when('mentor-menu', { target: 'home' })],
  });
