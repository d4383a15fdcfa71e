/** Buttons and lists by the Content API, and numbered text wherever they can't be. */
import type { OutboundMessage } from '../../../src/channels/channel';
import { HIS_NUMBER, message } from './support';
import { CERTIFICATE, OPTIONS, useStub } from './wired';

const use = useStub();
const { whatsApp } = use;

const SEVEN = ['WB', 'UP', 'UK', 'OD', 'MP', 'RJ', 'JH'].map((id) => ({ id, label: `राज्य ${id}` }));
describe('options to tap', () => {
  const ask = (options = OPTIONS, more: Partial<OutboundMessage> = {}) =>
    message({ text: 'क्या आप तैयार हैं?', options, ...more });

  test('up to three short options are buttons; the text stays open', async () => {
    await whatsApp({ taps: true }).send(ask());
    const [content] = use.stub.contents.created;
    expect(content?.types).toEqual({
      'twilio/quick-reply': {
        body: '{{1}}',
        actions: [
          { type: 'QUICK_REPLY', title: 'हाँ', id: 'yes' },
          { type: 'QUICK_REPLY', title: 'नहीं', id: 'no' },
        ],
      },
    });
    expect(use.stub.accepted[0]).toMatchObject({
      contentSid: content?.sid,
      contentVariables: '{"1":"क्या आप तैयार हैं?"}',
      body: '',
    });
  });

  test('up to ten are a list', async () => {
    await whatsApp({ taps: true }).send(ask(SEVEN));
    expect(use.stub.contents.created[0]?.types).toEqual({
      'twilio/list-picker': {
        body: '{{1}}',
        button: '☰',
        items: SEVEN.map(({ id, label }) => ({ id, item: label })),
      },
    });
  });

  test('a set of options is created once, even when asked for at the same time', async () => {
    const channel = whatsApp({ taps: true });
    await Promise.all(
      [1, 2, 3, 4].map((n) => channel.send(ask(OPTIONS, { id: `p${n}:1:0`, text: `${n}?` }))),
    );
    await channel.send(ask(SEVEN));
    expect(use.stub.contents.created).toHaveLength(2);
    expect(use.stub.accepted).toHaveLength(5);
  });

  test('another process finds what earlier ones created, beyond the first page', async () => {
    const first = whatsApp({ taps: true });
    for (const options of [SEVEN, SEVEN.slice(1), SEVEN.slice(2), OPTIONS]) await first.send(ask(options));
    const created = use.stub.contents.created.length;
    const posts = () => use.stub.requests.filter((request) => request === 'POST /v1/Content').length;
    const before = posts();
    await whatsApp({ taps: true }).send(ask());
    expect([use.stub.contents.created.length, posts()]).toEqual([created, before]);
    expect(use.stub.accepted.at(-1)?.contentSid).toBe(use.stub.contents.created.at(-1)?.sid);
  });

  const eleven = Array.from({ length: 11 }, (_, n) => ({ id: `${n}`, label: `जिला ${n}` }));
  test.each<[string, Partial<OutboundMessage>, string]>([
    ['eleven options', { options: eleven }, '11. जिला 10'],
    ['a label too long for a row', { options: [{ id: 'a', label: 'x'.repeat(25) }] }, `1. ${'x'.repeat(25)}`],
    ['the same label twice', { options: [OPTIONS[0]!, { id: 'other', label: 'हाँ' }] }, '2. हाँ'],
    ['a text over 1,024', { text: 'क'.repeat(1025), options: OPTIONS }, '1. हाँ\n2. नहीं'],
    [
      'a text that fills a message',
      { text: 'क ख। '.repeat(320).trim(), options: OPTIONS },
      'ख।…\n\n1. हाँ\n2. नहीं',
    ],
    ['a picture', { media: CERTIFICATE, options: OPTIONS }, '1. हाँ\n2. नहीं'],
    ['many spaces', { text: 'a     b', options: OPTIONS }, '1. हाँ\n2. नहीं'],
  ])('%s: numbered text instead', async (_, more, ending) => {
    expect(await whatsApp({ taps: true }).send(message(more))).toMatchObject({ outcome: 'accepted' });
    expect(use.stub.accepted[0]?.body.endsWith(ending)).toBe(true);
    expect(use.stub.contents.created).toEqual([]);
  });

  test('where contents cannot be created, numbered text; next time it is tried again', async () => {
    use.stub.contents.full = true;
    const channel = whatsApp({ taps: true });
    await channel.send(ask());
    use.stub.contents.full = false;
    await channel.send(ask());
    expect(use.stub.accepted.map(({ body }) => body)).toEqual(['क्या आप तैयार हैं?\n\n1. हाँ\n2. नहीं', '']);
  });

  test('a content deleted in the console: this message falls back, the next one makes it anew', async () => {
    const channel = whatsApp({ taps: true });
    await channel.send(ask());
    const gone = use.stub.contents.created[0]!.sid;
    use.stub.contents.delete(gone);
    expect(await channel.send(ask())).toMatchObject({ outcome: 'accepted' });
    await channel.send(ask());
    expect(use.stub.accepted.map(({ contentSid }) => contentSid)).toEqual([
      gone,
      undefined,
      use.stub.contents.created[0]?.sid,
    ]);
    expect(use.stub.accepted[1]?.body).toContain('2. नहीं');
  });

  test('a refusal of the person is no reason to try him with text', async () => {
    use.stub.optedOut.add(`whatsapp:${HIS_NUMBER}`);
    expect(await whatsApp({ taps: true }).send(ask())).toMatchObject({ outcome: 'failed', kind: 'consent' });
    expect(use.stub.requests.filter((request) => request.endsWith('/Messages.json'))).toHaveLength(1);
  });

  test('a fault in sending a content is no reason to send it again as text', async () => {
    use.stub.faults.next({ kind: 'taken-then-reset' });
    expect(await whatsApp({ taps: true }).send(ask())).toMatchObject({ outcome: 'unknown' });
    expect(use.stub.accepted).toHaveLength(1);
  });
});
