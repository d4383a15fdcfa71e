/** The group and the man in hand, out of the mentor's view. */
import type { Option } from '../../src/conversation/effect';
import type { GroupView, MemberView } from '../../src/conversation/view';
import { normalise } from '../../src/content/normalise';
import type { Context } from '../setup';

/** As many as a mentor can know by name. */
export const LARGEST_GROUP = 25;

/** All groups that he is the mentor of. */
export function groupsOf({ view }: Context): GroupView[] {
  return view?.groups ?? [];
}

/** The one he has chosen, or his first; undefined where he has none. */
export function groupInHand(context: Context): GroupView | undefined {
  const groups = groupsOf(context);
  return groups.find(({ code }) => code === context.scratch.group) ?? groups[0];
}

/** His groups but the one in hand. */
export function otherGroups(context: Context): GroupView[] {
  const inHand = groupInHand(context);
  return groupsOf(context).filter((group) => group !== inHand);
}

/** Groups to choose from: by number, by name or by code. */
export function groupOptions(groups: GroupView[]): Option[] {
  return groups.map(({ code, name, members }) => ({
    id: code,
    key: 'mentor.group',
    params: { group: name, code, count: members.length },
  }));
}

/** The man of the group in hand who has this number; undefined where it is nobody's (any more). */
export function memberWith(context: Context, number: number | undefined): MemberView | undefined {
  return groupInHand(context)?.members.find((one) => one.number === number);
}

/** The man in hand. */
export function memberInHand(context: Context): MemberView | undefined {
  return memberWith(context, context.scratch.member);
}

/** `7`, `७`, `no. 7` → 7: a member's number as it is typed, 1–25; undefined for anything else. */
export function memberNumberFrom(text: string): number | undefined {
  const [, digits] = /^(?:(?:no|number|nambar|num) )?(\d{1,2})$/.exec(normalise(text)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
