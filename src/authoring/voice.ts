/** What is read out for a lesson, and a machine's draft of it until somebody has recorded it. */
import { spawn } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Language, Lesson } from '../content';

/**
 * The script for the ear: what is told, then the question with its answers numbered, so that whoever only listens can
 * answer with a digit.
 */
export function scriptOf({ text }: Pick<Lesson, 'text'>, language: Language): string {
  const { spoken, question } = text[language];
  return [spoken, question.ask, ...question.options.map((option, index) => `${index + 1}. ${option}`)].join(
    '\n\n',
  );
}

/** espeak-ng's voices (Debian's package of that name); Hindi in Latin letters is spoken from the Hindi text. */
const VOICES: Record<Exclude<Language, 'hi-Latn'>, string> = { hi: 'hi', bn: 'bn', or: 'or', en: 'en-gb' };
/** Words a minute: slower than espeak's 175, for ears that are not used to it. */
const PACE = '135';

export class NoSynthesiser extends Error {
  constructor(command: string) {
    super(
      `${command} is not installed. On Debian: apt install espeak-ng opus-tools. Drafts are only for trying out; a recorded voice needs neither.`,
    );
  }
}

/**
 * Writes a draft as Opus in Ogg, mono, 16 kbit/s (about 2 kB a second), to `file`; there only once it is whole.
 * @throws NoSynthesiser where a program is missing; Error when one of them fails
 */
export async function draftVoice(
  script: string,
  language: Exclude<Language, 'hi-Latn'>,
  file: string,
  commands = { speak: 'espeak-ng', encode: 'opusenc' },
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  const speaker = spawn(commands.speak, ['-v', VOICES[language], '-s', PACE, '--stdin', '--stdout'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const encoder = spawn(commands.encode, ['--quiet', '--bitrate', '16', '--downmix-mono', '-', unfinished], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = [ending(speaker, commands.speak), ending(encoder, commands.encode)];
  // Should one be missing, the other's pipe breaks; what is wrong is said by `ended`.
  for (const pipe of [speaker.stdin, encoder.stdin]) pipe.on('error', () => undefined);
  speaker.stdout.pipe(encoder.stdin);
  speaker.stdin.end(script);
  const failures = (await Promise.allSettled(ended)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as Error] : [],
  );
  const [failure] = failures;
  if (failure) {
    speaker.kill();
    encoder.kill();
    throw failures.find((one) => one instanceof NoSynthesiser) ?? failure;
  }
  renameSync(unfinished, file);
}

function ending(child: ReturnType<typeof spawn>, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new NoSynthesiser(command) : error),
    );
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${String(code)}).`)),
    );
  });
}
