/** What a step says → the text that a channel can carry. Steps down from buttons to numbers to a lone text. */
import type { Option, Part, Picture } from './effect';
import type { Language } from './participant';
import type { Translate } from './translate';

/** What a rendering needs to know of a channel. */
export interface Abilities {
  /** Can he answer here? */
  canReply: boolean;
  /** How many options can be shown for tapping; 0 = none. */
  canTap: number;
  canSendMedia: boolean;
  /** On his own screen: what only he should see may be sent. */
  isPrivate?: boolean;
  /** Longest text in characters. */
  textLimit: number;
}

export interface Said {
  parts: Part[];
  options?: Option[];
  picture?: Picture;
  standalone?: Part[];
  discreet?: Part[];
}

export interface Rendered {
  text: string;
  /** Shown for tapping; empty where they stand as numbers in the text. */
  options: { id: string; label: string }[];
  /** To be attached; where media can't be sent its link stands in the text. */
  picture?: Picture;
}

/** A short label keeps its place on a button; WhatsApp's list rows take 24 characters. */
const BUTTON_LABEL_LIMIT = 24;

/**
 * @param link the page that a part speaks of; or where a picture can be seen, for channels that can't carry it
 * @returns undefined when there is nothing to say on this channel: he can't answer there, and the step has no
 *   text that stands alone; or it is a sound alone, which can't be carried there.
 */
export function render(
  translate: Translate,
  said: Said,
  language: Language,
  abilities: Abilities,
  link = '',
): Rendered | undefined {
  const words = (parts: Part[]) =>
    parts
      .map((part, index) => `${gapBefore(part, index)}${translate(part, language).trim()}${linkAfter(part)}`)
      .join('');
  const linkAfter = ({ hasPicture, hasLink }: Part) =>
    link !== '' && (hasLink || (hasPicture && !abilities.canSendMedia)) ? `\n${link}` : '';
  if (said.discreet && abilities.isPrivate !== true) {
    return { text: fit(words(said.discreet), abilities.textLimit), options: [] };
  }
  if (!abilities.canReply) {
    return said.standalone
      ? { text: fit(words(said.standalone), abilities.textLimit), options: [] }
      : undefined;
  }
  const options = (said.options ?? []).map((option) => ({
    id: option.id,
    label: translate(option, language),
  }));
  const tappable =
    options.length > 0 &&
    options.length <= abilities.canTap &&
    options.every(({ label }) => Array.from(label).length <= BUTTON_LABEL_LIMIT);
  const numbered = tappable ? '' : options.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
  // If anything is too long it is the words that are cut, never the answers.
  const room = abilities.textLimit - (numbered === '' ? 0 : numbered.length + 2);
  const text = [fit(words(said.parts), room), numbered].filter((piece) => piece !== '').join('\n\n');
  if (text === '' && !(said.picture && abilities.canSendMedia)) return undefined;
  return {
    text,
    options: tappable ? options : [],
    ...(said.picture && abilities.canSendMedia && { picture: said.picture }),
  };
}

function gapBefore(part: Part, index: number): string {
  if (index === 0) return '';
  return part.continues ? '\n' : '\n\n';
}

/** Cuts at a grapheme, never inside a letter with its signs, and says so with an ellipsis. */
function fit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const graphemes = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)];
  let cut = '';
  for (const { segment } of graphemes) {
    if (cut.length + segment.length + 1 > limit) break;
    cut += segment;
  }
  return `${cut}…`;
}
