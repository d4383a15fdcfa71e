import { mkdtempSync, readFileSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LABELS_FOLDER } from '../../../src/web/simulator/files';
import { loadLabels, PAGE_LANGUAGES } from '../../../src/web/simulator/labels';

function changed(language: string, change: (text: string) => string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'labels-'));
  cpSync(LABELS_FOLDER, folder, { recursive: true });
  const file = path.join(folder, `${language}.yaml`);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

const SCRIPT = { hi: /[\u0900-\u097f]/, bn: /[\u0980-\u09ff]/, or: /[\u0b00-\u0b7f]/ };

describe('loadLabels', () => {
  const labels = loadLabels(LABELS_FOLDER);

  it('gives the same keys in every language', () => {
    const keys = PAGE_LANGUAGES.map((language) => Object.keys(labels[language]).sort());
    expect(keys).toEqual(keys.map(() => keys[0]));
  });

  it.each(['hi', 'bn', 'or'] as const)('%s is written in its own script', (language) => {
    const names = /^(whatsapp|sms|am|pm|longDate|shortDate|language_\w+)$/;
    const foreign = Object.entries(labels[language]).filter(
      ([key, text]) => !names.test(key) && !SCRIPT[language].test(text),
    );
    expect(foreign).toEqual([]);
  });

  it.each([
    ['a missing key', 'or', (text: string) => text.replace(/^send:.*$/m, ''), /or\.yaml: send is missing/],
    [
      'a key too many',
      'bn',
      (text: string) => `${text}\nmore: আরও\n`,
      /en\.yaml: more is missing \(bn\.yaml/,
    ],
    [
      'another placeholder',
      'hi',
      (text: string) => text.replace('{week}', '{weeks}'),
      /hi\.yaml: lesson\w+ needs the same/,
    ],
    ['an empty text', 'hi', (text: string) => text.replace(/^send:.*$/m, 'send: ""'), /hi\.yaml: send/],
    ['no YAML', 'en', () => 'a: [', /en\.yaml can't be read/],
  ])('refuses %s, naming file and key', (_, language, change, sentence) => {
    expect(() => loadLabels(changed(language, change))).toThrow(sentence);
  });

  it('names a file that is not there', () =>
    expect(() => loadLabels('/nowhere')).toThrow(/hi\.yaml can't be read/));
});
