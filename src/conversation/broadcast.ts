/** Broadcasts as far as the conversation knows them: words shared by whoever writes one and whoever gets one. Pure. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { keyPattern } from '../content/key-pattern';
import type { Language, Templates } from '../content/model';

/** As what somebody writes to many. */
export type BroadcastHat = 'mentor' | 'coordinator' | 'campaign';

/** What it asks of a conversation: to be interrupted, to be free, or nothing at all. */
export type BroadcastMode = 'interrupt' | 'free' | 'passive';

/** His day's number is used up, nobody is meant, it is not his to send, or its picture or voice note can't be had. */
export type BroadcastRefusal = 'limit' | 'nobody' | 'not-yours' | 'media';

export type MediaKind = 'picture' | 'voice';

/** A picture or voice note as its author sent it: the provider's reference, fetched once it leaves. */
export interface GivenMedia {
  kind: MediaKind;
  ref: string;
}

/** The same, kept by us for those whom it is for. */
export interface KeptMedia {
  kind: MediaKind;
  contentType: string;
}

export const GROUP_PARTS = ['all', 'quiet', 'not-pledged', 'coming'] as const;
/** To whom in his group: everybody, who was quiet for three weeks, who has not pledged yet, who comes to the meeting. */
export type GroupPart = (typeof GROUP_PARTS)[number];
export const QUIET_DAYS = 21;

/** To whom a coordinator writes within his area; without a condition to everybody there. */
export interface Aim {
  states?: string[];
  districts?: string[];
  networks?: ('FEM' | 'MASVAW' | 'MAE')[];
  groups?: string[];
  languages?: Language[];
  pledged?: boolean;
  lesson?: { week: number; completed: boolean };
  quietForDays?: number;
}

export const STEERINGS = ['pause', 'resume', 'cancel', 'retry'] as const;
export type BroadcastSteering = (typeof STEERINGS)[number];

/** Characters (code points) of a broadcast: short enough for a small screen and a template's variable. */
export const SHORTEST_BROADCAST = 5;
export const LONGEST_BROADCAST = 600;

/** How many one may send in 24 hours, unless the installation says otherwise. */
export const BROADCASTS_A_DAY = { mentor: 3, coordinator: 5 } as const;

/** So long it can be taken back after it was confirmed. */
export const UNDO_MS = 2 * 60_000;

/** People by how far their message came; everybody who was handed one stands under one of these. */
export interface BroadcastCounts {
  /** On its way to the provider, held back by quiet hours or the daily cap, or paused. */
  waiting: number;
  /** WhatsApp lets nothing through until he writes, and no template is approved: not reachable for now. */
  unreachable: number;
  /** The provider took it and has said no more. */
  sent: number;
  /** Arrived; who read it is among them. */
  delivered: number;
  read: number;
  failed: number;
  /** No longer worth sending before it could leave. */
  expired: number;
  /** Withdrawn, or he has stopped. */
  cancelled: number;
  /** Why those who failed did: kind of failure → people. */
  reasons: Record<string, number>;
}

/** One of those whom it is for, as far as reaching him goes. */
export interface Addressee {
  language: Language;
  medium: 'whatsapp' | 'sms';
  lastHeardAt?: Date | undefined;
}

/** What a broadcast will be, before it leaves. */
export interface BroadcastPreview {
  people: number;
  languages: Partial<Record<Language, number>>;
  whatsapp: number;
  sms: number;
  /** SMS parts in all: what is paid for. */
  segments: number;
  /** Among those on WhatsApp: his window is shut and no template is approved in his language. */
  unreachable: number;
  /** Among those on WhatsApp: only a template reaches him now, and it carries words alone. */
  byTemplate: number;
}

/** What it takes to say it in a language. */
export interface Ways {
  /** SMS parts of one message. */
  segments: (language: Language) => number;
  /** Is a template approved that says it outside WhatsApp's window? */
  hasTemplate: (language: Language) => boolean;
}

/**
 * @param textOf what is read in a language, as it goes out by SMS
 * @param key the text that is said, `broadcast.from.mentor`
 */
export function waysOf(
  { whatsapp }: Pick<Templates, 'whatsapp'>,
  key: string,
  textOf: (language: Language) => string,
): Ways {
  const segments = new Map<Language, number>();
  return {
    segments(language) {
      const known = segments.get(language) ?? new SegmentedMessage(textOf(language)).segmentsCount;
      segments.set(language, known);
      return known;
    },
    hasTemplate: (language) =>
      whatsapp.some(
        ({ purpose, key: itsKey, languages }) =>
          purpose === 'broadcast' &&
          (itsKey === undefined || keyPattern(itsKey).test(key)) &&
          languages[language]?.approved === true,
      ),
  };
}

const WINDOW_MS = 24 * 3_600_000;

/** Nobody yet. */
export function emptyPreview(): BroadcastPreview {
  return { people: 0, languages: {}, whatsapp: 0, sms: 0, segments: 0, unreachable: 0, byTemplate: 0 };
}

/**
 * The preview with one person more; fold it over an audience, page by page.
 * @param ways what it takes in a language
 * @param at when it leaves: against it his 24-hour window is judged (WhatsApp's customer service window)
 */
export function withAddressee(
  preview: BroadcastPreview,
  { language, medium, lastHeardAt }: Addressee,
  { segments, hasTemplate }: Ways,
  at: Date,
): BroadcastPreview {
  const isSms = medium === 'sms';
  const isOpen = isSms || (lastHeardAt !== undefined && at.getTime() - lastHeardAt.getTime() < WINDOW_MS);
  const isByTemplate = !isOpen && hasTemplate(language);
  return {
    people: preview.people + 1,
    languages: { ...preview.languages, [language]: (preview.languages[language] ?? 0) + 1 },
    whatsapp: preview.whatsapp + (isSms ? 0 : 1),
    sms: preview.sms + (isSms ? 1 : 0),
    segments: preview.segments + (isSms ? segments(language) : 0),
    unreachable: preview.unreachable + (isOpen || isByTemplate ? 0 : 1),
    byTemplate: preview.byTemplate + (isByTemplate ? 1 : 0),
  };
}

/** Under which key it is said: its words with a name under them, or who has sent what where there are no words. */
export function keyOfBroadcast(from: BroadcastHat, words: string, media?: { kind: MediaKind }): string {
  return words === '' && media ? `broadcast.${media.kind}-from.${from}` : `broadcast.from.${from}`;
}

/** How many hear only words: an SMS carries no picture and no sound, a template none that is sent with it. */
export function wordsOnly({ sms, byTemplate }: BroadcastPreview, { kind }: { kind: MediaKind }): number {
  // A voice note is a message of its own, and waits until he writes.
  return kind === 'picture' ? sms + byTemplate : sms;
}

/** His words, in order: lines trimmed, not more than one empty line; undefined where too short or too long. */
export function broadcastWordsFrom(text: string): string | undefined {
  const words = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const length = Array.from(words).length;
  return length >= SHORTEST_BROADCAST && length <= LONGEST_BROADCAST && /\p{L}/u.test(words)
    ? words
    : undefined;
}
