/** `saathi care …`: train the guard that notices disclosures, and say how well it does. Figures only, no message. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readLabelled } from '../care/labelled';
import { figuresOf, measureGuard, pooled, tableOf } from '../care/measure';
import { folds, trainOn, type Dealing } from '../care/train';
import { loadContent } from '../content';
import { createGuard } from '../conversation/disclosure';
import { CONTENT_DIR, PROJECT_ROOT } from '../paths';

export const LABELLED_MESSAGES = path.join(PROJECT_ROOT, 'test', 'care', 'messages');
export const TRAINED = path.join(CONTENT_DIR, 'care', 'trained.tsv');

/** Prints how well the guard does on the labelled messages. @throws ContentError when the content cannot be used */
export function careMeasure(print: (line: string) => void, folder = LABELLED_MESSAGES): void {
  const guard = createGuard(loadContent(CONTENT_DIR));
  const figures = measureGuard(guard, folder);
  print(tableOf([...pooled(figures), ...figures]));
  print(`\nAn ordinary message takes ${speedOf(guard, folder).toFixed(0)} microseconds.`);
}

/** Learns the weights from the development messages and writes them. @throws ContentError */
export function careTrain(print: (line: string) => void): void {
  const { disclosure } = loadContent(CONTENT_DIR);
  const text = trainOn(disclosure, readLabelled(LABELLED_MESSAGES));
  writeFileSync(TRAINED, text);
  print(`${text.split('\n').length} lines in ${path.relative(PROJECT_ROOT, TRAINED)}`);
}

/**
 * Prints how well the guard does on development messages that its trained part has not seen: by turns a fifth is
 * left out. The word lists have seen all of them. @throws ContentError
 */
export function careValidate(print: (line: string) => void): void {
  const content = loadContent(CONTENT_DIR);
  const { disclosure } = content;
  const labelled = readLabelled(LABELLED_MESSAGES);
  const figures = (['family', 'message'] as const satisfies Dealing[]).flatMap((dealing) =>
    folds(labelled, dealing).flatMap(({ learn, judge }) => {
      const guard = createGuard({
        ...content,
        disclosure: { ...disclosure, trained: trainOn(disclosure, learn) },
      });
      const apart = judge.map((one) => ({ ...one, split: `left out by ${dealing}` }));
      return figuresOf(apart, ({ text }) => guard(text)?.category);
    }),
  );
  print(tableOf(pooled(figures)));
}

/** @returns microseconds for one ordinary message once everything is warm */
function speedOf(guard: (text: string) => unknown, folder: string): number {
  const ordinary = readLabelled(folder).filter(({ category }) => category === 'ordinary');
  const rounds = 20;
  const once = () => ordinary.forEach(({ text }) => guard(text));
  once();
  // Time on the processor: what else the machine does must not count.
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) once();
  return process.cpuUsage(start).user / rounds / Math.max(1, ordinary.length);
}
