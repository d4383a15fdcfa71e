/** `content:lint` as a command: its words, its output, its exit code. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { counted, lintReport } from './lint';

/** Rewrites every YAML file whose letters are not in Unicode NFC; nothing that anybody can see changes. */
function composeLetters(dir: string): number {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  return files.filter((name) => {
    const before = readFileSync(join(dir, name), 'utf8');
    const after = before.normalize('NFC');
    if (after !== before) writeFileSync(join(dir, name), after);
    return after !== before;
  }).length;
}

export interface CommandWorld {
  out: (text: string) => void;
  err: (text: string) => void;
  /** The present moment, against which `verifiedOn` is judged. */
  today: Date;
}

/**
 * @param words `[--fix] [FOLDER]`; FOLDER is `content` unless said otherwise, read from the working directory
 * @returns the exit code: 0 when the content can go live (warnings allowed), 1 when not, or when the words are wrong
 */
export function lintCommand(words: readonly string[], { out, err, today }: CommandWorld): number {
  const unknown = words.find((word) => word.startsWith('-') && word !== '--fix');
  const [folder = 'content', ...more] = words.filter((word) => !word.startsWith('-'));
  if (unknown !== undefined || more.length > 0) {
    err(
      `content:lint does not know ${unknown ?? more.join(' ')}. Usage: npm run content:lint -- [--fix] [FOLDER]\n`,
    );
    return 1;
  }
  const dir = resolve(folder);
  if (!existsSync(dir)) {
    err(
      `There is no folder ${dir}. Run this where content/ lies, or name the folder: npm run content:lint -- FOLDER\n`,
    );
    return 1;
  }
  if (words.includes('--fix')) out(`Letters composed anew in ${counted(composeLetters(dir), 'file')}.\n`);
  const code = ['flows', 'src'].map((name) => resolve(dir, '..', name)).filter((path) => existsSync(path));
  const { findings, text } = lintReport(dir, { today, code });
  out(`${text}\n`);
  if (code.length === 0)
    out('There is no flows/ or src/ beside it: whether texts are used was not checked.\n');
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
