/** What goes with a broadcast, at its signed address and nowhere else. */
import express from 'express';
import request from 'supertest';
import { silentLog } from '../../src/log';
import { certificateLink, sentLink, sheetLink } from '../../src/pictures/link';
import { sentRouter } from '../../src/web/sent';

const SECRET = 'the secret of these addresses';
const links = sentLink(SECRET);
const file = { contentType: 'image/png', bytes: Buffer.from('a picture') };
const app = express().use(
  sentRouter({
    links,
    find: (id) =>
      id === 'broken' ? Promise.reject(new Error('away')) : Promise.resolve(id === 'b1' ? file : undefined),
    log: silentLog,
  }),
);

test('handed out as what it is, and kept by nobody on the way', async () => {
  const answer = await request(app).get(links.path('b1'));
  expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
    200,
    'image/png',
    'no-store',
  ]);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.body).toEqual(file.bytes);
});

test('nothing for what is gone, forged, or signed for something else', async () => {
  const token = (path: string) => /\/([\w-]+)(\.\w+)?$/.exec(path)?.[1] ?? '';
  for (const path of [
    links.path('b2'),
    `${links.path('b1')}x`,
    '/sent/b1',
    sentLink('another secret').path('b1'),
    `/sent/${token(sheetLink(SECRET).path('b1'))}`,
    `/sent/${token(certificateLink(SECRET).path('b1', 'p1'))}`,
  ])
    expect([path, (await request(app).get(path)).status]).toEqual([path, 404]);
  expect((await request(app).get(links.path('broken'))).status).toBe(500);
});
