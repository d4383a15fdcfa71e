/** Telephone numbers and the identities that belong to them. */
import type { Model } from 'mongoose';
import { identityKey, type Address } from '../channels/channel';
import type { ParticipantDocument } from '../database/models/participant';

/** The addresses of a phone on the channels that know people by number: of the pretend phones too. */
export function addressesOf(phone: string): Address[] {
  return [
    { channel: 'whatsapp', address: phone },
    { channel: 'sms', address: phone },
    { channel: 'simulator', address: `whatsapp/${phone}` },
    { channel: 'simulator', address: `sms/${phone}` },
  ];
}

/** Whoever writes from this phone, on whatever channel. @param phone `+919800000001` */
export async function whoHas(
  participants: Model<ParticipantDocument>,
  phone: string,
): Promise<ParticipantDocument | undefined> {
  const keys = addressesOf(phone).map(identityKey);
  const found = await participants
    .find({ 'identities.key': { $in: keys } })
    .limit(1)
    .lean<ParticipantDocument[]>();
  return found[0];
}

/** The number behind an address, `+919800000001`; undefined for a WhatsApp user name without one. */
export function phoneOf({ address }: Pick<Address, 'address'>): string | undefined {
  const [, phone] = /^(?:whatsapp\/|sms\/)?(\+\d{8,15})$/.exec(address) ?? [];
  return phone;
}
