/** The page's own words, from content/simulator/<language>.yaml: flat keys, the same in every language. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Hindi in Latin letters is for talking with Saathis; who tries the product out reads one of these. */
export const PAGE_LANGUAGES = ['hi', 'bn', 'or', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];
export type Labels = Record<string, string>;

const shape = z.record(z.string(), z.string().trim().min(1));

/**
 * Loads and checks all four files. @throws Error naming file and key for a file that can't be read, a value that
 * is no text, a key that another language lacks, or a placeholder that differs.
 */
export function loadLabels(folder: string): Record<PageLanguage, Labels> {
  const loaded = Object.fromEntries(PAGE_LANGUAGES.map((language) => [language, read(folder, language)]));
  const all = loaded as Record<PageLanguage, Labels>;
  for (const language of PAGE_LANGUAGES) compare(all.en, all[language], `${language}.yaml`);
  return all;
}

function read(folder: string, language: PageLanguage): Labels {
  const file = path.join(folder, `${language}.yaml`);
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`content/simulator/${language}.yaml can't be read: ${String(error)}`, { cause: error });
  }
  const checked = shape.safeParse(content);
  if (checked.success) return checked.data;
  const where = checked.error.issues.map(
    ({ path: keys, message }) => `${keys.join('.') || 'file'}: ${message}`,
  );
  throw new Error(`content/simulator/${language}.yaml: ${where.join('; ')}`);
}

function compare(english: Labels, other: Labels, file: string): void {
  for (const key of new Set([...Object.keys(english), ...Object.keys(other)])) {
    const [here, there] = [other[key], english[key]];
    if (here === undefined) throw new Error(`content/simulator/${file}: ${key} is missing (en.yaml has it).`);
    if (there === undefined)
      throw new Error(`content/simulator/en.yaml: ${key} is missing (${file} has it).`);
    if (placeholders(here) !== placeholders(there)) {
      throw new Error(`content/simulator/${file}: ${key} needs the same {placeholders} as en.yaml.`);
    }
  }
}

function placeholders(text: string): string {
  return (text.match(/\{\w+\}/g) ?? []).sort().join(' ');
}
