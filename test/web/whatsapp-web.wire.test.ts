/** The operator's page for linking a phone: who may see it, what it shows, and whose forms it takes. */
import express from 'express';
import request from 'supertest';
import type { WhatsAppWebStatus } from '../../src/channels/whatsapp-web';
import { whatsAppWebPage } from '../../src/web/whatsapp-web';

const TOKEN = 'operator-token-0123456789';
const basic = (password: string) => `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`;

let status: WhatsAppWebStatus;
let asked: string[];
const app = express().use(
  whatsAppWebPage({
    token: TOKEN,
    channel: {
      status: () => status,
      requestPairingCode: (phone) => {
        asked.push(phone);
        return phone.startsWith('+91')
          ? Promise.resolve('ABCD1234')
          : Promise.reject(new Error('Write <the> number.'));
      },
    },
  }),
);
const get = (path = '/whatsapp-web', authorization = basic(TOKEN)) =>
  request(app).get(path).set('Authorization', authorization);

beforeEach(() => {
  status = { state: 'login', since: new Date('2026-01-04T10:00:00Z'), failures: 0, qr: 'ref1,secret' };
  asked = [];
});

test.each([
  ['no token', undefined],
  ['a wrong password', basic('operator-token-0123456788')],
  ['a shorter one', basic('operator')],
  ['a wrong bearer token', 'Bearer operator'],
  ['another scheme', `Digest ${TOKEN}`],
])('with %s nothing is shown', async (_, authorization) => {
  const asking = request(app).get('/whatsapp-web');
  const {
    status: code,
    text,
    headers,
  } = await (authorization ? asking.set('Authorization', authorization) : asking);
  expect(code).toBe(401);
  expect(headers['www-authenticate']).toMatch(/^Basic realm=/);
  expect(text).not.toContain('data:image');
});

test.each([
  ['Basic', basic(TOKEN)],
  ['Bearer', `Bearer ${TOKEN}`],
])('%s with the token shows the code as a picture, kept by nobody', async (_, authorization) => {
  const { status: code, text, headers } = await get('/whatsapp-web', authorization);
  expect(code).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(text).toMatch(/<img src="data:image\/png;base64,[^"]{100,}"/);
  expect(text).not.toContain('secret');
  expect(text).toContain('http-equiv="refresh"');
});

test('once linked there is no code, and it stays as it is', async () => {
  status = { state: 'ready', since: new Date(), failures: 0 };
  const { text } = await get();
  expect(text).toContain('Linked and working.');
  expect(text).not.toMatch(/<img|refresh/);
});

test('a code for typing is asked for with the number, and what is wrong is said', async () => {
  const post = (phone: string) =>
    request(app)
      .post('/whatsapp-web/pairing')
      .set('Authorization', basic(TOKEN))
      .type('form')
      .send({ phone });
  expect((await post('+91 98000 00001')).text).toContain('ABCD1234');
  expect(asked).toEqual(['+91 98000 00001']);
  const wrong = await post('98000');
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('Write &#60;the&#62; number.');
});

test.each([
  ['Sec-Fetch-Site', 'cross-site'],
  ['Origin', 'https://elsewhere.example'],
  ['Origin', 'null'],
])('a form of another site (%s: %s) is refused', async (header, value) => {
  const { status: code } = await request(app)
    .post('/whatsapp-web/pairing')
    .set('Authorization', basic(TOKEN))
    .set(header, value)
    .type('form')
    .send({ phone: '+919800000001' });
  expect(code).toBe(403);
  expect(asked).toEqual([]);
});
