/** content/audio/<language>/NN.ogg: recorded voice notes, each as far as there is one. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding';
import type { Language } from './model';
import { shown } from './source';

const NOTE = /^(\d\d)(\.draft)?\.ogg$/;

export type Voices = Record<Language, readonly number[]>;

/** Hindi in Latin letters is heard as Hindi. */
const heardIn = (language: Language) => (language === 'hi-Latn' ? 'hi' : language);

/** Where the voice note of a week is: the recorded one, otherwise a machine's draft, otherwise nothing. */
export function voiceFile(contentDir: string, language: Language, week: number): string | undefined {
  const number = String(week).padStart(2, '0');
  return [`${number}.ogg`, `${number}.draft.ogg`]
    .map((name) => join(contentDir, 'audio', heardIn(language), name))
    .find((path) => existsSync(path));
}

/** Reads the folders' names only. Never throws: a file that no lesson will ever play is a finding. */
export function readVoices(
  contentDir: string,
  languages: readonly Language[],
): { voices: Voices; findings: Finding[] } {
  const findings: Finding[] = [];
  const weeksOf = (language: Language): number[] => {
    const folder = join(contentDir, 'audio', heardIn(language));
    const weeks = new Set<number>();
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const week = NOTE.exec(name)?.[1];
      if (week !== undefined) weeks.add(Number(week));
      else if (!name.startsWith('.') && language === heardIn(language))
        findings.push(misnamed(shown(join(folder, name))));
    }
    return [...weeks].sort((a, b) => a - b);
  };
  const voices = Object.fromEntries(languages.map((language) => [language, weeksOf(language)])) as Record<
    Language,
    number[]
  >;
  return { voices, findings };
}

function misnamed(file: string): Finding {
  return {
    severity: 'error',
    file,
    line: 1,
    thing: '',
    message:
      'a voice note is named after its week, as 04.ogg (04.draft.ogg for a draft). Rename it or take it out.',
  };
}
