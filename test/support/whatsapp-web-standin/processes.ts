/** Chromium's processes on a profile, for faults that come from outside (Linux: read from /proc). */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  line: string[];
  /** What kind of Chromium process, `undefined` for the browser itself. A forked one has its words in one string. */
  type: string | undefined;
}

function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1]);
        const type = /--type=([a-z-]+)/.exec(line.join(' '))?.[1];
        return line[0] ? [{ pid: Number(name), parent, line, type }] : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** The browser processes that have the profile open: one, or none. */
export function browsersOn(profile: string): number[] {
  return all()
    .filter(({ line, type }) => type === undefined && line.includes(`--user-data-dir=${profile}`))
    .map(({ pid }) => pid);
}

/** The processes that show the browser's pages. */
export function renderersOf(browser: number): number[] {
  const processes = all();
  const below = new Set([browser]);
  for (let before = 0; before !== below.size;) {
    before = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  return processes.filter(({ pid, type }) => below.has(pid) && type === 'renderer').map(({ pid }) => pid);
}

/** Ends processes as a crash would. */
export function kill(pids: number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}
