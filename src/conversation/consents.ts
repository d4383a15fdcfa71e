/** What a person has agreed to, purpose by purpose: the last word on each counts. Pure. */
import type { Consent, ConsentPurpose } from './consent';
import type { Participant } from './participant';

export { PURPOSES, type ConsentPurpose } from './consent';

/** Consents to the lessons from before there were purposes carry the bare version of the notice. */
const BARE_VERSION = /^\d+$/;

function isFor({ purpose, notice }: Consent, wanted: ConsentPurpose): boolean {
  return purpose === wanted || (wanted === 'lessons' && purpose === undefined && BARE_VERSION.test(notice));
}

/** His last word on a purpose; undefined when he was never asked. */
export function lastWordOn(consents: readonly Consent[], purpose: ConsentPurpose): Consent | undefined {
  return consents.findLast((one) => isFor(one, purpose));
}

/** Has he agreed to it, and not withdrawn it since? */
export function agreesTo(consents: readonly Consent[], purpose: ConsentPurpose): boolean {
  return lastWordOn(consents, purpose)?.given === true;
}

/**
 * Must he be asked anew before lessons go on: the notice has changed since he agreed, or he took his agreement back?
 * @param version of the notice as it stands now
 */
export function needsRenewal({ consents }: Pick<Participant, 'consents'>, version: string): boolean {
  const last = lastWordOn(consents, 'lessons');
  return last !== undefined && (!last.given || last.notice !== version);
}
