/** What proves that somebody agreed, or did not. */
import type { Language } from '../content/model';
import type { MessageContext } from './message';

/** What he is asked for, each on its own (DPDP Act s.6). The lessons are what the rest hangs on. */
export const PURPOSES = ['lessons', 'mentor', 'research', 'calls'] as const;
export type ConsentPurpose = (typeof PURPOSES)[number];

/** Evidence of consent (DPDP Act s.6): which words, in which language, when, by which message. */
export interface Consent {
  /** What for; absent on roles, on SMS, and on consents to the lessons from before there were purposes. */
  purpose?: ConsentPurpose;
  notice: string;
  language: Language;
  channel: MessageContext['channel'];
  messageId: string;
  at: Date;
  given: boolean;
}
