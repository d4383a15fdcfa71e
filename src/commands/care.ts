/** `saathi care measure`: how well the guard notices disclosures, on the labelled messages of the project. */
import path from 'node:path';
import { measureGuard, pooled, tableOf } from '../care/measure';
import { loadContent } from '../content';
import { createGuard } from '../conversation/disclosure';
import { CONTENT_DIR, PROJECT_ROOT } from '../paths';

export const LABELLED_MESSAGES = path.join(PROJECT_ROOT, 'test', 'care', 'messages');

/** Prints figures only, never a message. @throws ContentError when the content cannot be used */
export function careMeasure(print: (line: string) => void, folder = LABELLED_MESSAGES): void {
  const figures = measureGuard(createGuard(loadContent(CONTENT_DIR)), folder);
  print(tableOf([...pooled(figures), ...figures]));
}
