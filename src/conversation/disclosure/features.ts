/** What the trained part sees of a message: its words and their neighbours, and the concepts in it. */
import type { Standing } from './lexicon';
import type { Reading } from './reading';
import { bones } from './sound';

/** Concepts so far apart say nothing about each other. */
const FARTHEST = 9;

/**
 * @returns names of features, each once: `~` a word without its vowels, `~x~y` two neighbours, `@` a concept,
 *   `@x@y` two concepts in their order
 */
export function featuresOf({ words, standing }: Reading): Set<string> {
  const features = new Set<string>();
  let before = '^';
  let beforeThat = '';
  for (const word of words) {
    const bare = bones(word);
    features.add(`~${bare}`).add(`~${before}~${bare}`);
    if (beforeThat !== '') features.add(`~${beforeThat}~.~${bare}`);
    beforeThat = before;
    before = bare;
  }
  features.add(`~${before}~$`);
  addConcepts(features, standing, ({ name }) => name);
  addConcepts(features, standing, ({ notion }) => notion);
  return features;
}

/** Each concept, and each two of them in their order: who and what, what and when, what and "not". */
function addConcepts(
  features: Set<string>,
  standing: readonly Standing[],
  nameOf: (one: Standing) => string | undefined,
): void {
  standing.forEach((one, index) => {
    const name = nameOf(one);
    if (name === undefined) return;
    features.add(`@${name}`);
    for (let other = index + 1; other < standing.length; other += 1) {
      const next = standing[other];
      if (!next || next.start - one.start > FARTHEST) break;
      const second = nameOf(next);
      if (second !== undefined && second !== name) features.add(`@${name}@${second}`);
    }
  });
}
