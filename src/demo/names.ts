/** content/demo/people.yaml: what people of a demo are called and what they write. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Language } from '../content/model';

const words = z.array(z.string().trim().min(1)).min(1);
const one = z.strictObject({ first: words, last: words, reflection: words });
const shape = z.strictObject({ hi: one, bn: one, or: one, en: one, 'hi-Latn': one });

export type Names = Record<Language, { first: string[]; last: string[]; reflection: string[] }>;

/** @throws Error naming the file and what is wrong in it */
export function loadNames(file: string): Names {
  const checked = shape.safeParse(parse(readFileSync(file, 'utf8')));
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`content/demo/people.yaml: ${wrong.join('; ')}`);
}
