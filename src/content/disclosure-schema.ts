/** The shape of content/care/<language>.yaml, by which a disclosure is noticed. docs/disclosure-guard.md explains it. */
import { z } from 'zod';
import { DISCLOSURE_ORDER } from './model';

const text = z.string().trim().min(1);
const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: 'a name has only small letters, digits and hyphens. Rename it.',
});
const words = z.array(z.union([text, z.number().transform(String)])).min(1);
const reach = z.int().min(0).max(30);

const pattern = z.union([
  text.transform((say) => ({ say })),
  z.strictObject({
    say: text,
    who: z.enum(['woman', 'man', 'child']).exactOptional(),
    despite: z.array(name).exactOptional(),
  }),
]);

export const disclosureFile = z.strictObject({
  groups: z.record(name, words),
  turns: z.record(name, z.strictObject({ before: reach, after: reach, words })),
  patterns: z.partialRecord(z.enum(DISCLOSURE_ORDER), z.array(pattern)),
});

export type DisclosureFile = z.infer<typeof disclosureFile>;
