/** Erasing somebody from outside his conversation: by the operator, or because he fell silent long ago. */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ParticipantDocument } from '../database/models/participant';
import { aboutOf, currentAddress, type Outgoing } from '../people';

/** The file, apart from the database, in which the ids of the erased are noted: one a line, with the moment. */
export const ERASED_FILE = 'erased-ids';

/** What delivery is asked to carry out: what waits is withdrawn, all is forgotten, one unlinked count stays. */
export function erasureOf(document: ParticipantDocument, at: Date): Outgoing {
  const { _id: participantId, sequence } = document;
  const id = (index: number) => `${participantId}:${sequence + 1}:${index}`;
  return {
    participantId,
    address: currentAddress(document),
    about: aboutOf(document),
    effects: [
      { type: 'record', entry: 'participant.erased', anonymous: true, id: id(0), at },
      { type: 'erase', id: id(1), at },
    ],
  };
}

/** Notes an id in the data folder; a backup of the database does not hold it. */
export async function noteErased(dataDir: string, id: string, at: Date): Promise<void> {
  if (dataDir === 'temporary') return;
  const file = path.join(dataDir, ERASED_FILE);
  const noted = existsSync(file) ? erasedIds(await readFile(file, 'utf8')) : [];
  if (noted.includes(id)) return;
  await mkdir(dataDir, { recursive: true });
  await appendFile(file, `${at.toISOString()} ${id}\n`, { mode: 0o600 });
}

/** The ids in such a file's text. */
export function erasedIds(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const id = line.trim().split(' ')[1];
    return id === undefined ? [] : [id];
  });
}
