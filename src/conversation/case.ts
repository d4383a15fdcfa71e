/**
 * A case: somebody asks to be called, or tells on purpose of a need in his community. It never holds his words, only
 * what whoever answers must know: what kind, where, how soon, and how he can safely be reached.
 */
import type { CareTopic, Language, Urgency } from '../content/model';
import type { Consent } from './consent';

/** What a case is about: a topic of care, or a need that is no violence (health, school, papers). */
export type CaseTopic = CareTopic | 'need';

/** How he may be reached: on the phone that he writes from, on another one, not by phone at all, or not at all. */
export type Reach = 'this-phone' | 'other-phone' | 'office' | 'none';

/** When a call is safe for him. */
export type CallTime = 'morning' | 'afternoon' | 'evening' | 'any';

/** What became of it, as the officer who closes it says. */
export type Outcome = 'helped' | 'passed-on' | 'unreached';

/** A case as it is asked for. */
export interface CaseRequest {
  /** `call`: he himself asks to be reached. `report`: he tells of somebody else on purpose. */
  kind: 'call' | 'report';
  topic: CaseTopic;
  /** Ids of content/geography.yaml. */
  state: string;
  district?: string;
  urgency: Urgency;
  reach: Reach;
  /** Only where he may be called. */
  time?: CallTime;
  /** The other phone's number, sealed before anything is written. */
  number?: string;
  /** That he said yes, and to what. */
  consent: Consent;
  language: Language;
}

/** A case as an officer of its tier and place sees it. */
export interface CaseView extends Pick<
  CaseRequest,
  'kind' | 'topic' | 'state' | 'district' | 'urgency' | 'reach' | 'time'
> {
  id: string;
  openedAt: Date;
  /** Has he taken it? Then the contact goes with it, sealed: only rendering opens it. */
  isMine: boolean;
  contact?: string;
}
