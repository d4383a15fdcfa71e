/** The same keys, plurals and placeholders in every language. */
import { LANGUAGES } from '../bundle';
import { findingAt, type Finding } from '../finding';
import { LATIN } from '../latin';
import type { Language } from '../model';
import type { Text } from '../texts';

const PLURAL = /_(?:ordinal_)?(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*-?\s*([\w.]+)[^{}]*\}\}/g;
const NESTED = /\$t\(\s*([\w.-]+)/g;

/** A key without i18next's plural ending: what flows ask for. */
export function baseKey(key: string): string {
  return key.replace(PLURAL, '');
}

export function checkTranslations(texts: readonly Text[]): Finding[] {
  const byKey = new Map<string, Text[]>();
  for (const text of texts) {
    const base = baseKey(text.key);
    byKey.set(base, [...(byKey.get(base) ?? []), text]);
  }
  return [
    ...[...byKey].flatMap(([key, variants]) => [
      ...missing(key, variants),
      ...plurals(variants),
      ...placeholders(variants),
    ]),
    ...texts.flatMap(strayBraces),
  ];
}

const of = (variants: readonly Text[], language: Language) =>
  variants.filter((text) => text.language === language);

function missing(key: string, variants: readonly Text[]): Finding[] {
  const absent = LANGUAGES.filter((language) => language !== LATIN && of(variants, language).length === 0);
  const first = variants[0];
  if (!first || absent.length === 0) return [];
  return [
    findingAt(
      first,
      'error',
      `${key} is missing in ${absent.join(', ')}. Write it there too, or take it out here.`,
    ),
  ];
}

/** Every plural form that a language has (Unicode CLDR, through Intl), and none that it has not. */
function plurals(variants: readonly Text[]): Finding[] {
  if (!variants.some(({ key }) => PLURAL.test(key))) return [];
  return LANGUAGES.flatMap((language) => {
    const mine = of(variants, language);
    const first = mine[0];
    if (!first) return [];
    const wanted: string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const found = mine.map(({ key }) => PLURAL.exec(key)?.[1] ?? '');
    const lacking = wanted.filter((category) => !found.includes(category));
    const foreign = mine.filter((_, i) => found[i] !== 'zero' && !wanted.includes(found[i] ?? ''));
    return [
      ...lacking.map((category) =>
        findingAt(first, 'error', `has no form _${category}. Add ${baseKey(first.key)}_${category}.`),
      ),
      ...foreign.map((text) =>
        findingAt(
          text,
          'error',
          `${language} has only the forms ${wanted.map((category) => `_${category}`).join(', ')}. Rename or remove this one.`,
        ),
      ),
    ];
  });
}

function placeholdersOf(texts: readonly Text[]): string[] {
  const names = texts.flatMap(({ text }) => [
    ...[...text.matchAll(PLACEHOLDER)].map((match) => `{{${match[1] ?? ''}}}`),
    ...[...text.matchAll(NESTED)].map((match) => `$t(${match[1] ?? ''})`),
  ]);
  return [...new Set(names)].sort();
}

function placeholders(variants: readonly Text[]): Finding[] {
  const everywhere = placeholdersOf(variants);
  return LANGUAGES.flatMap((language) => {
    const mine = of(variants, language);
    const present = placeholdersOf(mine);
    const absent = everywhere.filter((name) => !present.includes(name));
    const first = mine[0];
    return first && absent.length > 0
      ? [
          findingAt(
            first,
            'error',
            `lacks ${absent.join(', ')}, which another language has. Use the same placeholders in every language.`,
          ),
        ]
      : [];
  });
}

function strayBraces(text: Text): Finding[] {
  if (!/[{}]/.test(text.text.replace(PLACEHOLDER, ''))) return [];
  return [
    findingAt(
      text,
      'error',
      'has a brace that belongs to no placeholder. A placeholder is written {{name}}, with two braces on each side.',
    ),
  ];
}
