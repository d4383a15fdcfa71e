/**
 * How an SMS is cut and charged: GSM-7 160/153 characters, else UCS-2 70/67 UTF-16 units (facts by
 * sms-segments-calculator, Twilio's own), and how a long text is split without tearing a letter.
 */
import { SegmentedMessage } from 'sms-segments-calculator';

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** What forces UCS-2 on an otherwise plain text: `₹`, a curly quote … Empty for GSM-7. */
  nonGsm: string[];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Encoding and number of segments of one SMS. An empty text has none. */
export function countSegments(text: string): Segments {
  if (text === '') return { encoding: 'GSM-7', segments: 0, nonGsm: [] };
  const message = new SegmentedMessage(text.normalize('NFC'));
  return {
    encoding: message.encodingName,
    segments: message.segmentsCount,
    nonGsm: message.encodingName === 'GSM-7' ? [] : [...new Set(message.getNonGsmCharacters())],
  };
}

/** The longest beginning of `text` that fits, in whole graphemes; at least one grapheme. */
function fittingLength(text: string, limit: number): number {
  let length = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (length > 0 && length + segment.length > limit) break;
    length += segment.length;
  }
  return length;
}

/** Where to break within the first `limit` units: after a paragraph, a line, a sentence, a word, else a grapheme. */
function breakAt(text: string, limit: number): number {
  const end = fittingLength(text, limit);
  const head = text.slice(0, end);
  for (const mark of ['\n\n', '\n', '। ', '. ', '? ', '! ', ' ']) {
    const at = head.lastIndexOf(mark);
    // A break near the beginning would leave a crumb.
    if (at >= end / 3) return at + mark.length;
  }
  return end;
}

/**
 * Splits a text into pieces of at most `limit` UTF-16 units, at paragraph, line, sentence or word ends where
 * possible, and never inside a grapheme (a Devanagari cluster or an emoji family stays whole).
 * @throws RangeError for a limit below 1.
 */
export function splitText(text: string, limit: number): string[] {
  if (!(limit >= 1)) throw new RangeError('A piece holds at least one character.');
  const pieces: string[] = [];
  let rest = text.normalize('NFC').trim();
  while (rest.length > limit) {
    const at = breakAt(rest, limit);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}
