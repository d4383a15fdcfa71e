import express from 'express';
import request from 'supertest';
import { createLog, type LogFields } from '../../src/log';
import { certificateLink, type Render, type TakenPledge } from '../../src/pictures';
import { certificatesRouter } from '../../src/web/certificates';
import { content, translate } from '../pictures/support';

const links = certificateLink('a secret of at least thirty-two characters');
const PLEDGE: TakenPledge = {
  name: 'रमेश कुमार',
  language: 'hi',
  kind: content.pledges[0]!.id,
  at: new Date('2026-02-14T10:00:00Z'),
};

function world(render?: Render) {
  const pledges = new Map<string, TakenPledge>([['p1 a', PLEDGE]]);
  const find = jest.fn((participantId: string, pledgeId: string) =>
    Promise.resolve(pledges.get(`${participantId} ${pledgeId}`)),
  );
  const lines: LogFields[] = [];
  const log = createLog({ destination: { write: (line) => lines.push(JSON.parse(line) as LogFields) } });
  const app = express().disable('x-powered-by');
  app.use(certificatesRouter({ links, find, translate, log, ...(render ? { render } : {}) }));
  return { app, find, pledges, lines };
}

const inkFor: Render = (certificate) => Promise.resolve(Buffer.from(`picture of ${certificate.heading}`));

test('the picture, by its address', async () => {
  const { app } = world();
  const answer = await request(app).get(links.path('p1', 'a')).expect(200);
  expect(answer.headers['content-type']).toBe('image/png');
  expect((answer.body as Buffer).subarray(1, 4).toString()).toBe('PNG');
  expect(Number(answer.headers['content-length'])).toBe((answer.body as Buffer).length);
  expect(answer.headers['cache-control']).toBe('private, max-age=3600');
  expect(answer.headers.etag).toMatch(/^"[\w-]{27}"$/);
});

test('HEAD tells the same without the picture; who has it already is told so', async () => {
  const { app } = world(inkFor);
  const { headers } = await request(app).get(links.path('p1', 'a')).expect(200);
  const head = await request(app).head(links.path('p1', 'a')).expect(200);
  expect(head.headers['content-length']).toBe(headers['content-length']);
  expect(head.headers.etag).toBe(headers.etag);
  expect(head.text).toBeUndefined();
  await request(app).get(links.path('p1', 'a')).set('If-None-Match', headers.etag!).expect(304);
  await request(app).get(links.path('p1', 'a')).set('If-None-Match', '"another"').expect(200);
});

test('forged, unknown and erased are the same bare 404', async () => {
  const { app, find, pledges } = world(inkFor);
  const real = links.path('p1', 'a');
  const forged = real.replace(/.\.png$/, (end) => (end === 'A.png' ? 'B.png' : 'A.png'));
  const elsewhere = certificateLink('another secret of thirty-two characters').path('p1', 'a');
  const refused = [
    forged,
    elsewhere,
    '/certificates/.png',
    '/certificates/1.png',
    '/certificates/..%2f1.png',
    real.replace('.png', '.svg'),
  ];
  const answers = await Promise.all(refused.map((path) => request(app).get(path)));
  expect(find).not.toHaveBeenCalled();
  answers.push(await request(app).get(links.path('p1', 'b')));
  answers.push(await request(app).get(links.path('p2', 'a')));
  await request(app).get(real).expect(200);
  pledges.clear();
  answers.push(await request(app).get(real));
  for (const { status, text, headers } of answers) {
    expect({ status, text, cache: headers['cache-control'], etag: headers.etag }).toEqual({
      status: 404,
      text: 'Not Found',
      cache: 'no-store',
      etag: answers[0]!.headers.etag,
    });
  }
});

test('the address holds no name and no number', () => {
  const token = links.path('p1', 'a').replace(/^\/certificates\/|\.png$/g, '');
  expect(Buffer.from(token, 'base64url').toString()).not.toMatch(/रमेश|\d{6,}/);
});

test('where a picture cannot be made: 500 without a word about it, and a log line without his name', async () => {
  const { app, lines } = world(() => Promise.reject(new Error(`no ink for "${PLEDGE.name!}"`)));
  const answer = await request(app).get(links.path('p1', 'a')).expect(500);
  expect(answer.text).toBe('Internal Server Error');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toMatch(/रमेश|p1/);
});

test('a pledge that content no longer knows is a fault, not a picture', async () => {
  const { app, pledges, lines } = world(inkFor);
  pledges.set('p1 a', { ...PLEDGE, kind: 'gone' });
  await request(app).get(links.path('p1', 'a')).expect(500);
  expect(lines).toHaveLength(1);
});
