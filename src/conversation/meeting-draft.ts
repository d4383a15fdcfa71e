/**
 * A meeting while a mentor is calling it: "MEET 14/6 5pm school" all at once, or day, hour and place one after the
 * other. Pure; what is missing or makes no sense is named, so that the flow can ask for just that.
 */
import { momentOf, type Problem, type ReadWhen, type Reading } from './when';
import type { PartOfDay } from './when';

/** Plain values: it waits among what only the present exchange needs. */
export interface MeetingDraft {
  /** `2026-06-14` */
  day?: string;
  /** `17:00` */
  hour?: string;
  /** A part of the day that was named without an hour. */
  part?: PartOfDay;
  /** As he wrote it. */
  place?: string;
}

/** What a mentor can choose, by how long before the meeting it comes. */
export type Reminder = 'two-days' | 'three-hours';
export const ALL_REMINDERS: readonly Reminder[] = ['two-days', 'three-hours'];

/** Why a meeting cannot be called for a moment that was read well: nobody could be told of it in time. */
export type DraftProblem = Problem | 'too-soon';

/** The draft with all that a preview needs to know. */
export interface CallingDraft extends MeetingDraft {
  reminders?: Reminder[];
  /** The meeting that is being changed. */
  id?: string;
  /** Why what he wrote last cannot be used. */
  problem?: DraftProblem;
  /** Once it has been ordered: when it goes out, and what stood there before. */
  tellAt?: Date;
  was?: { at: Date; place: string; reminders: Reminder[] };
}

export type Missing = 'day' | 'hour' | 'place';

export interface Drafted {
  draft: MeetingDraft;
  /** Why what he wrote cannot be used; the draft is then as it was. */
  problem?: Problem;
}

/** A place on one line; longer ones are cut off nobody's sheet. */
const LONGEST_PLACE = 80;

/** What still has to be asked, first things first. */
export function missingIn({ day, hour, place }: MeetingDraft): Missing | undefined {
  if (day === undefined) return 'day';
  if (hour === undefined) return 'hour';
  return place === undefined ? 'place' : undefined;
}

/** When the meeting begins; undefined while day or hour is missing. */
export function beginning({ day, hour }: MeetingDraft, zone: string): Date | undefined {
  return day !== undefined && hour !== undefined ? momentOf(day, hour, zone) : undefined;
}

/**
 * Takes in what he wrote. A day or an hour replaces an earlier one; while he is asked for the place, what he writes
 * is the place, whatever it looks like ("School No. 5").
 * @param asked what he was asked for; undefined for "MEET …", where everything may stand in one line
 * @param zone IANA name of his zone
 */
export function addToDraft(
  draft: MeetingDraft,
  text: string,
  { asked, now, zone, readWhen }: { asked?: Missing; now: Date; zone: string; readWhen: ReadWhen },
): Drafted {
  if (asked === 'place') {
    const place = placeFrom(text);
    return { draft: { ...draft, ...(place !== undefined && { place }) } };
  }
  const read = readWhen(text, {
    now,
    zone,
    ...(asked && { asked }),
    ...(draft.day !== undefined && { day: draft.day }),
    ...(draft.part !== undefined && { part: draft.part }),
  });
  if (read.problem) return { draft, problem: read.problem };
  const whole = merged(draft, read);
  const begins = beginning(whole, zone);
  // The hour may have been named before the day: eight o'clock, and then "today" at noon.
  return begins && begins <= now ? { draft, problem: 'past' } : { draft: whole };
}

function merged(draft: MeetingDraft, { day, hour, part, rest }: Reading): MeetingDraft {
  const isWhen = day !== undefined || hour !== undefined || part !== undefined;
  const place = isWhen ? placeFrom(rest) : undefined;
  return {
    ...draft,
    ...(day !== undefined && { day }),
    ...(hour !== undefined && { hour }),
    ...(part !== undefined && { part }),
    ...(place !== undefined && { place }),
  };
}

/** One line with a letter in it; undefined for anything else. */
function placeFrom(text: string): string | undefined {
  const place = Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, LONGEST_PLACE).join('').trim();
  return /\p{L}/u.test(place) ? place : undefined;
}
