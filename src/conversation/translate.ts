/** Keys to words: i18next over the content's resources, one fixed translator a language. */
import { createInstance, type TFunction } from 'i18next';
import type { Content } from '../content/model';
import type { Part } from './effect';
import { LANGUAGES, type Language } from './participant';

/** Renders a part in a language (or in the part's own, where it names one). */
export type Translate = (part: Part, language: Language) => string;

/** @throws when a key does not exist: content:lint finds such keys before they reach anybody */
export function createTranslate(content: Content): Translate {
  const i18next = createInstance();
  void i18next.init({
    initAsync: false,
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [language, { translation: content.resources[language] }]),
    ),
    supportedLngs: [...LANGUAGES],
    fallbackLng: false,
    interpolation: { escapeValue: false }, // plain text, never markup
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`No text for "${key}". Add it to content/locales in all four languages.`);
    },
  });
  const fixed = Object.fromEntries(
    LANGUAGES.map((language) => [language, i18next.getFixedT(language)]),
  ) as Record<Language, TFunction>;
  return function translate(part, language) {
    const t = fixed[part.language ?? language];
    const texts = Object.entries(part.texts ?? {}).map(([name, key]) => [name, t(key)]);
    const text = t(part.key, { ...part.params, ...(Object.fromEntries(texts) as Record<string, string>) });
    return part.paragraph === undefined ? text : (paragraphs(text)[part.paragraph] ?? '');
  };
}

/** A text in the pieces that an empty line parts. */
export function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/).filter((piece) => piece.trim() !== '');
}
