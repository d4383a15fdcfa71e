/** What a mentor can do, for the group in hand. */
import { to } from '../everywhere';
import { options, part, question, when } from '../phrases';
import { takeOff } from '../hats';
import type { Context, Flow } from '../setup';
import { groupInHand } from './group';

/** What stands on his menu: with a group, and while he has none. */
function menuOf(context: Context) {
  return groupInHand(context)
    ? options('list', 'digest', 'new-group', 'saathi-hat', 'help')
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
    // The menu is the way out itself.
    isPatient: true,
    chosen: [
      when('list', { target: 'roster' }),
      when('digest', { target: 'digest' }),
      when('new-group', { target: 'naming' }),
      when('help', { target: to.help }),
      ...takeOff.map((transition) => when('saathi-hat', transition)),
    ],
  });
