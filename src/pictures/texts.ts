/** What is written on a certificate, taken from content in the person's language. */
import type { Language } from '../conversation/participant';
import type { Translate } from '../conversation/translate';
import type { Certificate } from './certificate';

/** A pledge that somebody took, as far as his certificate shows it. */
export interface TakenPledge {
  /** As he gave it; without one, his role stands in its place. */
  name?: string;
  /** The language in which he pledged. */
  language: Language;
  /** Which pledge, e.g. `share-housework`. */
  kind: string;
  at: Date;
}

/** Each language's own digits where its prose uses them. */
const LOCALES: Record<Language, string> = {
  hi: 'hi-IN-u-nu-latn',
  bn: 'bn-IN-u-nu-beng',
  or: 'or-IN-u-nu-orya',
  en: 'en-IN-u-nu-latn',
  // The names of the months in Latin letters are the English ones.
  'hi-Latn': 'en-IN-u-nu-latn',
};

/** @throws Error when content has no such pledge. */
export function certificateTexts(translate: Translate, pledge: TakenPledge): Certificate {
  const { name, language, kind, at } = pledge;
  const say = (key: string) => translate({ key }, language);
  return {
    ...(name === undefined ? {} : { name }),
    heading: say('certificate.heading'),
    lead: say('certificate.lead'),
    role: say('certificate.role'),
    pledgeLead: say('certificate.pledge'),
    title: say(`pledge.${kind}.title`),
    pledge: say(`pledge.${kind}.text`),
    campaign: say('certificate.campaign'),
    date: writeDate(at, language),
  };
}

/** `14 फ़रवरी 2026`: day, month, year in the language's own words, as the date was in India. */
export function writeDate(at: Date, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Asia/Kolkata',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return (['day', 'month', 'year'] as const).map((part) => parts.get(part) ?? '').join(' ');
}
