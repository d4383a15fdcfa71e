/** What a message to many costs before it is sent: who gets it where, and in how many charged SMS. Pure. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { Said } from './render';
import { render } from './render';
import type { Language } from './participant';
import type { Translate } from './translate';
import type { MessageContext } from './message';

export interface Reach {
  whatsapp: number;
  sms: number;
  /** Charged parts of all SMS together. */
  segments: number;
}

const BY_SMS = { canReply: true, canTap: 0, canSendMedia: false, textLimit: 1600 };

/** Works out what a message costs; each language is written out once. */
export function reachOf(
  translate: Translate,
  said: Said,
  people: readonly { language: Language; medium: MessageContext['medium'] }[],
): Reach {
  const segments = new Map<Language, number>();
  const of = (language: Language) => {
    let known = segments.get(language);
    if (known === undefined) {
      const text = render(translate, said, language, BY_SMS)?.text ?? '';
      known = text === '' ? 0 : new SegmentedMessage(text.normalize('NFC')).segmentsCount;
      segments.set(language, known);
    }
    return known;
  };
  const bySms = people.filter(({ medium }) => medium === 'sms');
  return {
    whatsapp: people.length - bySms.length,
    sms: bySms.length,
    segments: bySms.reduce((sum, { language }) => sum + of(language), 0),
  };
}
