/** Codes of groups as people type them. */
import { normalise } from '../src/content/normalise';

/** Every code holds a digit, so that "haan" or "monday" is none. */
const GROUP_CODE = /^(?=.*\d)[A-Z0-9]{4,8}$/;

/** `sita-12`, `SITA १२` → `SITA12`; undefined for what can be no code. */
export function groupCodeFrom(text: string): string | undefined {
  const code = normalise(text).replaceAll(' ', '').toUpperCase();
  return GROUP_CODE.test(code) ? code : undefined;
}
