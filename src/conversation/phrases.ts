/** Every way in which a command or an option may be said, prepared once: labels in four languages and words.yaml. */
import { distance } from 'fastest-levenshtein';
import type { Content } from '../content/model';
import { normalise } from '../content/normalise';
import type { Option } from './effect';
import type { Command } from './event';
import { LANGUAGES } from './participant';
import type { Translate } from './translate';

export interface Phrases {
  /** The command that is said with exactly these (normalised) words. */
  command: (typed: string) => Command | undefined;
  /** The one command within a slip or two of these words; never STOP. */
  commandNear: (typed: string) => Command | undefined;
  /** All (normalised) ways to say an option. */
  ofOption: (option: Option) => ReadonlySet<string>;
  /** Is this word a "no" or "not"? */
  isNegation: (word: string) => boolean;
}

/** How many slips are forgiven in a word of this length: none in a short one. */
export function tolerance(length: number): number {
  if (length < 5) return 0;
  return length < 9 ? 1 : 2;
}

export function createPhrases(content: Content, translate: Translate): Phrases {
  const commands = new Map(
    Object.entries(content.words.commands).flatMap(([command, phrases]) =>
      phrases.map((phrase) => [normalise(phrase), command as Command] as const),
    ),
  );
  const words = new Map<string, string[]>(Object.entries(content.words.options));
  for (const state of content.states) {
    words.set(state.id, state.aliases);
    for (const district of state.districts) words.set(district.id, district.aliases);
  }
  const negations = new Set(
    (content.words.options.no ?? []).map(normalise).filter((phrase) => !phrase.includes(' ')),
  );
  // Labels never change while the process runs, so each option is worked out once.
  const known = new Map<string, ReadonlySet<string>>();

  return {
    command: (typed) => commands.get(typed),
    commandNear(typed) {
      const allowed = tolerance(typed.length);
      if (allowed === 0) return undefined;
      const near = new Set<Command>();
      for (const [phrase, command] of commands) {
        // STOP silences everything, so it is taken at its exact words only: "banda" is a place, not "band".
        if (command === 'stop') continue;
        if (Math.abs(phrase.length - typed.length) <= allowed && distance(phrase, typed) <= allowed)
          near.add(command);
      }
      return near.size === 1 ? [...near][0] : undefined;
    },
    ofOption(option) {
      const cacheKey = `${option.id}|${option.key}|${JSON.stringify(option.texts ?? '')}|${option.language ?? ''}`;
      let phrases = known.get(cacheKey);
      if (!phrases) {
        const labels = LANGUAGES.map((language) => translate(option, language));
        phrases = new Set(
          [...labels, ...(words.get(option.id) ?? [])].map(normalise).filter((phrase) => phrase !== ''),
        );
        known.set(cacheKey, phrases);
      }
      return phrases;
    },
    isNegation: (word) => negations.has(word),
  };
}
