/** Whose a case is, and how long an answer may take: pure. */
import { TIERS, type Content, type ResponseTimes, type Tier, type Urgency } from '../content/model';
import type { CaseRequest } from '../conversation';

const HOUR = 3_600_000;

export interface Post {
  tier: Tier;
  /** A district's id, or at the highest tier a state's. */
  place: string;
}

type Where = Pick<CaseRequest, 'state' | 'district'>;

/** The officers' place at a tier; undefined where there is none (no district is known, or it has no Gender Hub). */
export function postAt(tier: Tier, { state, district }: Where, hubs: Content['hubs']): Post | undefined {
  if (tier === 'state') return { tier, place: state };
  if (district === undefined) return undefined;
  if (tier === 'district' && !hubs.some((hub) => hub.district === district)) return undefined;
  return { tier, place: district };
}

/**
 * Where a case can go, the first first. A need that can wait begins in the community; whoever asks for himself, and
 * whatever is violence, is not handed to neighbours: it begins at the district's Gender Hub.
 */
export function posts(
  { kind, topic, urgency, ...where }: Where & Pick<CaseRequest, 'kind' | 'topic' | 'urgency'>,
  hubs: Content['hubs'],
): Post[] {
  const fromCommunity = kind === 'report' && topic === 'need' && urgency !== 'now';
  return TIERS.slice(fromCommunity ? 0 : 1).flatMap((tier) => postAt(tier, where, hubs) ?? []);
}

/** The posts above one, the nearest first; none at the top. */
export function above({ tier }: Post, all: Post[]): Post[] {
  return all.filter((post) => TIERS.indexOf(post.tier) > TIERS.indexOf(tier));
}

/** Until when an officer of the tier must have taken it. */
export function takenBy(at: Date, tier: Tier, urgency: Urgency, { take }: ResponseTimes): Date {
  return new Date(at.getTime() + take[tier][urgency] * HOUR);
}

/** Until when whoever took it must have closed it. */
export function closedBy(at: Date, urgency: Urgency, { close }: ResponseTimes): Date {
  return new Date(at.getTime() + close[urgency] * HOUR);
}
