/**
 * Runs once before all tests: where browser tests are wanted and Chromium is missing, it is installed from
 * Debian's packages if that is allowed here; otherwise one plain line says what is left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { leftOut } from './chromium';

/** Projects named after `--selectProjects`; `undefined` when all run. */
export function selectedProjects(argv: readonly string[]): string[] | undefined {
  const at = argv.findIndex((word) => word === '--selectProjects' || word.startsWith('--selectProjects='));
  const flag = argv[at];
  if (flag === undefined) return undefined;
  const names = flag.includes('=') ? [flag.slice(flag.indexOf('=') + 1)] : [];
  for (const word of argv.slice(at + 1)) {
    if (word.startsWith('-')) break;
    names.push(word);
  }
  return names;
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

function aptGet(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 }).status === 0
  );
}

function installChromium(): boolean {
  const install = () => aptGet('install', '-y', '-q', '--no-install-recommends', 'chromium');
  return install() || (aptGet('update', '-q') && install());
}

export default function globalSetup(): void {
  const projects = selectedProjects(process.argv);
  if (projects && !projects.includes('browser')) return;
  if (leftOut() && !process.env.SKIP_BROWSER_TESTS && !process.env.CHROMIUM_PATH && mayInstall()) {
    process.stderr.write(
      'Chromium is missing: installing it from Debian’s packages for the browser tests …\n',
    );
    installChromium();
  }
  const reason = leftOut();
  if (reason) process.stderr.write(`Browser tests (test/**/*.browser.test.ts) are ${reason}.\n`);
}
