/** Commands with words of his own after them: "JOIN KTR47". Who knows which, and where the command ends. */
import type { Content } from '../content/model';
import { groupCodeFrom } from '../../flows/group-code';
import { digitsIn, phoneFrom } from '../../flows/phone';
import { normalise } from '../content/normalise';
import type { WordedCommand } from './event';
import type { Participant } from './participant';

export interface Worded {
  command: WordedCommand;
  /** What follows, as he typed it; empty for the bare word. */
  rest: string;
}

/** Takes the command off a text that begins with one of those known to him. */
export type ReadWorded = (text: string, known: readonly WordedCommand[]) => Worded | undefined;

/** Which of them he knows; to everybody else they are words like any other. */
export function wordedFor({ profile, roles }: Pick<Participant, 'profile' | 'roles'>): WordedCommand[] {
  const everybody: WordedCommand[] = [
    'join',
    'code',
    ...(roles?.coordinator ? (['invite', 'stats'] as const) : []),
  ];
  if (roles?.mentor) return [...everybody, 'meet', 'who', 'attend'];
  return profile.joinedAt === undefined ? everybody : [...everybody, 'meet'];
}

/** Those after which a Saathi says nothing more: "meeting her was good" is a reflection. */
const MENTORS: readonly WordedCommand[] = ['meet', 'who', 'attend'];

/** May this be a command where free text is an answer? */
export function isPlainly({ command, rest }: Worded, known: readonly WordedCommand[]): boolean {
  if (rest === '' || !MENTORS.includes(command)) return true;
  return known.includes('attend') && /\p{Nd}/u.test(rest);
}

/** What must follow a command for it to be one: "join hands" is a sentence. */
const FITS: Partial<Record<WordedCommand, (rest: string) => boolean>> = {
  join: (rest) => groupCodeFrom(rest) !== undefined,
  code: (rest) => /^\d{6}$/.test(digitsIn(rest)) && !/\p{L}/u.test(rest),
  invite: (rest) => phoneFrom(rest) !== undefined,
};

/** Prepares the words of content/words.yaml once. */
export function createReadWorded({ words }: Content): ReadWorded {
  const commands = new Map(
    Object.entries(words.worded).flatMap(([command, phrases]) =>
      phrases.map((phrase) => [normalise(phrase), command as WordedCommand] as const),
    ),
  );
  const longest = Math.max(0, ...[...commands.keys()].map((phrase) => phrase.split(' ').length));
  return function readWorded(text, known) {
    if (known.length === 0) return undefined;
    const ends = [...text.matchAll(/[^\s:,]+/gu)]
      .slice(0, longest)
      .map(({ index, 0: word }) => index + word.length);
    for (const end of ends.toReversed()) {
      const command = commands.get(normalise(text.slice(0, end)));
      if (command === undefined || !known.includes(command)) continue;
      const rest = text
        .slice(end)
        .replace(/^[\s:,–-]+/u, '')
        .trim();
      return FITS[command]?.(rest) === false ? undefined : { command, rest };
    }
    return undefined;
  };
}
