/** What proves that somebody agreed, or did not. */
import type { Language } from '../content/model';
import type { MessageContext } from './message';

/** Evidence of consent (DPDP Act s.6): which words, in which language, when, by which message. */
export interface Consent {
  notice: string;
  language: Language;
  channel: MessageContext['channel'];
  messageId: string;
  at: Date;
  given: boolean;
}
