/** Pictures to share and voice notes at their addresses. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import request from 'supertest';
import { loadContent } from '../../src/content';
import { createTranslate } from '../../src/conversation/translate';
import { silentLog } from '../../src/log';
import { CONTENT_DIR } from '../../src/paths';
import { mediaRouter } from '../../src/web/media';

const contentDir = path.join(mkdtempSync(path.join(tmpdir(), 'media-')), 'content');
cpSync(CONTENT_DIR, contentDir, { recursive: true });
mkdirSync(path.join(contentDir, 'audio', 'hi'), { recursive: true });
writeFileSync(path.join(contentDir, 'audio', 'hi', '04.ogg'), 'OggS: recorded');
writeFileSync(path.join(contentDir, 'audio', 'hi', '04.draft.ogg'), 'OggS: draft');
writeFileSync(path.join(contentDir, 'audio', 'hi', '05.draft.ogg'), 'OggS: draft');
afterAll(() => rmSync(path.dirname(contentDir), { recursive: true }));

const content = loadContent(contentDir);
const app = express().use(
  mediaRouter({ content, contentDir, translate: createTranslate(content), log: silentLog }),
);

test('what is recorded is known, drafts too, in Latin letters as well', () => {
  expect(content.voices).toEqual({ hi: [4, 5], bn: [], or: [], en: [], 'hi-Latn': [4, 5] });
});

test.each([
  ['/audio/hi/04.ogg', 'recorded'],
  ['/audio/hi/05.ogg', 'draft'],
  ['/audio/hi-Latn/04.ogg', 'recorded'],
])('%s plays what is %s', async (address, words) => {
  const answer = await request(app).get(address).buffer(true).parse(asText);
  expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([
    200,
    'audio/ogg',
    `OggS: ${words}`,
  ]);
});

test.each([
  '/pictures/lesson-04-hi.png',
  '/pictures/lesson-04-hi-Latn.png',
  '/pictures/pledge-share-housework-or.png',
])('%s is a picture, open to all', async (address) => {
  const answer = await request(app).get(address);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png']);
  expect(answer.headers['cache-control']).toContain('public');
});

test.each([
  '/audio/hi/06.ogg',
  '/audio/ta/04.ogg',
  '/audio/hi/..%2f..%2fwords.yaml',
  '/pictures/lesson-99-hi.png',
  '/pictures/lesson-04-ta.png',
  '/pictures/pledge-nothing-hi.png',
])('%s: there is nothing', async (address) => {
  expect((await request(app).get(address)).status).toBe(404);
});

function asText(stream: unknown, done: (error: Error | null, body: string) => void): void {
  const chunks: Buffer[] = [];
  (stream as NodeJS.ReadableStream)
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => done(null, Buffer.concat(chunks).toString()));
}
