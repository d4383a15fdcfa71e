/** Who came, as a mentor says it: "1 3 5-9", "all but 4", "सब आए, 2 मेहमान". Pure; nothing is guessed. */
import { fold } from '../content/fold';
import type { AttendanceWords } from '../content/model';
import { asciiDigits } from './when/pieces';

export type Attendance =
  /** Numbers of the group's list, in order, each once. */
  | { present: number[]; guests: number }
  /** Numbers that nobody in the group has. */
  | { unknown: number[] }
  /** A word or an order of words that means nothing here. */
  | { unread: true };

/** @param roster the numbers that are given out in the group */
export type ReadAttendance = (text: string, roster: readonly number[]) => Attendance;

type Token = { number: number } | { word: keyof AttendanceWords };

const PIECE = /\d+|[-–—]|\+|(?:\p{L}|\p{M}|\p{Join_Control}|['’])+/gu;
/** More than any group's meeting holds. */
const MOST_GUESTS = 500;
/** Longer than this is no list of numbers. */
const LONGEST = 400;

/** Prepares the words of content/meetings.yaml once. */
export function createReadAttendance(words: AttendanceWords): ReadAttendance {
  const known = new Map<string, keyof AttendanceWords>();
  for (const [meaning, phrases] of Object.entries(words))
    for (const phrase of phrases) known.set(fold(phrase), meaning as keyof AttendanceWords);
  const longest = Math.max(...[...known.keys()].map((phrase) => phrase.split(' ').length));
  return function readAttendance(text, roster) {
    const tokens = text.length > LONGEST ? undefined : tokensOf(text, known, longest);
    return (tokens && meaning(tokens, roster)) ?? { unread: true };
  };
}

/** Undefined where a word means nothing here: passed over, a "not" would turn the list round. */
function tokensOf(
  text: string,
  known: ReadonlyMap<string, keyof AttendanceWords>,
  longest: number,
): Token[] | undefined {
  const pieces = asciiDigits(text.normalize('NFC')).match(PIECE) ?? [];
  const tokens: Token[] = [];
  for (let index = 0; index < pieces.length;) {
    const piece = pieces[index] ?? '';
    if (/^\d+$/.test(piece)) tokens.push({ number: Number(piece) });
    else if (/^[-–—]$/.test(piece)) tokens.push({ word: 'to' });
    else if (piece === '+') tokens.push({ word: 'guests' });
    else {
      const count = Array.from({ length: longest }, (_, less) => longest - less).find((tried) =>
        known.has(fold(pieces.slice(index, index + tried).join(' '))),
      );
      const word = count && known.get(fold(pieces.slice(index, index + count).join(' ')));
      if (!count || !word) return undefined;
      tokens.push({ word });
      index += count;
      continue;
    }
    index += 1;
  }
  return tokens.filter((token) => !('word' in token && token.word === 'fillers'));
}

function meaning(all: Token[], roster: readonly number[]): Attendance | undefined {
  const { guests, left } = withoutGuests(all);
  const says = (word: keyof AttendanceWords) => left.some((token) => 'word' in token && token.word === word);
  const numbers = listed(left);
  if (!numbers || guests > MOST_GUESTS || says('guests')) return undefined;
  const unknown = [...numbers].filter((number) => !roster.includes(number));
  if (unknown.length > 0) return { unknown };
  const inOrder = roster.toSorted((one, other) => one - other);
  if (says('none'))
    return numbers.size > 0 || says('all') || says('but') ? undefined : { present: [], guests };
  if (says('but')) {
    return numbers.size === 0
      ? undefined
      : { present: inOrder.filter((number) => !numbers.has(number)), guests };
  }
  if (says('all')) return numbers.size > 0 ? undefined : { present: inOrder, guests };
  return numbers.size === 0
    ? undefined
    : { present: inOrder.filter((number) => numbers.has(number)), guests };
}

/** "2 guests", "+2": the number beside the word is no number of the list. */
function withoutGuests(tokens: Token[]): { guests: number; left: Token[] } {
  const at = tokens.findIndex((token) => 'word' in token && token.word === 'guests');
  if (at < 0) return { guests: 0, left: tokens };
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  const isPlus = after !== undefined && 'number' in after;
  const beside = isPlus ? after : before;
  if (!beside || !('number' in beside)) return { guests: 0, left: tokens };
  const from = isPlus ? at : at - 1;
  return { guests: beside.number, left: [...tokens.slice(0, from), ...tokens.slice(from + 2)] };
}

/** Numbers and ranges; undefined where a range has no two ends or runs backwards. */
function listed(tokens: Token[]): Set<number> | undefined {
  const numbers = new Set<number>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    if ('number' in token) {
      numbers.add(token.number);
      continue;
    }
    if (token.word !== 'to') continue;
    const [from, until] = [tokens[index - 1], tokens[index + 1]];
    if (!from || !until || !('number' in from) || !('number' in until)) return undefined;
    if (until.number < from.number || until.number - from.number > MOST_GUESTS) return undefined;
    for (let number = from.number; number <= until.number; number += 1) numbers.add(number);
  }
  return numbers;
}
