/** How well the guard does on labelled messages (test/care/messages): figures by language, split and category. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Guard } from '../conversation/disclosure';
import { DISCLOSURE_ORDER } from '../content/model';

/** Messages that disclose nothing: everyday answers, and those that look like a disclosure. */
const INNOCENT = ['ordinary', 'hard'] as const;
const messages = z.array(z.string().min(1));
const file = z.partialRecord(z.enum([...DISCLOSURE_ORDER, ...INNOCENT]), messages);

export interface Figure {
  language: string;
  split: string;
  category: string;
  messages: number;
  /** Taken for a disclosure of any kind: recall where there is one, false alarms where there is none. */
  noticed: number;
  /** Taken for the disclosure that it is. */
  right: number;
}

/**
 * Measures every `<language>-<split>.yaml` of a folder.
 * @throws with a file's name when a file there does not hold labelled messages
 */
export function measureGuard(guard: Guard, folder: string): Figure[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const found = file.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
      if (!found.success)
        throw new Error(
          `${name} is not a list of messages under each category: ${z.prettifyError(found.error)}`,
        );
      const [language = '', ...split] = name.replace(/\.yaml$/, '').split('-');
      return Object.entries(found.data).map(([category, texts]): Figure => {
        const told = texts.map((text) => guard(text)?.category);
        return {
          language,
          split: split.join('-'),
          category,
          messages: texts.length,
          noticed: told.filter((one) => one !== undefined).length,
          right: told.filter((one) => one === category).length,
        };
      });
    });
}

/** The same figures over all languages: one a split and category. */
export function pooled(figures: readonly Figure[]): Figure[] {
  const sums = new Map<string, Figure>();
  for (const figure of figures) {
    const key = `${figure.split} ${figure.category}`;
    const sum = sums.get(key) ?? { ...figure, language: 'all', messages: 0, noticed: 0, right: 0 };
    sum.messages += figure.messages;
    sum.noticed += figure.noticed;
    sum.right += figure.right;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** Wilson's interval at 95 per cent: where the true share lies, given so few messages. */
export function wilson(hits: number, of: number): [low: number, high: number] {
  if (of === 0) return [0, 1];
  const z2 = 1.96 ** 2;
  const share = hits / of;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (1.96 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** The table that docs/disclosure-guard.md keeps (Markdown). */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ language, split, category, messages: of, noticed, right }) => {
    const [low, high] = wilson(noticed, of).map((one) => one.toFixed(2));
    const isInnocent = INNOCENT.some((one) => one === category);
    return `| ${split} | ${language} | ${category} | ${of} | ${noticed} | ${low}–${high} | ${isInnocent ? '' : right} |`;
  });
  return [
    '| split | language | category | messages | noticed | 95 % | right kind |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
