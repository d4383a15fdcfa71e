/** The cases out of an officer's view, and the one in hand. */
import type { Option, Part } from '../../src/conversation/effect';
import type { CaseView } from '../../src/conversation/case';
import { note, part, type Step } from '../phrases';
import type { Context } from '../setup';

/** So many stand on the list at a time, the oldest first. */
export const CASES_A_PAGE = 8;

export function casesOf({ view }: Context): CaseView[] {
  return view?.cases ?? [];
}

/** The one that he has chosen; undefined once it has risen a tier, was closed or taken back. */
export function caseInHand(context: Context): CaseView | undefined {
  return casesOf(context).find(({ id }) => id === context.scratch.case);
}

/** What it is about, where and how soon: no name, no number, no words. */
function labels({ kind, topic, state, district, urgency }: CaseView) {
  return {
    kind: `case.kind.${kind}`,
    topic: `case.topic.${topic}`,
    place: `place.${district ?? state}`,
    urgency: `case.urgency.${urgency}`,
  };
}

/** Noted when the list is shown: his "2" means what stood there then, whatever has happened since. */
export const noteList = note(({ context }) => ({
  cases: casesOf(context)
    .slice(0, CASES_A_PAGE)
    .map(({ id }) => id),
  case: undefined,
}));

/** The list as options, in the order in which it was shown. */
export function listed(context: Context): Option[] {
  return (context.scratch.cases ?? []).map((id, index) => {
    const found = casesOf(context).find((one) => one.id === id);
    const option = `case-${index + 1}`;
    if (!found) return { id: option, key: 'officer.line-gone' };
    return { id: option, key: found.isMine ? 'officer.line-mine' : 'officer.line', texts: labels(found) };
  });
}

/** Which case on the list an option stands for. */
export function listedAs({ context, event }: Step): string | undefined {
  const number = event.type === 'CHOOSE' ? /^case-(\d+)$/.exec(event.option)?.[1] : undefined;
  return number === undefined ? undefined : context.scratch.cases?.[Number(number) - 1];
}

/** All that an officer may know of it before he has taken it. */
export function described(found: CaseView): Part {
  const way = found.reach.endsWith('phone') ? 'phone' : found.reach;
  return part('officer.one', {}, { ...labels(found), reach: `case.reach.${way}`, time: timeWords(found) });
}

/** When he may be called. */
export function timeWords({ time }: CaseView): string {
  return `case.time.${time ?? 'any'}`;
}

/** Every look is on record. */
export function look(which: (step: Step) => string[], more: { contact?: true } = {}) {
  return {
    type: 'order' as const,
    params: (step: Step) => ({ do: 'see cases' as const, cases: which(step), ...more }),
  };
}
