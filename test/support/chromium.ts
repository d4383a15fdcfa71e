/** Debian's Chromium for the tests: finding it, starting it, and saying plainly when it is not there. */
import { existsSync } from 'node:fs';
import { chromium as driver, type Browser, type LaunchOptions } from 'playwright-core';

/** What makes Chromium run as root in a container and keeps it from calling home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the Chromium to use: CHROMIUM_PATH, else Debian's; `undefined` when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = env.CHROMIUM_PATH
    ? [env.CHROMIUM_PATH]
    : ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return candidates.find((path) => existsSync(path));
}

/** Why browser tests are left out, as one sentence for whoever ran them; `undefined` when they can run. */
export function leftOut(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.SKIP_BROWSER_TESTS) return 'left out: SKIP_BROWSER_TESTS is set';
  if (findChromium(env)) return undefined;
  return env.CHROMIUM_PATH
    ? 'left out: no Chromium at CHROMIUM_PATH'
    : 'left out: no Chromium at /usr/bin/chromium (apt-get install chromium, or set CHROMIUM_PATH)';
}

/** Starts Chromium without a window. Throws the `leftOut` sentence where there is none. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(leftOut() ?? 'left out: no Chromium');
  return driver.launch({ executablePath, args: CHROMIUM_ARGS, ...options });
}

/** `describe` for browser tests: where they can't run, the reason stands in the test's name. */
export function describeWithChromium(name: string, body: () => void): void {
  const reason = leftOut();
  if (reason) describe.skip(`${name} (${reason})`, body);
  else describe(name, body);
}
