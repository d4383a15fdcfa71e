/** Somebody who writes for the first time. */
import { CONVERSATION_VERSION, FIRST_STATE } from '../../flows/conversation';
import type { Participant } from './participant';

/** @param zone IANA zone in which his lesson hours are meant */
export function newcomer(id: string, createdAt: Date, zone = 'Asia/Kolkata'): Participant {
  return {
    id,
    sequence: 0,
    status: 'joining',
    profile: { zone },
    consents: [],
    lessons: [],
    pledges: [],
    createdAt,
    conversation: { version: CONVERSATION_VERSION, state: FIRST_STATE, history: {}, scratch: {}, timers: [] },
  };
}
