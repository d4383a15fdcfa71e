/** At what hour: "5pm", "शाम 5 बजे", "sadhe paanch", "17:30", "5 to 7 in the evening". */
import { scan, type Pattern } from './match';
import type { Piece } from './pieces';
import type { PartOfDay, Problem } from './reading';

export interface Hour {
  /** Minutes since midnight. */
  minutes: number;
  /** Neither am, pm, a part of the day nor 24 hours were said: the likelier half was taken. */
  assumed?: true;
}

type Said = Hour | { problem: Problem };

export interface HourRead {
  hour?: Hour;
  /** A part of the day without an hour: "in the evening". */
  part?: PartOfDay;
  problem?: Problem;
  taken: Piece[];
}

/** Which hours of the clock face belong to a part of the day, and whether they lie in the second half. */
const PARTS: Record<PartOfDay, { am: readonly number[]; pm: readonly number[] }> = {
  morning: { am: [3, 4, 5, 6, 7, 8, 9, 10, 11], pm: [] },
  noon: { am: [8, 9, 10, 11], pm: [12, 1, 2, 3, 4] },
  afternoon: { am: [], pm: [12, 1, 2, 3, 4, 5, 6] },
  evening: { am: [], pm: [3, 4, 5, 6, 7, 8, 9, 10] },
  night: { am: [], pm: [7, 8, 9, 10, 11] },
};

/** Meetings are rather held after noon: an hour from 1 to 7 without more means that. */
const LAST_AFTERNOON_HOUR = 7;
const NOON = 12 * 60;
const DAY = 24 * 60;

const CLOCK = '(?:FNK?|HK?|CK?|NNK|NKNm|NK)';
const TIME = `(?:P?${CLOCK}A?P?|P?NN?AP?|PN(?!N|T|M)|NP)`;
const UNTIL = `(?:[UV]${TIME}u?)?`;

/**
 * @param pieces without fillers; @param taken those that name the day
 * @param hint a part of the day that he named before
 * @param asked he was asked for an hour, so that a bare number is one
 */
export function readHour(
  pieces: readonly Piece[],
  taken: ReadonlySet<Piece>,
  { hint, asked }: { hint?: PartOfDay; asked: boolean },
): HourRead {
  const left = pieces.filter((piece) => !taken.has(piece));
  const lone = left.filter(({ kind }) => kind === 'P');
  const part = lone.length === 1 ? (lone[0]?.name as PartOfDay) : hint;
  const found = scan(pieces, patterns(part), taken);
  const bare = found.length === 0 ? bareNumber(left, asked, taken.size > 0) : undefined;
  if (bare) return outcome([{ value: meaning([bare], part), pieces: [bare, ...lone] }], []);
  const isPartUsed = found.some(({ value }) => !('problem' in value));
  return {
    ...outcome(found, isPartUsed ? lone : []),
    ...(found.length === 0 && part && { part, taken: lone }),
  };
}

/** "5" where an hour was asked for, or right at the end after the day: "14/6 5". */
function bareNumber(left: Piece[], asked: boolean, isAfterDay: boolean): Piece | undefined {
  const numbers = left.filter(({ kind }) => kind === 'N');
  const others = left.filter(({ kind }) => kind !== 'N' && kind !== 'P');
  return numbers.length === 1 && (asked || (isAfterDay && others.length === 0)) ? numbers[0] : undefined;
}

function outcome(found: { value: Said; pieces: Piece[] }[], lone: Piece[]): HourRead {
  const taken = [...found.flatMap(({ pieces }) => pieces), ...lone];
  const problem = found.map(({ value }) => value).find((value) => 'problem' in value)?.problem;
  if (problem) return { problem, taken };
  const hours = found.flatMap(({ value }) => ('minutes' in value ? [value] : []));
  if (new Set(hours.map(({ minutes }) => minutes)).size > 1) return { problem: 'two-hours', taken };
  const [hour] = hours;
  return { taken, ...(hour && { hour }) };
}

function patterns(part: PartOfDay | undefined): Pattern<Said>[] {
  return [
    // "5 to 7 pm": a meeting begins at the first; what is said of the half of the day is said of both.
    {
      kinds: new RegExp(`P?N[UV]${TIME}u?`),
      read: (pieces) => {
        const first = pieces.findIndex(({ kind }) => kind === 'U' || kind === 'V');
        const half = pieces.slice(first).filter(({ kind }) => kind === 'A' || kind === 'P');
        return meaning([...pieces.slice(0, first), ...half], part);
      },
    },
    {
      kinds: new RegExp(`${TIME}${UNTIL}`),
      read: (pieces) => {
        const until = pieces.findIndex(({ kind }) => kind === 'U' || kind === 'V');
        return meaning(until < 0 ? pieces : pieces.slice(0, until), part);
      },
    },
  ];
}

function meaning(pieces: Piece[], lonePart: PartOfDay | undefined): Said {
  const face = faceOf(pieces);
  if (face === undefined) return { problem: 'no-such-hour' };
  if (pieces.some(({ kind, value }) => kind === 'H' && value >= NOON)) return { minutes: face };
  const half = pieces.find(({ kind }) => kind === 'A')?.name;
  const part = (pieces.find(({ kind }) => kind === 'P')?.name as PartOfDay | undefined) ?? lonePart;
  return onClock(face, half, part);
}

/** Minutes as said, before the half of the day is known. */
function faceOf(pieces: Piece[]): number | undefined {
  const numbers = pieces.filter(({ kind }) => kind === 'N').map(({ value }) => value);
  const digits = pieces.find(({ kind }) => kind === 'C')?.digits;
  const own = pieces.find(({ kind }) => kind === 'H')?.value;
  const extra = pieces.find(({ kind }) => kind === 'F')?.value ?? 0;
  const [hour = NaN, minute = 0] = digits ?? numbers;
  if (own !== undefined) return own;
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute < 60)) return undefined;
  if (extra !== 0 && (hour < 1 || hour > 12)) return undefined;
  const face = hour * 60 + minute + extra;
  // A quarter to one is a quarter to thirteen on the clock.
  return (face < 60 && extra < 0 ? face + NOON : face) % DAY;
}

function onClock(face: number, half: string | undefined, part: PartOfDay | undefined): Said {
  const hour = Math.floor(face / 60);
  if (hour > 12 || hour === 0)
    return half === 'am' && hour > 12 ? { problem: 'no-such-hour' } : { minutes: face };
  const early = face % NOON;
  if (half) return { minutes: half === 'pm' ? early + NOON : early };
  if (part) {
    const { am, pm } = PARTS[part];
    if (pm.includes(hour)) return { minutes: early + NOON };
    return am.includes(hour) ? { minutes: early } : { problem: 'odd-hour' };
  }
  return { minutes: hour === 12 || hour <= LAST_AFTERNOON_HOUR ? early + NOON : early, assumed: true };
}
