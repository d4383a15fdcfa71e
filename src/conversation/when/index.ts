/** Days and hours as people type them, in four languages and in Latin letters. Pure; nothing is ever guessed. */
import { DateTime } from 'luxon';
import { zoneOf } from '../../../flows/zone';
import type { WhenWords } from '../../content/model';
import { readDay } from './days';
import { readHour, type Hour } from './hours';
import { createLexicon } from './lexicon';
import { piecesOf, type Piece } from './pieces';
import type { PartOfDay, Reading } from './reading';

export type { PartOfDay, Problem, Reading } from './reading';

export interface Moment {
  now: Date;
  /** IANA name of his zone. */
  zone: string;
  /** What he was asked for last: a bare number is that. */
  asked?: 'day' | 'hour';
  /** Known from before: the day to which an hour belongs, and the part of the day. */
  day?: string;
  part?: PartOfDay;
}

/** Reads a text. Never throws; what is not there or makes no sense is left out or named as a problem. */
export type ReadWhen = (text: string, moment: Moment) => Reading;

/** Nobody means a meeting later in the evening than this without saying so. */
const LATEST = 21 * 60;
const NOON = 12 * 60;

/** Longer than this is no day. */
const LONGEST = 400;

/** Prepares the words of content/when.yaml once. */
export function createReadWhen(words: WhenWords): ReadWhen {
  const lexicon = createLexicon(words);
  return function readWhen(typed, { now, zone, asked, day: known, part: hint }) {
    const text = typed.normalize('NFC').slice(0, LONGEST);
    const all = piecesOf(text, lexicon);
    const pieces = all.filter(({ kind }) => kind !== 'f');
    const at = DateTime.fromJSDate(now, { zone: zoneOf(zone) });
    const dayRead = readDay(pieces, at.startOf('day'), asked === 'day');
    const taken = new Set(dayRead.taken);
    const hourRead = readHour(pieces, taken, { asked: asked === 'hour', ...(hint && { hint }) });
    for (const piece of hourRead.taken) taken.add(piece);
    const rest = restOf(text, all, taken);
    const problem = dayRead.problem ?? hourRead.problem;
    if (problem) return { problem, rest };
    const day = dayRead.on?.toISODate() ?? known;
    const later = day && hourRead.hour ? inTime(day, hourRead.hour, at) : hourRead.hour;
    if (later === 'past') return { problem: 'past', rest };
    return {
      rest,
      ...(dayRead.on && day && { day }),
      ...(later && { hour: clock(later.minutes) }),
      ...(later?.assumed && { assumed: true }),
      ...(hourRead.part && { part: hourRead.part }),
    };
  };
}

/** The moment of a day and an hour in his zone. */
export function momentOf(day: string, hour: string, zone: string): Date {
  return DateTime.fromISO(`${day}T${hour}`, { zone: zoneOf(zone) }).toJSDate();
}

/** Today's hour must lie ahead; where only the face of the clock was said, the half that lies ahead is meant. */
function inTime(day: string, hour: Hour, at: DateTime): Hour | 'past' {
  if (day !== at.toISODate()) return hour;
  const now = at.hour * 60 + at.minute;
  if (hour.minutes > now) return hour;
  const other = hour.minutes + NOON;
  const isSensible = other > now && other <= LATEST;
  return hour.assumed && hour.minutes < NOON && isSensible ? { ...hour, minutes: other } : 'past';
}

function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const EDGE = /^[\s,.;:!|।@–-]+|[\s,;:!|।@–-]+$/gu;

/** What no day and no hour took, little words at its edges left out, as it was typed. */
function restOf(text: string, pieces: readonly Piece[], taken: ReadonlySet<Piece>): string {
  const runs: Piece[][] = [[]];
  for (const piece of pieces) {
    if (taken.has(piece)) runs.push([]);
    else runs.at(-1)?.push(piece);
  }
  return runs
    .map((run) => {
      const isLittle = ({ kind }: Piece) => 'fUuYXIKAT'.includes(kind);
      const first = run.find((piece) => !isLittle(piece));
      const last = run.findLast((piece) => !isLittle(piece));
      return first && last ? text.slice(first.from, last.to).replace(EDGE, '') : '';
    })
    .filter((piece) => piece !== '')
    .join(' ');
}
