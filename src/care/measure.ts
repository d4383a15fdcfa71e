/** How well the guard does on labelled messages (test/care/messages): figures by language, split and category. */
import type { Guard } from '../conversation/disclosure';
import { INNOCENT, readLabelled, type Labelled } from './labelled';

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
  return figuresOf(readLabelled(folder), ({ text }) => guard(text)?.category);
}

/** @param told what each message is taken for; undefined for no disclosure */
export function figuresOf<M extends Omit<Labelled, 'text' | 'family'>>(
  messages: readonly M[],
  told: (message: M) => string | undefined,
): Figure[] {
  const figures = new Map<string, Figure>();
  for (const message of messages) {
    const { language, split, category } = message;
    const key = `${language} ${split} ${category}`;
    const figure = figures.get(key) ?? { language, split, category, messages: 0, noticed: 0, right: 0 };
    const taken = told(message);
    figure.messages += 1;
    if (taken !== undefined) figure.noticed += 1;
    if (taken === category) figure.right += 1;
    figures.set(key, figure);
  }
  return [...figures.values()];
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
