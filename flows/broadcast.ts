/**
 * Somebody writes to many, and to him among them: his mentor, his coordinator, the campaign. It is said with the name
 * of who sent it and changes nothing of where he stands; in care and after STOP nothing is said.
 */
import { keyOfBroadcast, type KeptMedia } from '../src/conversation/broadcast';
import { hasJoined, isBusy, to, whenFreeForSignal } from './everywhere';
import { onlyIf, part, record, say, sayWith, type Step } from './phrases';
import type { Transition } from './setup';

const modeOf = ({ event }: Step) => (event.type === 'BROADCAST' ? event.data.mode : 'free');

const sent = (broadcast: string, { contentType }: KeptMedia) => ({
  kind: 'sent' as const,
  broadcast,
  contentType,
});

/** A voice note carries no words: it leaves by itself, before them. */
const voiceNote = sayWith(({ event }) => {
  if (event.type !== 'BROADCAST' || event.data.media?.kind !== 'voice') return { parts: [] };
  const { broadcast, media } = event.data;
  return { parts: [], picture: sent(broadcast, media), broadcast, apart: true, beside: true };
});

const tell = [
  voiceNote,
  sayWith(({ event }) => {
    if (event.type !== 'BROADCAST') return { parts: [] };
    const { broadcast, from, name, words, media } = event.data;
    const said = [part(keyOfBroadcast(from, words, media), { name, words })];
    const picture = media?.kind === 'picture' && { picture: sent(broadcast, media) };
    return { parts: said, standalone: said, broadcast, ...picture };
  }),
  record('broadcast.told', ({ event }) => (event.type === 'BROADCAST' ? { by: event.data.from } : {})),
];

/** Whoever is still joining hears nothing of it. */
export const broadcast: Transition[] = [
  { guard: (step) => !hasJoined(step) },
  ...whenFreeForSignal.map((waiting) => onlyIf((step) => modeOf(step) === 'free', waiting)),
  // The question that it interrupted is asked again, so that he knows where he was.
  { guard: (step) => modeOf(step) === 'interrupt' && isBusy(step), target: to.resume, actions: tell },
  { actions: tell },
];

/** The broadcast that he ordered himself does not leave, and why. */
export const broadcastRefused: Transition = {
  actions: [
    say(({ event }) => (event.type === 'BROADCAST_REFUSED' ? `broadcast.refused.${event.data.why}` : [])),
  ],
};
