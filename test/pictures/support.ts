/** Certificates to test with, in the product's own words. */
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { loadContent } from '../../src/content';
import type { Language } from '../../src/conversation';
import { createTranslate } from '../../src/conversation/translate';
import { certificateTexts, type Certificate } from '../../src/pictures';

export const content = loadContent(path.join(__dirname, '../../content'));
export const translate = createTranslate(content);
export const LANGUAGES: Language[] = ['hi', 'bn', 'or', 'en', 'hi-Latn'];
export const NAMES: Record<Language, string> = {
  hi: 'क्षितिज श्रीवास्तव',
  bn: 'রফিকুল ইসলাম চৌধুরী',
  or: 'ସନ୍ତୋଷ କୁମ୍ଭାର',
  en: 'Ramesh Kumar',
  'hi-Latn': 'Santosh Kumar Yadav',
};

/** The certificate of the longest pledge in that language, with whatever is given instead. */
export function sample(language: Language, instead: Partial<Certificate> = {}): Certificate {
  const length = (text: Record<Language, string>) => text[language].length;
  const longest = content.pledges.reduce((a, b) => (length(b.text) > length(a.text) ? b : a));
  const at = new Date('2026-02-14T10:00:00Z');
  return {
    ...certificateTexts(translate, { name: NAMES[language], language, kind: longest.id, at }),
    ...instead,
  };
}

/** Red, green, blue, alpha of every pixel, by the renderer's own eyes. */
export function pixelsOf(svg: string): Buffer {
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
}
