/** A typed sentence cut into pieces, each with what it means and where it stands. */
import type { Kind, Lexicon, Sense } from './lexicon';

export interface Piece {
  kind: Kind;
  /** Number, weekday, month, days ahead, minutes; NaN where there is none. */
  value: number;
  /** Part or half of the day. */
  name: string;
  /** A date or an hour in digits, as typed: [14, 6], [2026, 6, 14], [17, 30]. */
  digits: readonly number[];
  /** Where it stands in the text, end exclusive. */
  from: number;
  to: number;
}

/** A piece before its neighbours have settled what it means. */
interface Open extends Omit<Piece, 'kind' | 'value' | 'name'> {
  senses: readonly Sense[];
  /** What stands between the digits: "5-7" may be hours, "5.30" an hour. */
  mark: string;
}

const DIGIT_ZEROS = [0x0966, 0x09e6, 0x0b66, 0x0660, 0x06f0];

/** Digits of every script as 0–9; nothing else changes, so that places in the text stay. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((start) => code >= start && code <= start + 9);
    return zero === undefined ? digit : String(code - zero);
  });
}

const SHAPE = new RegExp(
  [
    String.raw`(?<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))`,
    String.raw`(?<hour>(?<!\d)\d{1,2}:\d{2}(?!\d))`,
    String.raw`(?<date>(?<!\d)\d{1,2}\s?(?<mark>[/.\-–])\s?\d{1,2}(?:\s?\k<mark>\s?(?:\d{4}|\d{2}))?(?!\d))`,
    String.raw`(?<number>\d+)`,
    String.raw`(?<half>(?<![\p{L}\p{M}])[ap]\.\s?m(?![\p{L}\p{M}])\.?)`,
    String.raw`(?<word>(?:\p{L}|\p{M}|\p{Join_Control}|['’])+)`,
  ].join('|'),
  'giu',
);

/** @param text in NFC. @returns the pieces in their order, fillers too; punctuation is none. */
export function piecesOf(text: string, lexicon: Lexicon): Piece[] {
  const shapes = [...asciiDigits(text).matchAll(SHAPE)];
  const open: Open[] = [];
  for (let index = 0; index < shapes.length;) {
    const { found, count } = look(shapes, index, lexicon);
    open.push(...found);
    index += count;
  }
  return settle(open);
}

function look(shapes: RegExpExecArray[], index: number, lexicon: Lexicon): { found: Open[]; count: number } {
  const match = shapes[index];
  if (!match) return { found: [], count: 1 };
  const place = { from: match.index, to: match.index + match[0].length, digits: [], mark: '' };
  const { iso, hour, date, mark = '', number, half } = match.groups ?? {};
  const digits = (match[0].match(/\d+/g) ?? []).map(Number);
  if (iso ?? date) return { found: [{ ...place, digits, mark, senses: [{ kind: 'D' }] }], count: 1 };
  if (hour) return { found: [{ ...place, digits, senses: [{ kind: 'C' }] }], count: 1 };
  if (number)
    return { found: [{ ...place, digits, senses: [{ kind: 'N', value: Number(number) }] }], count: 1 };
  if (half)
    return {
      found: [{ ...place, senses: [{ kind: 'A', name: `${half.toLowerCase().charAt(0)}m` }] }],
      count: 1,
    };
  for (let count = Math.min(lexicon.longest, shapes.length - index); count > 0; count -= 1) {
    const words = shapes.slice(index, index + count);
    const last = words.at(-1);
    if (!last || words.some(({ groups }) => groups?.word === undefined)) continue;
    const senses = lexicon.senses(words.map(([word]) => word).join(' '));
    if (senses) return { found: [{ ...place, to: last.index + last[0].length, senses }], count };
  }
  const joined = lexicon.joined(match[0]);
  if (joined === undefined) return { found: [{ ...place, senses: [{ kind: 'o' }] }], count: 1 };
  return { found: joined.map((sense) => ({ ...place, senses: [sense] })), count: 1 };
}

/** Where a piece may mean several things, what stands beside it decides. */
function settle(open: Open[]): Piece[] {
  const pieces: Piece[] = [];
  const can = (piece: Open | undefined, kinds: string) =>
    piece?.senses.some(({ kind }) => kinds.includes(kind)) ?? false;
  // Fillers between an hour and its part of the day ("at 5 in the evening") do not count as neighbours.
  const isPlainFiller = (piece: Open | undefined) => piece?.senses.every(({ kind }) => kind === 'f') ?? false;
  open.forEach((piece, index) => {
    let after = index + 1;
    while (isPlainFiller(open[after])) after += 1;
    const next = open[after];
    const before = pieces.findLast(({ kind }) => kind !== 'f');
    const was = (kinds: string) => before !== undefined && kinds.includes(before.kind);
    const { from, to, digits } = piece;
    const plain = (sense: Sense): Piece => ({
      kind: sense.kind,
      value: sense.value ?? NaN,
      name: sense.name ?? '',
      digits,
      from,
      to,
    });
    const [first = { kind: 'o' }] = piece.senses;
    const [one = 0, two = 0] = digits;

    if (first.kind === 'D' && digits.length === 2 && piece.mark !== '/') {
      const byHour = can(next, 'KVAP') || was('P');
      if (piece.mark === '.' && two < 60 && (byHour || two === 0 || two > 12))
        return void pieces.push(plain({ kind: 'C' }));
      if (piece.mark !== '.' && byHour) {
        const hours: Sense[] = [{ kind: 'N', value: one }, { kind: 'U' }, { kind: 'N', value: two }];
        return void pieces.push(...hours.map(plain));
      }
    }
    if (first.kind === 'N' && one >= 100) {
      const hour = Math.floor(one / 100);
      if (can(next, 'K')) return void pieces.push({ ...plain({ kind: 'C' }), digits: [hour, one % 100] });
      return void pieces.push(plain({ kind: one >= 2000 && one <= 2100 ? 'Q' : 'o', value: one }));
    }
    const fits = (kind: Kind): boolean => {
      if (kind === 'N') return digits.length > 0 || can(next, 'KVATMZEm') || was('FPMIB');
      if (kind === 'K' || kind === 'V') return was('NCH');
      if (kind === 'P') return !(was('N') && piece.senses.some((sense) => sense.kind === 'Z'));
      if (kind === 'T' || kind === 'Z') return was('N');
      if (kind === 'm') return was('N');
      if (kind === 'I') return can(next, 'N');
      if (kind === 'A') return was('NKCH');
      return kind !== 'f';
    };
    const isNumber = piece.senses.some(({ kind }) => kind === 'N') && fits('N');
    const chosen =
      piece.senses.find(({ kind }) => (isNumber ? kind === 'N' : fits(kind))) ??
      piece.senses.find(({ kind }) => kind === 'f');
    pieces.push(plain(chosen ?? { kind: 'o' }));
  });
  return pieces;
}
