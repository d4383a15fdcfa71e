/** The webhook's body with a person's SMS → an InboundMessage. */
import type { InboundMessage } from '../channel';
import type { GatewayDescription } from './description';
import { at } from './fields';

export type Parsed =
  | { message: InboundMessage }
  /** Why it is none of ours, naming fields but never their values. */
  | { message?: undefined; refused: string };

const TEXT_KEPT = 4096;
const MOST_ID = 200;

/** At most 4,096 characters, never half of one (a lone surrogate would be stored as a question mark). */
function kept(text: string): string {
  return text.slice(0, TEXT_KEPT).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * `+91…` from the forms in which gateways write a number: with `+` or `00`, with the country's digits alone, with a
 * trunk zero, or bare (ten digits). @returns `undefined` for a short code, a header or anything else.
 */
export function international(written: string, countryCode: string): string | undefined {
  const number = written.replace(/[\s()-]/g, '');
  if (!/^\+?\d+$/.test(number)) return undefined;
  const digits = number.replace(/^(\+|00)/, '');
  const isNational = digits === number && /^0?\d{10}$/.test(digits);
  const whole = `+${isNational ? countryCode + digits.slice(-10) : digits}`;
  return /^\+[1-9]\d{9,14}$/.test(whole) ? whole : undefined;
}

/**
 * @param body parsed JSON or form, its sender verified. @param now the time of receipt: gateways' own times come in
 * every form and zone.
 */
export function parseInbound(body: unknown, { inbound, countryCode }: GatewayDescription, now: Date): Parsed {
  const id = at(body, inbound.id);
  if (id === undefined) return { refused: `${inbound.id} is missing` };
  if (id.length > MOST_ID) return { refused: `${inbound.id} is longer than ${MOST_ID} characters` };
  const written = at(body, inbound.from);
  if (written === undefined) return { refused: `${inbound.from} is missing` };
  const address = international(written, countryCode);
  if (address === undefined) return { refused: `${inbound.from} is not a phone number` };
  const text = kept(at(body, inbound.text) ?? '');
  return {
    message: {
      id,
      from: { channel: 'sms', address },
      kind: text === '' ? 'unknown' : 'text',
      text,
      at: now,
    },
  };
}
