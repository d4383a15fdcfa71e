/** Broadcasts as far as the conversation knows them: words shared by whoever writes one and whoever gets one. Pure. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { keyPattern } from '../content/key-pattern';
import type { Language, Templates } from '../content/model';

/** As what somebody writes to many. */
export type BroadcastHat = 'mentor' | 'coordinator' | 'campaign';

/** What it asks of a conversation: to be interrupted, to be free, or nothing at all. */
export type BroadcastMode = 'interrupt' | 'free' | 'passive';

/** His day's number is used up, nobody is meant, or it is not his to send. */
export type BroadcastRefusal = 'limit' | 'nobody' | 'not-yours';

export const GROUP_PARTS = ['all', 'quiet', 'not-pledged'] as const;
/** To whom in his group: everybody, who was quiet for three weeks, who has not pledged yet. */
export type GroupPart = (typeof GROUP_PARTS)[number];
export const QUIET_DAYS = 21;

export const STEERINGS = ['pause', 'resume', 'cancel', 'retry'] as const;
export type BroadcastSteering = (typeof STEERINGS)[number];

/** Characters (code points) of a broadcast: short enough for a small screen and a template's variable. */
export const SHORTEST_BROADCAST = 5;
export const LONGEST_BROADCAST = 600;

/** How many one may send in 24 hours, unless the installation says otherwise. */
export const BROADCASTS_A_DAY = { mentor: 3, coordinator: 5 } as const;

/** So long it can be taken back after it was confirmed. */
export const UNDO_MS = 2 * 60_000;

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
  return { people: 0, languages: {}, whatsapp: 0, sms: 0, segments: 0, unreachable: 0 };
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
  const isOpen = lastHeardAt !== undefined && at.getTime() - lastHeardAt.getTime() < WINDOW_MS;
  return {
    people: preview.people + 1,
    languages: { ...preview.languages, [language]: (preview.languages[language] ?? 0) + 1 },
    whatsapp: preview.whatsapp + (isSms ? 0 : 1),
    sms: preview.sms + (isSms ? 1 : 0),
    segments: preview.segments + (isSms ? segments(language) : 0),
    unreachable: preview.unreachable + (isSms || isOpen || hasTemplate(language) ? 0 : 1),
  };
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
