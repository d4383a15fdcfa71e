/** Do the templates speak of texts that are there, and are they still the texts that were registered? */
import { LANGUAGES, type Bundle } from './bundle';
import { fault, type Finding } from './finding';
import { keyPattern } from './key-pattern';
import { collectTexts } from './texts';

/** Variables that no text can fill, and ids used twice: the product would fail when it needs them. */
export function checkTemplates(bundle: Bundle): Finding[] {
  const { templates } = bundle;
  if (!templates) return [];
  const { source, value } = templates;
  const keys = collectTexts(bundle);
  const seen = new Set<string>();
  return value.whatsapp.flatMap(({ id, key = '', languages }, i) => {
    const findings: Finding[] = [];
    if (seen.has(id))
      findings.push(fault(source, ['whatsapp', i, 'id'], `the id ${id} is used twice. Rename one of them.`));
    seen.add(id);
    for (const language of LANGUAGES)
      for (const [name, filling] of Object.entries(languages[language]?.variables ?? {})) {
        if (filling.startsWith('param:')) continue;
        const path = ['whatsapp', i, 'languages', language, 'variables', name];
        const found = keyPattern(filling);
        if (stars(filling) > stars(key))
          findings.push(
            fault(
              source,
              path,
              `${filling} has a * that key does not have. Give the template a key with it.`,
            ),
          );
        else if (!keys.some((text) => text.language === language && found.test(text.key)))
          findings.push(fault(source, path, `${filling} is no text. Correct its spelling.`));
      }
    return findings;
  });
}

const stars = (pattern: string) => pattern.split('*').length - 1;

/**
 * Texts that were changed after they were registered are refused by telephone companies. A gap of ours,
 * `{{name}}`, is `{#var#}` there; a long one may have been registered as several.
 */
export function checkRegistered(bundle: Bundle): Finding[] {
  const { templates } = bundle;
  if (!templates) return [];
  const { source, value } = templates;
  const texts = collectTexts(bundle);
  return value.sms.templates.flatMap((entry, i) =>
    LANGUAGES.flatMap((language) => {
      const registered = entry[language];
      if (!registered) return [];
      const path = ['sms', 'templates', i, language];
      const ours = texts.find((text) => text.language === language && text.key === entry.key);
      if (!ours) return [fault(source, path, `${entry.key} is no text. Correct its spelling.`)];
      return withOneGap(ours.text) === withOneGap(registered.text)
        ? []
        : [
            fault(
              source,
              [...path, 'text'],
              `is no longer what ${entry.key} says. Register the new text, or go back to the registered one.`,
            ),
          ];
    }),
  );
}

function withOneGap(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/\{\{[^}]*\}\}/g, '{#var#}')
    .replace(/(\{#var#\}\s*)+(?=\{#var#\})/g, '');
}
