/** zod's issues said in plain words, at the line where they stand. */
import type { z } from 'zod';
import type { Finding } from './finding';
import { LANGUAGE_NAMES } from './names';
import type { Path, Source } from './place';

const EXPECTED: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

/** Turns what zod found in one file into findings. */
export function findingsOf(issues: readonly z.core.$ZodIssue[], source: Source): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const finding = (at: Path, message: string): Finding => ({
      severity: 'error',
      file: source.file,
      line: source.lineOf(at),
      thing: at.join('.'),
      message,
    });
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        finding([...path, key], 'this key has no meaning here. Correct its spelling or take it out.'),
      );
    }
    return [finding(path, sentence(issue, path, valueAt(source.value, path)))];
  });
}

function sentence(issue: z.core.$ZodIssue, path: Path, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined || value === null
        ? missing(path)
        : `must be ${EXPECTED[issue.expected] ?? issue.expected}, but is ${describe(value)}. ${typeof value === 'number' ? 'Put it in quotes.' : 'Write it as the other files do.'}`;
    case 'too_small':
      if (issue.origin === 'string') return 'is empty. Write the text.';
      return issue.origin === 'array'
        ? `has too few entries: at least ${String(issue.minimum)}. Add what is missing.`
        : `must be at least ${String(issue.minimum)}. Correct it.`;
    case 'too_big':
      return issue.origin === 'array'
        ? `has too many entries: at most ${String(issue.maximum)}. Take some out.`
        : `must be at most ${String(issue.maximum)}. Correct it.`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union':
      return value === undefined || value === null ? missing(path) : issue.message;
    default:
      return value === undefined ? missing(path) : issue.message;
  }
}

function missing(path: Path): string {
  const language = Object.entries(LANGUAGE_NAMES).find(([id]) => id === path.at(-1))?.[1];
  return language
    ? `${language} is missing. Write it in ${language} too, under the key \`${String(path.at(-1))}\`.`
    : 'is missing. Add it.';
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return typeof value === 'string' ? 'a text' : `the ${typeof value} ${JSON.stringify(value)}`;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    root,
  );
}
