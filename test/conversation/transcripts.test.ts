/**
 * Golden conversations, word for word. After a change of words or flows:
 * `UPDATE_TRANSCRIPTS=1 npx jest --selectProjects unit -- test/conversation/transcripts` rewrites what the bot
 * says; then read the diff as the Saathi would.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../../src/content';
import { createCore } from '../../src/conversation';
import {
  firstDifference,
  onePhone,
  play,
  readTranscript,
  rewritten,
  type Transcript,
} from '../support/transcript';

const FOLDER = join(__dirname, '../transcripts');
const isUpdating = process.env.UPDATE_TRANSCRIPTS === '1';

const content = loadContent(join(__dirname, '../../content'));
const core = createCore(content);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

const phones = ({ clock, channel }: Transcript) => onePhone(content, { at: clock, medium: channel, core });

test.each(files)('%s', async (file) => {
  const path = join(FOLDER, file);
  if (isUpdating) {
    const before = readTranscript(path);
    writeFileSync(path, rewritten(before, await play(before, phones(before))));
  }
  const transcript = readTranscript(path);
  const difference = firstDifference(transcript, await play(transcript, phones(transcript)));
  if (difference !== undefined) throw new Error(difference);
});

test('there are conversations to play', () => {
  expect(files.length).toBeGreaterThan(20);
});
