/** The pretend people: one phone each, with a WhatsApp and an SMS conversation. */
import { formatAddress, parseAddress } from '../../channels/simulator/address';
import type { PhoneMessage, Simulator } from '../../channels/simulator/simulator';
import type { SimulatorWorld } from './world';

export interface PersonSummary {
  phone: string;
  name?: string;
  /** The newest message on either medium. */
  last?: ShownMessage;
}

/** A message as the page gets it: media by path, so that pictures come from where the page came from. */
export type ShownMessage = Omit<PhoneMessage, 'media'> & { media?: { path: string; contentType: string } };

/** For the page: whatever host `PUBLIC_BASE_URL` names, the picture is asked of the host that serves the page. */
export function shown({ media, ...message }: PhoneMessage): ShownMessage {
  if (!media) return message;
  const { pathname, search } = new URL(media.url, 'http://localhost');
  return { ...message, media: { path: pathname + search, contentType: media.contentType } };
}

/** Known phones, in the order in which they were first used. */
export function phones(simulator: Simulator): string[] {
  return [...new Set(simulator.addresses().flatMap((address) => parseAddress(address)?.phone ?? []))];
}

/** Everybody with a phone here, with name and newest message. */
export async function summaries(simulator: Simulator, world: SimulatorWorld): Promise<PersonSummary[]> {
  return Promise.all(
    phones(simulator).map(async (phone) => {
      const both = (['whatsapp', 'sms'] as const).map((medium) => formatAddress({ medium, phone }));
      const views = await Promise.all(
        both.map((address) => world.describe({ channel: 'simulator', address })),
      );
      const name = views.find((view) => view?.name !== undefined)?.name;
      const last = both
        .flatMap((address) => simulator.history(address).slice(-1))
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .at(-1);
      return { phone, ...(name === undefined ? {} : { name }), ...(last ? { last: shown(last) } : {}) };
    }),
  );
}

/** The first of +919800000001 … +919800000099 that nobody has; `undefined` when all are taken. */
export function freePhone(simulator: Simulator): string | undefined {
  const taken = new Set(phones(simulator));
  const candidates = Array.from(
    { length: 99 },
    (_, index) => `+9198000000${String(index + 1).padStart(2, '0')}`,
  );
  return candidates.find((phone) => !taken.has(phone));
}
