/** The shape of the files in content/care, by which a disclosure is noticed. docs/disclosure-guard.md explains them. */
import { z } from 'zod';
import { DISCLOSURE_ORDER } from './model';

const text = z.string().trim().min(1);
const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: 'a name has only small letters, digits and hyphens. Rename it.',
});
const words = z.array(z.union([text, z.number().transform(String)])).min(1);
const category = z.enum(DISCLOSURE_ORDER);
/** One or several names, of which one must stand: `husband|in-law`. */
const either = z.string().regex(/^[a-z0-9-]+(\|[a-z0-9-]+)*$/, {
  error: 'write the name of a concept or notion, or several with | between them.',
});
const share = z.number().gt(0).lt(1);

/** content/care/<language>.yaml */
export const disclosureFile = z.strictObject({
  marks: words,
  verbs: z.record(name, words),
  // An ending may be empty, or begin with a space where it is a word of its own.
  endings: z.record(name, z.array(z.string()).min(1)),
  concepts: z.record(name, words),
});

/** content/care/concepts.yaml */
export const conceptsFile = z.strictObject({
  thresholds: z.record(category, share),
  alone: share,
  sufferers: z.array(
    z.strictObject({
      category,
      all: z.array(either).min(1).exactOptional(),
      who: z.enum(['woman', 'man', 'child']),
    }),
  ),
  frames: z.array(
    z.strictObject({ category, all: z.array(either).min(1), none: z.array(either).exactOptional() }),
  ),
  concepts: z.record(
    name,
    z.strictObject({ means: text, of: name.exactOptional(), grave: z.boolean().exactOptional() }),
  ),
});

export type DisclosureFile = z.infer<typeof disclosureFile>;
export type ConceptsFile = z.infer<typeof conceptsFile>;
