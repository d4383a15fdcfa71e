/** The machine's own Chromium: nothing is downloaded at install. */
import { existsSync } from 'node:fs';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const NO_CHROMIUM =
  'There is no Chromium: install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH to where it is.';

/** @param given CHROMIUM_PATH. @returns the path of a Chromium that is there, or `undefined`. */
export function chromiumAt(given: string | undefined): string | undefined {
  return (given === undefined ? USUAL : [given]).find((candidate) => existsSync(candidate));
}
