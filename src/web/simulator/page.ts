/** The page as it is first sent: page/index.html with the labels of one language filled in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE_LANGUAGES, type Labels, type PageLanguage } from './labels';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

export interface PageFrame {
  language: PageLanguage;
  /** Where the router is mounted, e.g. `/simulator`, without a slash at the end. */
  base: string;
  /** IANA zone in which the page shows times. */
  zone: string;
}

/**
 * A function that fills `{{key}}` with that label and `{{@name}}` with a value of the frame. The template is read
 * once, here. @throws Error for a template that can't be read or asks for a label that does not exist.
 */
export function pageRenderer(
  folder: string,
  labels: Record<PageLanguage, Labels>,
): (frame: PageFrame) => string {
  const template = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const render = ({ language, base, zone }: PageFrame) => {
    const words = labels[language];
    const values: Labels = {
      '@base': base,
      '@zone': zone,
      '@language': language,
      '@labels': JSON.stringify(words),
    };
    for (const each of PAGE_LANGUAGES) values[`@current-${each}`] = String(each === language);
    return template.replace(/\{\{([@\w-]+)\}\}/g, (_, key: string) => {
      const value = values[key] ?? words[key];
      if (value === undefined)
        throw new Error(`page/index.html asks for the label ${key}, which content/simulator lacks.`);
      return escapeHtml(value);
    });
  };
  for (const language of PAGE_LANGUAGES) render({ language, base: '', zone: '' });
  return render;
}
