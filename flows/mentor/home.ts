/** What a mentor can do, for the group in hand. */
import { to } from '../everywhere';
import { chosen, note, options, part, question, when } from '../phrases';
import { takeOff } from '../hats';
import type { Context, Flow } from '../setup';
import { groupInHand, groupOptions, groupsOf, otherGroups } from './group';
import { toBroadcasts } from './broadcast';
import { sayHowToJoin } from './poster';

/** What stands on his menu: with a group, and while he has none. */
function menuOf(context: Context) {
  return groupInHand(context)
    ? options('list', 'digest', 'group-meeting', 'broadcast', 'group-page', 'saathi-hat', 'help')
    : options('new-group', 'saathi-hat', 'help');
}

export const home: Flow = () =>
  question({
    ask: ({ context }) => {
      const group = groupInHand(context);
      return group
        ? part('mentor.home', { group: group.name, code: group.code, count: group.members.length })
        : 'mentor.no-group';
    },
    options: menuOf,
    unspoken: (context) => (groupInHand(context) ? options('new-group') : []),
    // The menu is the way out itself.
    isPatient: true,
    chosen: [
      when('list', { target: 'roster' }),
      when('digest', { target: 'digest' }),
      when('group-page', { target: 'groupPage' }),
      when('group-meeting', { target: to.meetings }),
      ...toBroadcasts.map((transition) => when('broadcast', transition)),
      when('new-group', { target: 'naming' }),
      when('help', { target: to.help }),
      ...takeOff.map((transition) => when('saathi-hat', transition)),
    ],
  });

/** What is done seldom: everything about the group as a whole. */
export const groupPage: Flow = () =>
  question({
    ask: ({ context }) => part('mentor.group-page', { group: groupInHand(context)?.name ?? '' }),
    options: (context) =>
      options(
        'invite-men',
        ...(otherGroups(context).length > 0 ? ['other-group'] : []),
        'new-group',
        'hand-over',
        'mentor-menu',
      ),
    chosen: [
      when('invite-men', { actions: [sayHowToJoin] }),
      when('other-group', { target: 'choosing' }),
      when('new-group', { target: 'naming' }),
      when('hand-over', { target: 'handing' }),
      when('mentor-menu', { target: 'home' }),
    ],
  });

/** Which of his groups he takes in hand. */
export const choosing: Flow = () =>
  question({
    ask: () => 'mentor.which-group',
    options: (context) => [...groupOptions(groupsOf(context)), ...options('mentor-menu')],
    chosen: [
      when('mentor-menu', { target: 'home' }),
      { target: 'home', actions: [note(({ event }) => ({ group: chosen(event), member: undefined }))] },
    ],
  });
