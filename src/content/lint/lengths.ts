/** Short enough for a small screen, for a tap and for three SMS. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { findingAt, type Finding } from '../finding';
import type { Text } from '../texts';

/** Longest texts in code points of NFC; docs/adding-a-lesson.md tells authors the same. */
const LIMITS: { keys: RegExp; limit: number }[] = [
  { keys: /^lesson\.\d+\.lesson$/, limit: 700 },
  { keys: /^lesson\.\d+\.(question\.feedback\.\d|reflection|checkin)$/, limit: 300 },
  { keys: /^lesson\.\d+\.action$/, limit: 320 },
  { keys: /^discussion\./, limit: 160 },
];

/** What is offered for choosing. */
const OPTION =
  /^(lesson\.\d+\.question\.option\.\d|options\..+|activity\.[^.]+|pledge\.[^.]+\.(title|step\.[^.]+)|place\.[^.]+)$/;
const OPTION_LIMIT = 60;
/** WhatsApp's list row title; longer ones are shown as numbered text instead of something to tap. */
const TAP_LIMIT = 24;
/** First steps are sentences, shown as numbered text. */
const NEVER_TAPPED = /^pledge\.[^.]+\.step\./;

const SMS = /^lesson\.\d+\.sms$/;
const SEGMENT_LIMIT = 3;

/** How many SMS a text takes (GSM-7 160/153, UCS-2 70/67, as Twilio counts). */
export function segmentsOf(text: string): number {
  return new SegmentedMessage(text).segmentsCount;
}

function lengthOf(text: string): number {
  return Array.from(text.normalize('NFC')).length;
}

export function checkLengths(texts: readonly Text[]): Finding[] {
  return texts.flatMap((text) => [...tooLong(text), ...optionTooLong(text), ...tooManySegments(text)]);
}

function tooLong(text: Text): Finding[] {
  const limit = LIMITS.find(({ keys }) => keys.test(text.key))?.limit;
  const length = lengthOf(text.text);
  if (limit === undefined || length <= limit) return [];
  return [
    findingAt(text, 'error', `${length} characters, at most ${limit}. Shorten it by ${length - limit}.`),
  ];
}

function optionTooLong(text: Text): Finding[] {
  const length = OPTION.test(text.key) ? lengthOf(text.text) : 0;
  if (length > OPTION_LIMIT)
    return [
      findingAt(
        text,
        'error',
        `an option of ${length} characters, at most ${OPTION_LIMIT}. Say it in fewer words.`,
      ),
    ];
  if (length > TAP_LIMIT && !NEVER_TAPPED.test(text.key))
    return [
      findingAt(
        text,
        'warning',
        `an option of ${length} characters; only ${TAP_LIMIT} fit where it is tapped. Shorten it if you can.`,
      ),
    ];
  return [];
}

function tooManySegments(text: Text): Finding[] {
  const sms = SMS.test(text.key) ? new SegmentedMessage(text.text) : undefined;
  if (!sms || sms.segmentsCount <= SEGMENT_LIMIT) return [];
  const room = sms.encodingName === 'GSM-7' ? 459 : 201;
  const message = `takes ${sms.segmentsCount} SMS, at most ${SEGMENT_LIMIT}. Shorten it: in these letters, ${room} characters fit.`;
  return [findingAt(text, 'error', message)];
}
