/** Who is there already when the terminal chat begins with a role: the one who chats, and people around him. */
import type { Connection } from 'mongoose';
import { formatAddress } from '../channels/simulator/address';
import type { Content } from '../content/model';
import type { Roles } from '../conversation';
import { settle, settled, settledGroup, type Settled } from '../demo';

export type ChatRole = 'saathi' | 'mentor' | 'coordinator';

interface Company {
  phone: string;
  language: Settled['language'];
  name: string;
  channel?: 'sms';
}

/** The group's code, and its mentor where the one who chats is none. */
export const GROUP = { code: 'SAATH24', name: 'Ravidas Tola' };
const MENTOR: Company = { phone: '+919800000010', language: 'hi', name: 'Arjun Mehta' };
const MEMBERS: Company[] = [
  { phone: '+919800000011', language: 'hi', name: 'रमेश यादव' },
  { phone: '+919800000012', language: 'bn', name: 'তপন মণ্ডল' },
  { phone: '+919800000013', language: 'en', name: 'Joseph Toppo' },
  { phone: '+919800000014', language: 'hi-Latn', name: 'Salim Ansari', channel: 'sms' },
];
const STATE = 'UP';
const DISTRICT = 'UP-sitapur';

/**
 * Puts a mentor with a small group into the database, and the one who chats in his role: the mentor himself, or a
 * coordinator of the mentor's state. A Saathi begins alone, as everybody does.
 * @param as the address he chats from, `whatsapp/+919800000001`
 * @returns the phones of the others, for whoever wants to write as one of them
 */
export async function bringCompany(
  connection: Connection,
  { role, as, content, at }: { role: ChatRole; as: string; content: Content; at: Date },
): Promise<string[]> {
  if (role === 'saathi') return [];
  const person = (id: string, address: string, who: Omit<Company, 'phone'>, roles?: Roles) =>
    settled(
      {
        id,
        address: { channel: 'simulator', address },
        language: who.language,
        name: who.name,
        state: STATE,
        district: DISTRICT,
        isSaathi: !roles,
        ...(roles ? { roles } : { group: GROUP.code, lesson: { day: 7, hour: 18 } }),
        notice: content.consentVersion,
      },
      at,
    );
  const members = MEMBERS.map((who, index) => person(`chat-member-${index + 1}`, addressOf(who), who));
  const mentor = { id: 'chat-mentor', roles: { mentor: { since: at } } };
  const own =
    role === 'mentor'
      ? [person(mentor.id, as, { language: 'en', name: 'Arjun Mehta' }, mentor.roles)]
      : [
          person(mentor.id, addressOf(MENTOR), MENTOR, mentor.roles),
          person(
            'chat-coordinator',
            as,
            { language: 'en', name: 'Meena Sharma' },
            {
              coordinator: { level: 'state', place: STATE, since: at },
            },
          ),
        ];
  const group = settledGroup({ ...GROUP, mentorId: mentor.id, members: members.map(({ _id }) => _id) }, at);
  await settle(connection, [...own, ...members], [group]);
  return [...(role === 'mentor' ? [] : [MENTOR]), ...MEMBERS].map(
    ({ phone, name, channel }) => `${phone} ${name}${channel ? ` (${channel})` : ''}`,
  );
}

function addressOf({ phone, channel = 'whatsapp' }: { phone: string; channel?: 'sms' | 'whatsapp' }): string {
  return formatAddress({ medium: channel, phone });
}
