/** What people sent, fetched from the channel that a reference names. */
import { pretendMedia } from '../channels/simulator/pretend-media';
import { fetchMedia } from '../channels/twilio/media';
import type { WhatsAppWeb } from '../channels/whatsapp-web';
import type { Config } from '../config';
import type { FetchMedia } from '../programme/broadcast-media';

export interface MediaParts {
  config: Pick<Config, 'twilio' | 'simulator'>;
  whatsappWeb: Pick<WhatsAppWeb, 'fetchMedia'> | undefined;
}

/** @returns a function that never throws */
export function mediaFetcher({ config: { twilio, simulator }, whatsappWeb }: MediaParts): FetchMedia {
  return async (ref) => {
    if (ref.startsWith('simulator:')) return simulator ? pretendMedia(ref) : { refused: 'address' };
    if (ref.startsWith('whatsapp-web:'))
      return whatsappWeb ? whatsappWeb.fetchMedia(ref) : { refused: 'unreachable' };
    return twilio ? fetchMedia(ref, twilio) : { refused: 'address' };
  };
}
