/** Trains the guard's trained part on the labelled messages of the development split, and judges it by others. */
import { createHash } from 'node:crypto';
import type { DisclosureContent } from '../content/model';
import { DISCLOSURE_ORDER } from '../content/model';
import { normalise } from '../content/normalise';
import { featuresOf } from '../conversation/disclosure/features';
import { createReader } from '../conversation/disclosure/reading';
import { WEIGHT_UNIT } from '../conversation/disclosure/trained';
import type { Labelled } from './labelled';
import { train, type Example } from './regression';

/** The part of the messages that words and weights may be made with. */
export const DEVELOPMENT = 'dev';
/** A feature seen fewer times says nothing about messages to come, and would make the file endless. */
const LEAST_SEEN = 3;
const DECAY = 3e-5;
const STEPS = 80;
/** Class nought: nothing is disclosed. */
const CLASSES = DISCLOSURE_ORDER.length + 1;
const FOLDS = 5;

const labelOf = (category: string) => DISCLOSURE_ORDER.findIndex((one) => one === category) + 1;

/**
 * @param labelled any messages; only those of the development split are used
 * @returns the text of content/care/trained.tsv: a line a feature in the order of their names
 */
export function trainOn(
  content: Pick<DisclosureContent, 'words' | 'concepts'>,
  labelled: readonly Labelled[],
): string {
  const development = labelled.filter(({ split }) => split === DEVELOPMENT);
  const read = createReader(content.words, content.concepts);
  const features = development.map(({ text }) => [...featuresOf(read(normalise(text)))]);
  const seen = new Map<string, number>();
  for (const feature of features.flat()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const kept = [...seen].filter(([, times]) => times >= LEAST_SEEN).map(([feature]) => feature);
  kept.sort((one, other) => (one < other ? -1 : 1));
  const indices = new Map(kept.map((feature, index) => [feature, index]));
  const examples = development.map(({ category }, index): Example => ({
    features: Int32Array.from(
      (features[index] ?? []).flatMap((feature) => {
        const at = indices.get(feature);
        return at === undefined ? [] : [at];
      }),
    ),
    label: labelOf(category),
    weight: 1,
  }));
  const weights = train(examples, { classes: CLASSES, features: kept.length, decay: DECAY, steps: STEPS });
  const lines = kept.map((feature, index) => {
    const own = weights.subarray(index * CLASSES, (index + 1) * CLASSES);
    const nothing = own[0] ?? 0;
    return [feature, ...[...own.subarray(1)].map((one) => Math.round((one - nothing) * WEIGHT_UNIT))].join(
      '\t',
    );
  });
  return [
    `# Written by "npm run saathi -- care train", never by hand: see docs/disclosure-guard.md.`,
    `# made of ${madeOf(content, development)}`,
    `# feature\t${DISCLOSURE_ORDER.join('\t')}`,
    ...lines,
    '',
  ].join('\n');
}

/** A fingerprint of all that the weights depend on: another one means that they must be trained anew. */
export function madeOf(
  { words, concepts }: Pick<DisclosureContent, 'words' | 'concepts'>,
  labelled: readonly Labelled[],
): string {
  const development = labelled.filter(({ split }) => split === DEVELOPMENT);
  return createHash('sha256')
    .update(JSON.stringify([words, concepts, development]))
    .digest('hex')
    .slice(0, 16);
}

/** How messages are dealt out: by families, so that each is judged by what was learned of other thoughts; or singly. */
export type Dealing = 'family' | 'message';

/** @returns for each fold, the messages to learn from and those to judge by; every message is judged once */
export function folds(
  labelled: readonly Labelled[],
  dealing: Dealing,
): { learn: Labelled[]; judge: Labelled[] }[] {
  const development = labelled.filter(({ split }) => split === DEVELOPMENT);
  const keys = development.map((one) =>
    dealing === 'family' ? `${one.category}/${one.family}` : `${one.language}/${one.category}/${one.text}`,
  );
  const dealt = new Map([...new Set(keys)].sort().map((key, index) => [key, index % FOLDS]));
  const foldOf = (index: number) => dealt.get(keys[index] ?? '');
  return Array.from({ length: FOLDS }, (_, fold) => ({
    learn: development.filter((_one, index) => foldOf(index) !== fold),
    judge: development.filter((_one, index) => foldOf(index) === fold),
  }));
}
