/** The simulator's addresses: `whatsapp/+919800000001` and `sms/+919800000001`. */
import type { Medium } from '../channel';

export interface SimulatorAddress {
  medium: Medium;
  /** E.164, e.g. `+919800000001`. */
  phone: string;
}

const SHAPE = /^(whatsapp|sms)\/(\+[1-9]\d{7,14})$/;

/** Takes an address apart; `undefined` when it is none of the simulator's. */
export function parseAddress(address: string): SimulatorAddress | undefined {
  const [, medium, phone] = SHAPE.exec(address) ?? [];
  if (phone === undefined) return undefined;
  return { medium: medium === 'sms' ? 'sms' : 'whatsapp', phone };
}

/** The address of a pretend phone on one medium. */
export function formatAddress({ medium, phone }: SimulatorAddress): string {
  return `${medium}/${phone}`;
}
