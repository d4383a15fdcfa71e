/** content/glossary.yaml: which words we use for what, and which not. */
import { z } from 'zod';

const word = z.string().trim().min(1);
const inLanguage = z.strictObject({ say: z.array(word).min(1), avoid: z.array(word) });

export const glossaryFile = z.strictObject({
  /** Names, in which an avoided word may stand. */
  names: z.array(word).default([]),
  terms: z.array(
    z.strictObject({
      id: z
        .string()
        .regex(/^[a-z]+(-[a-z]+)*$/, { error: 'an id has small letters and hyphens. Rename it.' }),
      note: word,
      hi: inLanguage,
      bn: inLanguage,
      or: inLanguage,
      en: inLanguage,
      'hi-Latn': inLanguage,
      /** Keys of texts in which the avoided words of this term may stand. */
      except: z.array(word).default([]),
    }),
  ),
});

export type GlossaryFile = z.infer<typeof glossaryFile>;
