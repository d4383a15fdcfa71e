/**
 * What he sent → what he means, given what he was asked. In this order: STOP, a disclosure, an option's own words,
 * a command, a command with words after it, a number in any script, then (only where free text is no answer) words close to an option or a command.
 */
import type { Content } from '../content/model';
import { normalise } from '../content/normalise';
import { createGuard } from './disclosure';
import type { Option } from './effect';
import type { Command, HeardEvent, OddKind, WordedCommand } from './event';
import { createPhrases, tolerance, type Phrases } from './phrases';
import type { Translate } from './translate';
import { createReadWorded, isPlainly, type Worded } from './worded';
import { distance } from 'fastest-levenshtein';

/** An inbound message as far as understanding goes. */
export interface Incoming {
  kind:
    | 'text'
    | 'tap'
    | 'voice'
    | 'image'
    | 'video'
    | 'document'
    | 'sticker'
    | 'location'
    | 'contact'
    | 'call'
    | 'unknown';
  text: string;
  optionId?: string;
  mediaRef?: string;
}

type Without<T> = T extends unknown ? Omit<T, 'at' | 'message'> : never;
/** A heard event without its moment and evidence, which the caller adds. */
export type Meaning = Without<HeardEvent>;

/** What he was asked: the options in the order shown, answers not shown, and what else counts as an answer. */
export interface Asked {
  options: Option[];
  unspoken?: Option[];
  accepts?: readonly ('text' | 'voice' | 'picture')[];
  /** Commands with words after them that he knows. */
  worded?: readonly WordedCommand[];
  /** His words are for others and he has been warned: nothing in them is taken as told. */
  unguarded?: true;
}

export type Understand = (incoming: Incoming, asked: Asked) => Meaning;

/** Longer than this is no answer to a question with options. */
const LONGEST_ANSWER = 400;
/** Longer than this is kindly refused even as a reflection. */
const LONGEST_TEXT = 4000;
/** A sentence longer than this is not searched for an option's words. */
const MOST_WORDS = 6;

/** Who asks back has not answered: "kya haan bolna padega?" */
const QUESTION_WORDS = new Set(
  [
    ...[
      'what',
      'why',
      'how',
      'which',
      'kya',
      'kyu',
      'kyun',
      'kyon',
      'kaise',
      'kaun',
      'क्या',
      'क्यों',
      'कैसे',
      'कौन',
    ],
    ...['keno', 'kivabe', 'kemon', 'কি', 'কী', 'কেন', 'কীভাবে', 'কিভাবে', 'কোন'],
    ...['kahinki', 'kemiti', 'କି', 'କାହିଁକି', "କ'ଣ", 'କେମିତି', 'କେଉଁ'],
  ].map(normalise),
);

const NUMBERED = /^(?:(?:option|opt|no|number|num|nambar|answer|ans) )?(\d{1,3})$/;

export function createUnderstand(content: Content, translate: Translate): Understand {
  const phrases = createPhrases(content, translate);
  const guard = createGuard(content);
  const readWorded = createReadWorded(content);
  return function understand(incoming, { options, unspoken = [], accepts = [], ...asked }) {
    const { worded = [], unguarded = false } = asked;
    const { kind, text, optionId, mediaRef } = incoming;
    if (kind === 'voice') return { type: 'VOICE', ref: mediaRef ?? '' };
    const isPicture = kind === 'image' && mediaRef !== undefined && accepts.includes('picture');
    if (kind !== 'text' && kind !== 'tap' && !isPicture) return odd(kind);
    if (kind === 'tap' && optionId !== undefined && options.some(({ id }) => id === optionId)) {
      return { type: 'CHOOSE', option: optionId };
    }
    if (!unguarded && phrases.command(normalise(text)) !== 'stop') {
      const disclosure = guard(text);
      if (disclosure) return { type: 'DISCLOSURE', ...disclosure };
    }
    if (isPicture) return { type: 'PICTURE', ref: mediaRef, text: text.trim() };
    const takesText = accepts.includes('text');
    if (text.length > (takesText ? LONGEST_TEXT : LONGEST_ANSWER)) return odd('long');
    const typed = normalise(text);
    if (typed === '') return text.trim() === '' ? { type: 'UNCLEAR' } : odd('emoji');
    const meant = [...options, ...unspoken];
    return (
      exactly(phrases, typed, meant) ??
      withWords(readWorded(text, worded), takesText ? worded : undefined) ??
      byNumber(typed, options) ??
      (takesText ? { type: 'TEXT', text: text.trim() } : roughly(phrases, typed, meant)) ?? {
        type: 'UNCLEAR',
      }
    );
  };
}

function odd(kind: OddKind): Meaning {
  return { type: 'ODD', kind };
}

function choose(option: Option | undefined): Meaning | undefined {
  return option && { type: 'CHOOSE', option: option.id };
}

function command(name: Command | undefined): Meaning | undefined {
  return name && { type: 'COMMAND', command: name };
}

function exactly(phrases: Phrases, typed: string, options: Option[]): Meaning | undefined {
  const named = phrases.command(typed);
  if (named === 'stop') return command(named);
  return choose(options.find((option) => phrases.ofOption(option).has(typed))) ?? command(named);
}

/** @param doubted where free text is an answer, the commands that he knows */
function withWords(
  read: Worded | undefined,
  doubted: readonly WordedCommand[] | undefined,
): Meaning | undefined {
  if (!read || (doubted && !isPlainly(read, doubted))) return undefined;
  return { type: 'COMMAND', ...read };
}

function byNumber(typed: string, options: Option[]): Meaning | undefined {
  const found = NUMBERED.exec(typed);
  return found ? choose(options[Number(found[1]) - 1]) : undefined;
}

/** "haan bilkul", "menuu", "2 number wala": one option and no other may be meant. */
function roughly(phrases: Phrases, typed: string, all: Option[]): Meaning | undefined {
  const options = all.filter(({ exact }) => !exact);
  return (
    onlyOne(options.filter((option) => isNear(typed, phrases.ofOption(option)))) ??
    command(phrases.commandNear(typed)) ??
    onlyOne(options.filter((option) => isWithin(phrases, typed, phrases.ofOption(option))))
  );
}

function onlyOne(options: Option[]): Meaning | undefined {
  return options.length === 1 ? choose(options[0]) : undefined;
}

function isNear(typed: string, spellings: ReadonlySet<string>): boolean {
  const allowed = tolerance(typed.length);
  // A slip is forgiven in a word, never in a number: "17 saal" is not "18 saal".
  return (
    allowed > 0 &&
    [...spellings].some(
      (spelling) => distance(spelling, typed) <= allowed && digits(spelling) === digits(typed),
    )
  );
}

/** The option's words stand in the sentence, and no "not" beside them turns them round. */
function isWithin(phrases: Phrases, typed: string, spellings: ReadonlySet<string>): boolean {
  const words = typed.split(' ');
  if (words.length > MOST_WORDS || words.some((word) => QUESTION_WORDS.has(word))) return false;
  const sentence = ` ${typed} `;
  const negated = words.some(phrases.isNegation);
  return [...spellings].some(
    (spelling) =>
      spelling.length > 1 &&
      sentence.includes(` ${spelling} `) &&
      (!negated || spelling.split(' ').some(phrases.isNegation)),
  );
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
