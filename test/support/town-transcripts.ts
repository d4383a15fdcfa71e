/**
 * Golden conversations in company, word for word, on the real product. After a change of words or flows:
 * `UPDATE_TRANSCRIPTS=1 npx jest --selectProjects wire -- test/conversation/town` rewrites what the bot says; then read
 * the diff as each of the people would.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TownPlayer } from './town-player';
import { firstDifference, play, readTranscript, rewritten, type Exchange } from './transcript';

const FOLDER = join(__dirname, '../transcripts/town');
const isUpdating = process.env.UPDATE_TRANSCRIPTS === '1';

/** The files of one half, every second one: two workers of the test runner share them. */
export function half(which: 0 | 1): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .filter((_, index) => index % 2 === which);
}

/** Plays a file and compares, or rewrites it. @throws Error with the first difference */
export async function playFile(file: string): Promise<void> {
  const path = join(FOLDER, file);
  const transcript = readTranscript(path);
  const { town, clock } = transcript;
  if (!town) throw new Error(`${file}: "people" is missing.`);
  const player = await TownPlayer.open(clock, town);
  let exchanges: Exchange[];
  try {
    exchanges = await play(transcript, player);
  } finally {
    await player.close();
  }
  if (isUpdating) {
    writeFileSync(path, rewritten(transcript, exchanges));
    return;
  }
  const difference = firstDifference(transcript, exchanges);
  if (difference !== undefined) throw new Error(difference);
}
