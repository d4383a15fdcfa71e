/** Each language in its own script, and composed in the one standard way. */
import { findingAt, type Finding } from '../finding';
import type { Language } from '../model';
import type { Source } from '../place';
import type { Text } from '../texts';

const SCRIPTS: Record<Language, { name: string; foreign: RegExp; own: RegExp }> = {
  hi: { name: 'Devanagari', foreign: foreignTo('Devanagari'), own: /\p{Script=Devanagari}/u },
  bn: { name: 'Bengali', foreign: foreignTo('Bengali'), own: /\p{Script=Bengali}/u },
  or: { name: 'Odia', foreign: foreignTo('Oriya'), own: /\p{Script=Oriya}/u },
  en: { name: 'Latin', foreign: foreignTo('Latin'), own: /\p{Script=Latin}/u },
  'hi-Latn': { name: 'Latin', foreign: foreignTo('Latin'), own: /\p{Script=Latin}/u },
};

/** A run of characters of any script but one's own and Latin (brand names, "WhatsApp", STOP). */
function foreignTo(script: string): RegExp {
  return new RegExp(`[^\\p{Script=${script}}\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}]+`, 'u');
}

/** What may stay in Latin letters in every language: placeholders, addresses, versions. */
const NEUTRAL = /\{\{[^{}]*\}\}|https?:\/\/\S+|\$t\([^)]*\)/g;
const NO_WORDS = 'consent.version';

export function checkScripts(texts: readonly Text[]): Finding[] {
  return texts.flatMap((text) => {
    const { name, foreign, own } = SCRIPTS[text.language];
    const stranger = foreign.exec(text.text)?.[0];
    if (stranger !== undefined)
      return [findingAt(text, 'error', `"${stranger}" is not in ${name} letters. Type it again in ${name}.`)];
    const words = text.text.replace(NEUTRAL, '');
    if (text.key === NO_WORDS || own.test(words) || !/\p{Script=Latin}/u.test(words)) return [];
    return [
      findingAt(text, 'warning', `stands in Latin letters only. Translate it, or write it in ${name}.`),
    ];
  });
}

/** NFC, so that searching, comparing and counting agree: one finding a file. */
export function checkNfc(sources: readonly Source[]): Finding[] {
  return sources.flatMap(({ file, raw }) => {
    const wrong = raw.split('\n').flatMap((line, i) => (line === line.normalize('NFC') ? [] : [i + 1]));
    const first = wrong[0];
    if (first === undefined) return [];
    const message = `${wrong.length} line(s) hold letters composed in a non-standard way (not Unicode NFC), this one first. Run \`npm run content:lint -- --fix\`.`;
    return [{ severity: 'error', file, line: first, thing: '', message }];
  });
}
