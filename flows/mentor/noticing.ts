/** Who of a mentor's men does well, who went quiet, who would like to talk: worked out of his view, never of words. */
import type { GroupView, MemberView, View } from '../../src/conversation/view';
import type { Context } from '../setup';
import { DAY } from '../time';

const WEEK = 7 * DAY;
/** So long without a word, and the mentor is told. */
const QUIET_AFTER = 3 * WEEK;
/** Nobody is asked after more often than this. */
export const ASKED_AFTER_GAP = WEEK;

function isWithin(span: number, moment: Date | undefined, at: Date): boolean {
  return moment !== undefined && at.getTime() - moment.getTime() < span;
}

/** Whoever has stopped wants to be left in peace, and whoever shares nothing is not watched: neither counts as quiet. */
function isQuiet({ status, progress, lastHeardAt }: MemberView, at: Date): boolean {
  return progress !== undefined && status !== 'stopped' && !isWithin(QUIET_AFTER, lastHeardAt, at);
}

/** What a mentor should notice in a group, as names in the order of the roster. */
export function noticed({ members }: GroupView, at: Date): Record<'well' | 'quiet' | 'talk', string[]> {
  const names = (isMeant: (member: MemberView) => boolean) => members.filter(isMeant).map(({ name }) => name);
  return {
    well: names(({ lastDoneAt }) => isWithin(WEEK, lastDoneAt, at)),
    quiet: names((member) => isQuiet(member, at)),
    talk: names(({ talkWantedAt }) => isWithin(WEEK, talkWantedAt, at)),
  };
}

/** Those in all his groups who went quiet and have not been asked after lately, with an id to choose them by. */
export function toAskAfter({ view }: Pick<Context, 'view'>): { id: string; member: MemberView }[] {
  return view ? view.groups.flatMap((group) => inGroup(group, view)) : [];
}

function inGroup({ code, members }: GroupView, { at }: View) {
  return members
    .filter((member) => isQuiet(member, at) && !isWithin(ASKED_AFTER_GAP, member.askedAfterAt, at))
    .map((member) => ({ id: `${code}-${member.number}`, member }));
}
