/** What readers said of the texts of a language: content/reviews/<language>.yaml. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Language } from '../content';

/** `good` as it is; `change` for the better; `wrong` must not go out like this. */
export const VERDICTS = ['good', 'change', 'wrong'] as const;
export type Verdict = (typeof VERDICTS)[number];

const review = z.strictObject({
  verdict: z.enum(VERDICTS),
  comment: z.string().default(''),
  /** Initials or a name that the reader agreed to. */
  by: z.string().min(1),
  /** YYYY-MM-DD */
  on: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** Which wording was read: what `wordingOf` gives for it. */
  wording: z.string().min(1),
});
const reviewsFile = z.record(z.string(), review);

export type Review = z.infer<typeof review>;
/** By the text's key, e.g. `lesson.5.reflection`. */
export type Reviews = Record<string, Review>;

/** The file has been edited into something else. The message says where and what to do. */
export class UnreadableReviews extends Error {
  override readonly name = 'UnreadableReviews';
}

/** Short and the same for the same words: tells whether a text was changed after it was read. */
export function wordingOf(text: string): string {
  return createHash('sha256').update(text.normalize('NFC')).digest('hex').slice(0, 12);
}

const fileOf = (dir: string, language: Language) => join(dir, 'reviews', `${language}.yaml`);

/** @param dir the content folder @throws UnreadableReviews */
export function readReviews(dir: string, language: Language): Reviews {
  const file = fileOf(dir, language);
  if (!existsSync(file)) return {};
  const result = reviewsFile.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UnreadableReviews(
    `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. It is written by content review import: take back what was changed by hand.`,
  );
}

/** Writes them in the order given. */
export function writeReviews(dir: string, language: Language, reviews: Reviews): void {
  const file = fileOf(dir, language);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `# What readers said, brought in by \`content review import\`.\n${stringify(reviews, { lineWidth: 0 })}`,
  );
}
