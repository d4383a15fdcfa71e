/** The built command line as a child process. `npm test` builds it first. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const CLI = path.join(ROOT, 'dist/src/cli.js');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Running {
  child: ChildProcess;
  /** Resolves once standard output holds a match; rejects when the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** Only what a new machine has: nothing of this shell's environment but PATH and HOME. */
function bareEnvironment(env: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
}

export function runCli(args: string[], env: Record<string, string> = {}, cwd = ROOT): Running {
  if (!existsSync(CLI)) throw new Error('dist/ is missing: npm test builds it, or run npm run build.');
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env: bareEnvironment(env) });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }));
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(out);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended before it said ${String(pattern)}:\n${out}${err}`)));
      }),
  };
}

/** Runs it to its end with these lines on standard input. */
export async function runCliWith(
  input: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const { child, ended } = runCli(args, env);
  child.stdin?.end(input);
  return ended;
}
