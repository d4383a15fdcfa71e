/** Frames: which concepts together tell of violence, as specialists wrote them down (content/care/concepts.yaml). */
import type { DisclosureCategory, DisclosureContent, SufferedBy } from '../../content/model';
import type { Standing } from './lexicon';

/** Names of the concepts and notions in a message. */
export type Present = ReadonlySet<string>;

export function presentIn(standing: readonly Standing[]): Present {
  const names = new Set<string>();
  for (const { name, notion } of standing) {
    names.add(name);
    if (notion !== undefined) names.add(notion);
  }
  return names;
}

/** @returns what the first frame that fits says; undefined when none fits */
export function framed(
  { frames }: Pick<DisclosureContent, 'frames'>,
  present: Present,
): DisclosureCategory | undefined {
  return frames.find(
    ({ all, none = [] }) => holdsAll(present, all) && !none.some((one) => holds(present, one)),
  )?.category;
}

/** @returns whom it happened to, where the concepts say so */
export function whoSuffers(
  { sufferers }: Pick<DisclosureContent, 'sufferers'>,
  category: DisclosureCategory,
  present: Present,
): SufferedBy | undefined {
  return sufferers.find((one) => one.category === category && holdsAll(present, one.all ?? []))?.who;
}

const holdsAll = (present: Present, all: readonly string[]) => all.every((one) => holds(present, one));

/** @param either names with | between them, of which one must stand */
const holds = (present: Present, either: string) => either.split('|').some((name) => present.has(name));
