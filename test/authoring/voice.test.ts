/** What is read out, and drafts by programs that are there, missing or failing. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { draftVoice, NoSynthesiser, scriptOf } from '../../src/authoring';
import { content } from '../conversation/world';

const folder = mkdtempSync(path.join(tmpdir(), 'voice-'));
const program = (name: string, script: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
};
/** Stand-ins: what was to be spoken becomes the "sound", the encoder writes it to its last argument. */
const speak = program('speak', 'cat');
const encode = program('encode', 'for last; do :; done; cat > "$last"');

test('the question and its answers are read out, each with the digit that answers', () => {
  const { spoken, question } = content.lessons[0]!.text.or;
  const script = scriptOf(content.lessons[0]!, 'or');
  expect(script.startsWith(spoken)).toBe(true);
  question.options.forEach((option, index) => expect(script).toContain(`${index + 1}. ${option}`));
});

test('a draft is there once it is whole', async () => {
  const file = path.join(folder, 'hi', '04.draft.ogg');
  await draftVoice('नमस्ते', 'hi', file, { speak, encode });
  expect(readFileSync(file, 'utf8')).toBe('नमस्ते');
  expect(existsSync(`${file}.part`)).toBe(false);
});

test('a missing program is named with the way to have it; one that fails leaves no file', async () => {
  const file = path.join(folder, 'hi', '05.draft.ogg');
  await expect(draftVoice('x', 'hi', file, { speak, encode: '/nowhere/opusenc' })).rejects.toThrow(
    NoSynthesiser,
  );
  await expect(draftVoice('x', 'hi', file, { speak, encode: program('fails', 'exit 3') })).rejects.toThrow(
    /failed/,
  );
  expect(existsSync(file)).toBe(false);
});
