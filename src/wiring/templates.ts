/** content/templates.yaml as delivery and the SMS channel ask for it. */
import type { DltTemplate } from '../channels/twilio/dlt';
import { keyPattern, type Templates } from '../content';
import { LANGUAGES, type Part, type Translate } from '../conversation';
import type { TemplatePort } from '../delivery';

/** The approved template in place of a message: the first entry of its purpose that has one in his language. */
export function templatePort({ whatsapp }: Templates, translate: Translate): TemplatePort {
  const known = whatsapp.map((template) => ({
    ...template,
    pattern: template.key === undefined ? undefined : keyPattern(template.key),
  }));
  return ({ parts }, language, purpose) => {
    if (language === undefined) return undefined;
    for (const { pattern, languages, purpose: itsOwn } of known) {
      const inHis = languages[language];
      if (itsOwn !== purpose || !inHis?.approved || inHis.contentSid === undefined) continue;
      const part = pattern ? parts.find(({ key }) => pattern.test(key)) : parts[0];
      if (!part) continue;
      const gaps = pattern?.exec(part.key)?.slice(1) ?? [];
      const variables = Object.entries(inHis.variables).map(([name, filling]) => [
        name,
        oneLine(fill(filling, part, gaps, (key) => translate({ key }, language))),
      ]);
      return {
        contentSid: inHis.contentSid,
        variables: Object.fromEntries(variables) as Record<string, string>,
      };
    }
    return undefined;
  };
}

/**
 * What is registered for SMS in India; `undefined` where no header is: then messages go under Twilio's own changing
 * numbers, as text.
 */
export function dltTemplates({ sms }: Templates): DltTemplate[] | undefined {
  if (sms.headers.length === 0) return undefined;
  return sms.templates.flatMap((entry) =>
    LANGUAGES.flatMap((language) => {
      const registered = entry[language];
      return registered ? [{ id: registered.dltTemplateId, text: registered.text }] : [];
    }),
  );
}

function fill(filling: string, part: Part, gaps: string[], read: (key: string) => string): string {
  if (filling.startsWith('param:')) return String(part.params?.[filling.slice('param:'.length)] ?? '');
  const left = [...gaps];
  return read(filling.replace(/\*/g, () => left.shift() ?? ''));
}

/** WhatsApp refuses line breaks and more than four spaces in a row (63013). */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
