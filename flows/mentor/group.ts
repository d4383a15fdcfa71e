/** The group in hand, out of the mentor's view. */
import type { GroupView } from '../../src/conversation/view';
import type { Context } from '../setup';

/** All groups that he is the mentor of. */
export function groupsOf({ view }: Context): GroupView[] {
  return view?.groups ?? [];
}

/** The one he has chosen, or his first; undefined where he has none. */
export function groupInHand(context: Context): GroupView | undefined {
  const groups = groupsOf(context);
  return groups.find(({ code }) => code === context.scratch.group) ?? groups[0];
}
