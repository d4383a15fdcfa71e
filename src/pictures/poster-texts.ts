/** What is written on a group's poster, taken from content. */
import type { Language } from '../conversation/participant';
import type { Translate } from '../conversation/translate';
import type { Poster } from './poster';

/** A group as its poster shows it. */
export interface GroupToJoin {
  name: string;
  code: string;
  /** Opens WhatsApp with the words written already. */
  link: string;
  /** Our number, `+919800000001`. */
  number: string;
}

export function posterTexts(translate: Translate, group: GroupToJoin, language: Language): Poster {
  const { name, code, link, number } = group;
  const say = (key: string, params = {}) => translate({ key, params }, language);
  return {
    lead: say('poster.lead'),
    group: name,
    link,
    text: say('poster.text', { code, number }),
    campaign: say('certificate.campaign'),
  };
}
