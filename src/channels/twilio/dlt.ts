/**
 * India's commercial SMS register (DLT, TCCCPR 2018): an SMS under a registered header is delivered only when it
 * matches a registered template. Twilio's API has no field for the template, so the text itself has to match.
 */

/** A template as registered: `{#var#}` stands for up to 30 characters that may differ. */
export interface DltTemplate {
  /** The id that the register gave it. */
  id: string;
  text: string;
}

const VARIABLE = '{#var#}';
const VARIABLE_LENGTH = 30;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A registered text as a pattern for what may be sent. */
function patternOf({ text }: DltTemplate): RegExp {
  const fixed = text.normalize('NFC').split(VARIABLE).map(escaped);
  return new RegExp(`^${fixed.join(`[^]{0,${VARIABLE_LENGTH}}`)}$`, 'u');
}

/**
 * @param templates what is registered under our header.
 * @returns a function that gives the id of the template that a text matches, or `undefined` for free text.
 */
export function dltMatcher(templates: readonly DltTemplate[]): (text: string) => string | undefined {
  const patterns = templates.map((template) => ({ id: template.id, pattern: patternOf(template) }));
  return (text) => patterns.find(({ pattern }) => pattern.test(text.normalize('NFC')))?.id;
}
