/** Twilio's addresses and ours: `whatsapp:+91…` ↔ whatsapp `+91…`, `whatsapp:IN.…` ↔ whatsapp `IN.…`, `+91…` ↔ sms. */
import type { Address } from '../channel';

const PREFIX = 'whatsapp:';
const NUMBER = /^\+[1-9]\d{6,14}$/;
/** WhatsApp's user name without a number: a country, a dot, up to 128 characters (Meta, business-scoped user ids). */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** SMS senders that are no numbers: short codes and headers such as `AX-SAATHI`. */
const SMS_NAME = /^[A-Za-z0-9][A-Za-z0-9 -]{1,14}$/;

/** @returns the address, or `undefined` for a channel or a form that we don't serve. */
export function fromTwilio(value: string): Address | undefined {
  if (value.startsWith(PREFIX)) {
    const address = value.slice(PREFIX.length);
    return NUMBER.test(address) || USER_ID.test(address) ? { channel: 'whatsapp', address } : undefined;
  }
  return NUMBER.test(value) || SMS_NAME.test(value) ? { channel: 'sms', address: value } : undefined;
}

/** The form in which Twilio's API takes an address of ours. */
export function toTwilio(channel: 'whatsapp' | 'sms', address: string): string {
  return channel === 'whatsapp' ? PREFIX + address : address;
}

/** A business-scoped user id without Twilio's prefix; `undefined` for anything else. */
export function userIdFrom(value: string | undefined): string | undefined {
  const id = value?.startsWith(PREFIX) ? value.slice(PREFIX.length) : value;
  return id !== undefined && USER_ID.test(id) ? id : undefined;
}
