/** What is written on a picture to share, taken from content. */
import type { Language } from '../conversation/participant';
import type { Translate } from '../conversation/translate';
import type { ShareCard } from './card';

/** The lesson's thought as its stand-alone text says it: made to be understood without the rest. */
export function lessonCard(translate: Translate, week: number, language: Language): ShareCard {
  const say = (key: string, params?: Record<string, number>) =>
    translate({ key, ...(params && { params }) }, language);
  return {
    lead: say('card.lesson', { week }),
    title: say(`lesson.${week}.title`),
    text: say(`lesson.${week}.sms`),
    campaign: say('certificate.campaign'),
  };
}

/** A pledge's own words, without anybody's name. @param id e.g. `share-housework` */
export function pledgeCard(translate: Translate, id: string, language: Language): ShareCard {
  const say = (key: string) => translate({ key }, language);
  return {
    lead: say('card.pledge'),
    title: say(`pledge.${id}.title`),
    text: say(`pledge.${id}.text`),
    campaign: say('certificate.campaign'),
  };
}
