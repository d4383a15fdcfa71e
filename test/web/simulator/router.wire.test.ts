import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { FakeWorld, START, fakeApp } from './fake-world';

const AS = 'whatsapp/+919800000001';

function setUp() {
  const world = new FakeWorld();
  return { world, app: fakeApp(world) };
}

describe('the page', () => {
  it.each([
    ['hi', 'समानता साथी'],
    ['bn', 'সমানতা সাথী'],
    ['or', 'ସମାନତା ସାଥୀ'],
    ['en', 'Samanta Saathi'],
  ])('comes in %s, with its labels filled in', async (language, brand) => {
    const { text } = await request(setUp().app).get(`/simulator?lang=${language}`).expect(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(brand);
    expect(text).not.toMatch(/\{\{/);
  });

  it('follows the browser’s language, and falls back to English', async () => {
    const { app } = setUp();
    expect((await request(app).get('/simulator').set('Accept-Language', 'bn-IN')).text).toContain(
      'lang="bn"',
    );
    expect((await request(app).get('/simulator?lang=xx').set('Accept-Language', 'fr')).text).toContain(
      '<html lang="en">',
    );
  });

  it('allows nothing but its own files', async () => {
    const { headers, text } = await request(setUp().app).get('/simulator');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(text).not.toMatch(/\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it('has all the files it names', async () => {
    const { app } = setUp();
    const { text } = await request(app).get('/simulator');
    const named = [...text.matchAll(/(?:src|href)="(\/simulator\/[^"]+)"/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) await request(app).get(path).expect(200);
    const css = await request(app).get('/simulator/page/fonts.css');
    for (const [, font] of css.text.matchAll(/url\('\.\.(\/fonts\/[^']+)'\)/g)) {
      const { headers } = await request(app)
        .get(`/simulator${font!}`)
        .expect(200)
        .expect('Content-Type', 'font/ttf');
      expect(headers['cache-control']).toContain('max-age=31536000');
    }
  });

  it('serves no other file', async () => {
    const { app } = setUp();
    await request(app).get('/simulator/page/../router.ts').expect(404);
    await request(app)
      .get('/simulator/page/%2e%2e/router.ts')
      .expect((response) => {
        expect([403, 404]).toContain(response.status);
      });
    await request(app).get('/simulator/fonts/package.json').expect(404);
  });
});

describe('writing', () => {
  it('goes to the product and comes back as an answer on the phone', async () => {
    const { world, app } = setUp();
    await request(app)
      .post('/simulator/messages')
      .send({ as: AS, kind: 'text', text: 'namaste' })
      .expect(201);
    expect(world.received).toMatchObject([
      { kind: 'text', text: 'namaste', from: { channel: 'simulator', address: AS } },
    ]);
    expect(world.simulator.history(AS).map(({ direction, status }) => [direction, status])).toEqual([
      ['sent', 'read'],
      ['received', undefined],
    ]);
  });

  it.each([
    [
      'a voice note',
      { kind: 'voice', seconds: 9 },
      { kind: 'voice', mediaRef: expect.stringContaining('voice') },
    ],
    ['a sticker', { kind: 'sticker' }, { kind: 'sticker' }],
    ['a location', { kind: 'location' }, { kind: 'location' }],
    ['a call', { kind: 'call' }, { kind: 'call' }],
    ['a picture with words', { kind: 'image', text: 'देखो' }, { kind: 'image', text: 'देखो' }],
  ])('%s too', async (_, sent, expected) => {
    const { world, app } = setUp();
    await request(app)
      .post('/simulator/messages')
      .send({ as: AS, ...sent })
      .expect(201);
    expect(world.received).toMatchObject([expected]);
  });

  it('taps an option that was shown', async () => {
    const { world, app } = setUp();
    await request(app).post('/simulator/messages').send({ as: AS, kind: 'text', text: 'namaste' });
    await request(app).post('/simulator/messages').send({ as: AS, kind: 'tap', optionId: 'or' }).expect(201);
    expect(world.received[1]).toMatchObject({ kind: 'tap', optionId: 'or', text: 'ଓଡ଼ିଆ' });
  });

  it('shows a message that the product did not take as not delivered, and fails', async () => {
    const { world, app } = setUp();
    world.broken = 'receive';
    await request(app)
      .post('/simulator/messages')
      .send({ as: AS, kind: 'text', text: 'namaste' })
      .expect(500);
    expect(world.simulator.history(AS)).toMatchObject([{ status: 'failed' }]);
    world.broken = undefined;
    await request(app)
      .post('/simulator/messages')
      .send({ as: AS, kind: 'text', text: 'namaste' })
      .expect(201);
  });

  it.each([
    ['nobody', { kind: 'text', text: 'x' }, /as is missing/],
    ['a phone of another channel', { as: '+919800000001', kind: 'text', text: 'x' }, /as must be like/],
    ['no kind', { as: AS }, /kind must be one of text, tap, voice/],
    ['an unknown kind', { as: AS, kind: 'fax' }, /kind must be one of text, tap, voice/],
    ['no text', { as: AS, kind: 'text' }, /text/],
    ['only spaces', { as: AS, kind: 'text', text: ' \n' }, /text must not be empty/],
    ['a text of another type', { as: AS, kind: 'text', text: 7 }, /text/],
    ['a text without end', { as: AS, kind: 'text', text: 'x'.repeat(10_001) }, /at most 10000/],
    ['a tap on nothing', { as: AS, kind: 'tap' }, /optionId is missing/],
    ['a tap on what was never shown', { as: AS, kind: 'tap', optionId: 'x' }, /not shown such an option/],
    ['an endless voice note', { as: AS, kind: 'voice', seconds: 301 }, /seconds/],
    ['a voice note by SMS', { as: 'sms/+919800000001', kind: 'voice' }, /SMS carries only text/],
  ])('refuses %s', async (_, body, sentence) => {
    const { world, app } = setUp();
    const response = await request(app).post('/simulator/messages').send(body).expect(400);
    expect(response.body).toEqual({ error: expect.stringMatching(sentence) });
    expect(response.text).not.toContain('9800000001","');
    expect(world.received).toEqual([]);
  });

  it('refuses a body that is no JSON, or too long', async () => {
    const { app } = setUp();
    const post = () => request(app).post('/simulator/messages');
    expect((await post().type('json').send('{').expect(400)).body).toEqual({
      error: 'The body must be JSON.',
    });
    expect((await post().type('form').send('as=x').expect(400)).body.error).toMatch(/missing|kind/);
    expect(
      (
        await post()
          .send({ text: 'x'.repeat(70_000) })
          .expect(400)
      ).body.error,
    ).toMatch(/too long/);
    expect((await post().type('json').send('[1]').expect(400)).body.error).toBeTruthy();
    expect((await post().type('json').send('null').expect(400)).body.error).toBeTruthy();
  });
});

describe('time', () => {
  it('moves forward and lets what falls due happen on the way', async () => {
    const { world, app } = setUp();
    await request(app).post('/simulator/messages').send({ as: AS, kind: 'text', text: 'namaste' });
    await request(app).post('/simulator/messages').send({ as: AS, kind: 'tap', optionId: 'hi' });
    const { body } = await request(app).post('/simulator/wait').send({ duration: '2w' }).expect(200);
    expect(body).toEqual({ now: '2026-01-18T04:30:00.000Z' });
    expect(world.simulator.history(AS).at(-1)?.at).toEqual(new Date('2026-01-11T10:00:00+05:30'));
  });

  it.each(['-3h', '401d', 'soon', ''])('refuses %j and stands still', async (duration) => {
    const { world, app } = setUp();
    const { body } = await request(app).post('/simulator/wait').send({ duration }).expect(400);
    expect(body.error).toMatch(/forward|400 days|whole number/);
    expect(world.clock.now()).toEqual(START);
    await request(app).post('/simulator/wait').send({ duration: 7 }).expect(400);
    await request(app).post('/simulator/wait').expect(400);
  });
});

describe('people', () => {
  it('are known from the start, added by number, or made up', async () => {
    const { app } = setUp();
    expect((await request(app).get('/simulator/people').expect(200)).body).toEqual({
      people: [{ phone: '+919800000001' }],
    });
    expect((await request(app).post('/simulator/people').expect(201)).body).toEqual({
      phone: '+919800000002',
    });
    const typed = await request(app).post('/simulator/people').send({ phone: '0 98765-43210' }).expect(201);
    expect(typed.body).toEqual({ phone: '+919876543210' });
    const { body } = await request(app).get('/simulator/people');
    expect(body.people.map(({ phone }: { phone: string }) => phone)).toEqual([
      '+919800000001',
      '+919800000002',
      '+919876543210',
    ]);
  });

  it.each(['12', 'ramesh', '+0123456789', '+91 98765 43210 99999', ''])(
    'refuses %j as a number',
    async (phone) => {
      const { body } = await request(setUp().app).post('/simulator/people').send({ phone }).expect(400);
      expect(body.error).toMatch(/ten digits/);
    },
  );

  it('says so when the made-up numbers are used up', async () => {
    const { world, app } = setUp();
    for (let n = 1; n <= 99; n++) world.simulator.open(`sms/+9198000000${String(n).padStart(2, '0')}`);
    const { body } = await request(app).post('/simulator/people').expect(400);
    expect(body.error).toMatch(/type a phone number/);
  });
});

describe('state', () => {
  it('is what the product says, or null for a stranger', async () => {
    const { app } = setUp();
    const state = () => request(app).get('/simulator/state').query({ as: AS }).expect(200);
    expect((await state()).body).toEqual({ as: AS, person: null, now: START.toISOString() });
    await request(app).post('/simulator/messages').send({ as: AS, kind: 'text', text: 'namaste' });
    expect((await state()).body.person).toMatchObject({ state: 'talk.joining.language', status: 'joining' });
    await request(app).get('/simulator/state').query({ as: 'x' }).expect(400);
    await request(app).get('/simulator/state').expect(400);
  });
});

/** What any of the events may hold. */
interface Heard {
  address: string;
  message: { direction: string };
  status: string;
  person: { state: string } | null;
  now: string;
}

describe('events', () => {
  it('begin with all there is, then tell what happens on every phone', async () => {
    const { world, app } = setUp();
    const server = createServer(app).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [stream] = (await once(
      get(`http://localhost:${port}/simulator/events?as=${encodeURIComponent(AS)}`),
      'response',
    )) as [IncomingMessage];
    expect(stream.headers['content-type']).toContain('text/event-stream');
    let heard = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    const events = (name: string): Heard[] =>
      [...heard.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)]
        .filter(([, each]) => each === name)
        .map(([, , data]) => JSON.parse(data!) as Heard);
    const until = async (met: () => boolean) => {
      while (!met()) await once(stream, 'data');
    };

    await until(() => events('phone').length > 0);
    expect(events('phone')).toEqual([
      { as: AS, messages: [], people: [{ phone: '+919800000001' }], person: null, now: START.toISOString() },
    ]);

    await request(app).post('/simulator/messages').send({ as: AS, kind: 'text', text: 'namaste' });
    await until(() => events('state').some(({ person }) => person?.state === 'talk.joining.language'));
    expect(events('message').map(({ message }) => message.direction)).toEqual(['sent', 'received']);
    expect(events('status').map(({ status }) => status)).toEqual(['delivered', 'read']);

    const other = 'sms/+919800000002';
    await request(app).post('/simulator/messages').send({ as: other, kind: 'text', text: 'namaste' });
    await until(() => events('message').some(({ address }) => address === other));

    await request(app).post('/simulator/wait').send({ duration: '1h' });
    await until(() => events('clock').some(({ now }) => now === '2026-01-04T05:30:00.000Z'));

    world.broken = 'describe';
    const ended = once(stream, 'end');
    await request(app).post('/simulator/wait').send({ duration: '1h' });
    await ended;
    server.close();
    await once(server, 'close');
  });

  it('give pictures by path, so that they come from where the page came from', async () => {
    const { app } = setUp();
    for (const text of ['namaste', 'hindi', 'certificate']) {
      await request(app).post('/simulator/messages').send({ as: AS, kind: 'text', text });
    }
    const { body } = await request(app).get('/simulator/people');
    expect(body.people[0].last.media).toEqual({
      path: '/certificates/1.png?size=2',
      contentType: 'image/png',
    });
  });

  it('are refused for nobody', async () => {
    await request(setUp().app).get('/simulator/events').expect(400);
  });
});
