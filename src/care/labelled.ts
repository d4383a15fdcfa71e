/** The labelled messages (test/care/messages) with which the guard is trained and measured. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DISCLOSURE_ORDER } from '../content/model';

/** Messages that disclose nothing: everyday answers, and those that look like a disclosure. */
export const INNOCENT = ['ordinary', 'hard'] as const;

/** Messages of a family were written around one thought: they are never split between training and measuring. */
const messages = z.array(z.union([z.string().min(1), z.number().transform(String)]));
const file = z.partialRecord(
  z.enum([...DISCLOSURE_ORDER, ...INNOCENT]),
  z.union([messages, z.record(z.string(), messages)]),
);

export interface Labelled {
  language: string;
  /** `dev` is what words and weights are made with; anything else is only measured. */
  split: string;
  category: string;
  /** Empty where a file names none. */
  family: string;
  text: string;
}

/**
 * Reads every `<language>-<split>.yaml` of a folder, in the order of their names.
 * @throws with a file's name when a file there does not hold labelled messages
 */
export function readLabelled(folder: string): Labelled[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const found = file.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
      if (!found.success)
        throw new Error(
          `${name} is not a list of messages under each category: ${z.prettifyError(found.error)}`,
        );
      const [language = '', ...split] = name.replace(/\.yaml$/, '').split('-');
      return Object.entries(found.data).flatMap(([category, texts]) =>
        Object.entries(Array.isArray(texts) ? { '': texts } : texts).flatMap(([family, members]) =>
          members.map((text) => ({ language, split: split.join('-'), category, family, text })),
        ),
      );
    });
}
