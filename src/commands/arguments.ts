/** What an option's text means; a wrong one is refused with a sentence before anything starts. */
import { InvalidArgumentError } from 'commander';
import { formatAddress, parseAddress } from '../channels/simulator/address';

/**
 * A moment with its offset, `2026-01-04T10:00:00+05:30`.
 * @throws InvalidArgumentError when it is none.
 */
export function moment(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('Write a moment such as 2026-01-04T10:00:00+05:30.');
  }
  return date;
}

/**
 * The number of a pretend phone, with its country code.
 * @throws InvalidArgumentError when it is none.
 */
export function pretendPhone(text: string): string {
  if (!parseAddress(formatAddress({ medium: 'whatsapp', phone: text }))) {
    throw new InvalidArgumentError('Write a number with its country code, such as +919800000001.');
  }
  return text;
}

/**
 * From 1 to 9,999,999.
 * @throws InvalidArgumentError when it is none.
 */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number above 0.');
  return Number(text);
}
