/**
 * The guard: does somebody tell of violence, abuse or of wanting to die? It reads every text before anything else
 * but STOP does, and says only what kind of thing it is: the words themselves go nowhere from here.
 * docs/disclosure-guard.md says how it judges, how well it does, and what it cannot do.
 */
import {
  DISCLOSURE_ORDER,
  type Content,
  type DisclosureCategory,
  type Language,
  type SufferedBy,
} from '../../content/model';
import { normalise } from '../../content/normalise';
import { featuresOf } from './features';
import { framed, presentIn, whoSuffers, type Present } from './frames';
import { createReader, type Reading } from './reading';
import { Trained } from './trained';

/** What was told, without any of its words. */
export interface Disclosure {
  category: DisclosureCategory;
  /** Who it happened to, where the words say so. */
  who?: SufferedBy;
}

/** @returns what a text discloses; undefined for nearly all texts */
export type Guard = (text: string) => Disclosure | undefined;

/** Nobody types more; what is pasted has said it by then. */
const MOST_CHARACTERS = 8000;
const END_OF_SENTENCE = /[.!?\n\r;।॥…]+/u;
/** A number chosen from a list: most answers are no more, and they tell of nothing. */
const CHOICE = /^\s*\p{Nd}{1,2}\s*$/u;
/** Without a grave concept, so few words are too little to go by. */
const LEAST_WORDS_ALONE = 4;
/** A sentence of fewer words could be his own as well as ours. */
const LEAST_QUOTED_WORDS = 6;
/** A notion that says of the whole message that it tells a tale: its sentences are not heard one by one. */
const TALES = ['talk', 'tale', 'jest'];

/** What the guard needs: its words and weights, and what we ourselves write to people. */
export type GuardContent = Pick<Content, 'disclosure' | 'lessons' | 'pledges' | 'campaignDays' | 'words'>;

/** Made once per content; keeps nothing of what it reads. */
export function createGuard(content: GuardContent): Guard {
  const { disclosure } = content;
  const read = createReader(disclosure.words, disclosure.concepts);
  const trained = new Trained(disclosure.trained);
  const isGrave = ({ standing }: Reading) =>
    standing.some(({ name }) => disclosure.concepts[name]?.grave === true);
  // Made when it is first asked for: nearly no message comes so far.
  let ours: Set<string> | undefined;
  const isOurs = (typed: string) => (ours ??= quotable(content)).has(typed);

  function likely(reading: Reading): DisclosureCategory | undefined {
    const isAlone = !isGrave(reading);
    if (isAlone && reading.words.length < LEAST_WORDS_ALONE) return undefined;
    const likelihoods = trained.weigh(featuresOf(reading));
    let best: DisclosureCategory = 'danger';
    let sum = 0;
    for (const category of DISCLOSURE_ORDER) {
      sum += likelihoods[category];
      if (likelihoods[category] > likelihoods[best]) best = category;
    }
    return sum >= (isAlone ? disclosure.alone : disclosure.thresholds[best]) ? best : undefined;
  }

  function heard(typed: string): { category: DisclosureCategory; present: Present } | undefined {
    const reading = read(typed);
    const present = presentIn(reading.standing);
    const category = framed(disclosure, present) ?? likely(reading);
    return category && { category, present };
  }

  return function guard(text) {
    if (CHOICE.test(text)) return undefined;
    const sentences = text.slice(0, MOST_CHARACTERS).split(END_OF_SENTENCE).map(normalise).filter(Boolean);
    const whole = sentences.join(' ');
    let found = heard(whole);
    if (!found && sentences.length > 1) {
      const present = presentIn(read(whole).standing);
      if (!TALES.some((notion) => present.has(notion)))
        for (const sentence of sentences) found ??= heard(sentence);
    }
    if (!found || isOurs(whole)) return undefined;
    const own = sentences.filter((sentence) => !isOurs(sentence));
    if (own.length < sentences.length) found = own.length > 0 ? heard(own.join(' ')) : undefined;
    if (!found) return undefined;
    const { category, present } = found;
    const who = whoSuffers(disclosure, category, present);
    return { category, ...(who && { who }) };
  };
}

/**
 * What we wrote ourselves is quoted when he sends it back, not told: whole texts, and sentences. And a command or an
 * option is that and no more.
 */
function quotable({ lessons, pledges, campaignDays, words }: GuardContent): Set<string> {
  const texts = [
    ...lessons.flatMap(({ text }) =>
      Object.values(text).flatMap(({ lesson, question, reflection, action, checkin, sms, spoken }) => [
        ...[lesson, question.ask, ...question.options, ...question.feedback],
        ...[reflection, action.ask, checkin, sms, spoken],
      ]),
    ),
    ...pledges.flatMap(({ title, text, steps }) =>
      [title, text, ...steps.map((step) => step.text)].flatMap(inAll),
    ),
    ...campaignDays.flatMap(({ name, greeting }) => [name, greeting].flatMap(inAll)),
  ];
  const sentences = texts.flatMap((text) => text.split(END_OF_SENTENCE));
  const joined = texts.map((text) => text.split(END_OF_SENTENCE).map(normalise).filter(Boolean).join(' '));
  const long = sentences
    .map(normalise)
    .filter((sentence) => sentence.split(' ').length >= LEAST_QUOTED_WORDS);
  const phrases = [words.commands, words.options]
    .flatMap((lists) => Object.values(lists).flat())
    .map(normalise);
  return new Set([...long, ...joined, ...phrases]);
}

const inAll = (text: Record<Language, string>) => Object.values(text);
