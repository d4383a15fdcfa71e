/** Texts that `saathi content new` has left for the author: found by the check, never shown to a Saathi. */
import { findingAt, type Finding } from './finding';
import { LANGUAGE_NAMES } from './names';
import type { Text } from './texts';

/** Every text of a skeleton begins so. */
export const TO_WRITE = 'TO WRITE';

export function isUnwritten(text: string): boolean {
  return text.startsWith(TO_WRITE);
}

/** One error for each text that still says what is to be written. */
export function checkUnwritten(texts: readonly Text[]): Finding[] {
  return texts
    .filter(({ text }) => isUnwritten(text))
    .map((text) =>
      findingAt(
        text,
        'error',
        `is not written yet. Write it in ${LANGUAGE_NAMES[text.language]} in place of ${TO_WRITE} and what follows.`,
      ),
    );
}
