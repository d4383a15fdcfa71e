/** A preview as lines of a terminal: bubbles as text. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { LANGUAGE_NAMES, type Language, type Lesson } from '../content';
import type { Rendered } from '../conversation';
import type { Preview, Screen } from './preview';

/** @param all every step, not only what the week begins with */
export function printPreview(
  lesson: Lesson,
  language: Language,
  { lesson: first, alone, rest }: Preview,
  all: boolean,
): string {
  const heading = `Week ${lesson.week}, ${lesson.title[language]} (${lesson.slug}, theme ${lesson.theme}), in ${LANGUAGE_NAMES[language]}`;
  const screens = all ? [first, ...rest] : [first];
  return [
    heading,
    '',
    ...screens.map((screen) => onWhatsApp(screen)),
    `SMS where he cannot answer: ${segments(alone)}`,
    bubble(alone),
    ...(all
      ? [
          ...screens.map((screen) => onSms(screen)),
          'The voice note: what is read aloud',
          box(lesson.text[language].spoken),
        ]
      : ['(--all shows every step that follows, the SMS where he can answer, and what is read aloud.)\n']),
  ].join('\n');
}

function onWhatsApp({ when, whatsapp }: Screen): string {
  return `WhatsApp. ${when}:\n${bubble(whatsapp)}`;
}

function onSms({ when, sms }: Screen): string {
  return `SMS where he can answer. ${when}: ${segments(sms)}\n${bubble(sms)}`;
}

function segments({ text }: Rendered): string {
  const { segmentsCount, encodingName } = new SegmentedMessage(text);
  return `${segmentsCount} SMS (${text.length} characters, ${encodingName})`;
}

function bubble({ text, options }: Rendered): string {
  const buttons = options.map(({ label }) => `  ( ${label} )`);
  return `${box(text)}${buttons.length > 0 ? `${buttons.join('\n')}\n` : ''}`;
}

/** A rule at the left alone: the width of Indic letters in a terminal is not known. */
function box(text: string): string {
  return `${text
    .split('\n')
    .map((line) => `  │ ${line}`.trimEnd())
    .join('\n')}\n`;
}
