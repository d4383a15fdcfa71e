/** Telephone numbers as people type them. */
import { normalise } from '../src/content/normalise';

const COUNTRY = '91';
/** Indian mobile numbers have ten digits and begin with 6–9 (TRAI's numbering plan). */
const INDIAN_MOBILE = /^[6-9]\d{9}$/;
/** E.164: at most 15 digits; shorter than 8 is a short code. */
const ABROAD = /^[1-9]\d{7,14}$/;

/** The digits of what he typed, in whatever script. */
export function digitsIn(text: string): string {
  return normalise(text).replace(/\D/g, '');
}

/** `98000 00001`, `+91-98000-00001`, `09800000001`, `९८०००…` → `+919800000001`; undefined for what can be none. */
export function phoneFrom(text: string): string | undefined {
  if (/\p{L}/u.test(text)) return undefined;
  const digits = normalise(text).replaceAll(' ', '');
  const national = digits.replace(/^0+/, '');
  if (INDIAN_MOBILE.test(national)) return `+${COUNTRY}${national}`;
  if (national.startsWith(COUNTRY) && INDIAN_MOBILE.test(national.slice(COUNTRY.length)))
    return `+${national}`;
  return text.trim().startsWith('+') && !digits.startsWith(COUNTRY) && ABROAD.test(digits)
    ? `+${digits}`
    : undefined;
}
