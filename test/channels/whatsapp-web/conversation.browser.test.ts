/** Linking, receiving and sending with the real library in real Chromium; what WhatsApp refuses is told as it is. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { qrForPage } from '../../../src/channels/whatsapp-web';
import { describeWithChromium } from '../../support/chromium';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

const HIM = '919800000001@c.us';
const VOICE = Buffer.from('OggS a voice note');
const PICTURE = Buffer.from('\x89PNG a certificate');

describeWithChromium('WhatsApp Web: a conversation', () => {
  let standin: Standin;
  let rig: Rig;
  let files: Server;
  const last = () => rig.received.at(-1);
  const fileAt = (name: string) => `http://127.0.0.1:${(files.address() as AddressInfo).port}/${name}`;

  /** What the product was given because of this, and nothing else. */
  async function gets(act: () => Promise<unknown>) {
    const before = rig.received.length;
    await act();
    await rig.until(() => rig.received.length > before, 'the message to be handed over');
    expect(rig.received).toHaveLength(before + 1);
    return last();
  }

  beforeAll(async () => {
    files = createServer((request, response) => {
      if (request.url === '/certificate.png') response.end(PICTURE);
      else response.writeHead(request.url === '/busy.png' ? 503 : 404).end();
    });
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    standin = await new Standin().start();
    standin.lids = [{ lid: '55500000000001@lid', pn: '919800000077@c.us' }];
    rig = new Rig(standin, { limits: { sendMs: 20_000, ackMs: 4_000 } });
    await rig.channel.start();
    await rig.until(() => rig.channel.status().qr, 'a code to scan', 60_000);
  }, 90_000);

  afterAll(async () => {
    await rig.stop();
    await standin.stop();
    files.close();
  }, 30_000);

  test('warns about the terms, and shows the code on the terminal and as a picture, never in the log', async () => {
    expect(rig.logged[0]).toContain("break WhatsApp's terms");
    const { qr } = rig.channel.status();
    expect(qr).toMatch(/^ref\d+,/);
    await rig.until(() => rig.printed.some((text) => text.includes('▄')), 'the code to be printed');
    expect(await qrForPage(qr!)).toMatch(/^data:image\/png;base64,/);
    await standin.newRef();
    await rig.until(() => rig.channel.status().qr !== qr, 'the next code');
    expect(rig.logged.join('')).not.toContain('ref');
    expect(rig.alerts).toEqual([expect.objectContaining({ code: 'unlinked' })]);
  });

  test('sends nothing before a phone is linked, and says what is missing', async () => {
    expect(await rig.send('x')).toMatchObject({
      outcome: 'sender-down',
      reason: expect.stringContaining('not linked'),
    });
    expect(standin.sent).toEqual([]);
  });

  test('gives a pairing code for a phone number, and a sentence for what is none', async () => {
    await expect(rig.channel.requestPairingCode('hello')).rejects.toThrow('country code');
    expect(await rig.channel.requestPairingCode('+91 99000 00000')).toBe('ABCD1234');
    expect(standin.pairingNumbers).toEqual(['919900000000']);
    expect(rig.channel.status().pairingCode).toBe('ABCD1234');
    expect(rig.printed.at(-1)).toContain('ABCD1234');
  });

  test('is ready when the phone has scanned, and the code is gone', async () => {
    // What lay in his chats before is none of ours.
    standin.deliverUnheard({ from: HIM, body: 'years ago', t: 1_500_000_000 });
    await standin.pair();
    await rig.isReady();
    expect(rig.channel.status()).not.toHaveProperty('qr');
    expect(rig.channel.status()).not.toHaveProperty('pairingCode');
    await expect(rig.channel.requestPairingCode('+919900000000')).rejects.toThrow(
      'does not wait for a phone',
    );
  }, 60_000);

  test('hands over what people send, in their script, by kind', async () => {
    expect(await gets(() => standin.deliver({ from: HIM, body: 'नमस्ते, मैं साथी हूँ' }))).toEqual({
      id: expect.stringMatching(/^false_919800000001@c\.us_3A/),
      from: { channel: 'whatsapp', address: '+919800000001' },
      kind: 'text',
      text: 'नमस्ते, मैं साथी हूँ',
      at: expect.any(Date),
    });
    const media = { bytes: VOICE, mimetype: 'audio/ogg; codecs=opus' };
    const voice = await gets(() => standin.deliver({ from: HIM, type: 'ptt', media }));
    expect(voice).toMatchObject({ kind: 'voice', text: '', mediaRef: `whatsapp-web:${voice!.id}` });
    expect(await rig.channel.fetchMedia(voice!.mediaRef!)).toEqual({
      contentType: media.mimetype,
      bytes: VOICE,
    });
    expect(await rig.channel.fetchMedia('https://example.org/x')).toEqual({ refused: 'address' });
    const image = {
      from: HIM,
      type: 'image',
      media: { bytes: PICTURE, mimetype: 'image/png' },
      fields: { caption: 'देखो' },
    };
    expect(await gets(() => standin.deliver(image))).toMatchObject({ kind: 'image', text: 'देखो' });
    expect(await gets(() => standin.deliver({ from: HIM, type: 'sticker' }))).toMatchObject({
      kind: 'sticker',
    });
    expect(await gets(() => standin.deliver({ from: HIM, type: 'poll_creation' }))).toMatchObject({
      kind: 'unknown',
    });
    expect(await gets(() => standin.call(HIM))).toMatchObject({ kind: 'call', text: '' });
    expect(rig.received.map(({ text }) => text)).not.toContain('years ago');
    await standin.until(() => standin.seen.includes(HIM), 'the chat to be marked as seen');
  });

  test('finds the number behind a hidden id, and answers by the hidden id where there is none', async () => {
    expect(await gets(() => standin.deliver({ from: '55500000000001@lid', body: 'हाँ' }))).toMatchObject({
      from: { address: '+919800000077' },
      userId: '55500000000001@lid',
    });
    expect(await gets(() => standin.deliver({ from: '55500000000002@lid', body: 'ha' }))).toMatchObject({
      from: { address: 'lid.55500000000002' },
      userId: '55500000000002@lid',
    });
    expect(await rig.send('जी', { to: 'lid.55500000000002' })).toMatchObject({ outcome: 'accepted' });
    expect(standin.accepted.at(-1)).toMatchObject({ chatId: '55500000000002@lid', body: 'जी' });
  });

  test('hears neither groups nor statuses nor broadcasts nor ourselves, and a duplicate once', async () => {
    const before = rig.received.length;
    await standin.deliver({ from: '120363000000000001@g.us', author: HIM, body: 'group' });
    await standin.deliver({
      from: 'status@broadcast',
      author: HIM,
      body: 'status',
      fields: { isStatusV3: true },
    });
    await standin.deliver({ from: HIM, body: 'list', fields: { broadcast: true } });
    await standin.deliver({ from: '120363000000000002@newsletter', body: 'news' });
    await standin.deliver({ from: HIM, body: 'typed on the phone', fields: { fromMe: true } });
    await standin.call(HIM, { group: true });
    const id = await standin.deliver({ from: HIM, body: 'twice' });
    await standin.deliverAgain(id);
    await standin.deliverAgain(id);
    await standin.deliver({ from: HIM, body: 'last' });
    await rig.until(() => last()?.text === 'last', 'the last one');
    expect(rig.received.slice(before).map(({ text }) => text)).toEqual(['twice', 'last']);
  });

  test('brings a message again that the product could not take', async () => {
    let refusals = 0;
    rig.take = () => (refusals++ < 2 ? Promise.reject(new Error('database away')) : Promise.resolve());
    const before = rig.received.length;
    await standin.deliver({ from: HIM, body: 'again' });
    await rig.until(() => rig.received.length > before, 'the message to be brought again');
    rig.take = () => Promise.resolve();
    expect(refusals).toBe(3);
    expect(last()).toMatchObject({ text: 'again' });
  });

  test('sends text and pictures, accepted when WhatsApp has them; ticks become receipts', async () => {
    const message = rig.message('1. हाँ\n2. नहीं');
    const result = await rig.channel.send(message);
    const sent = standin.accepted.at(-1)!;
    expect(sent).toMatchObject({ chatId: HIM, kind: 'chat', body: '1. हाँ\n2. नहीं' });
    expect(result).toEqual({ outcome: 'accepted', providerId: sent.providerId });
    for (const ack of [2, 3, 2]) await standin.ack(sent, ack);
    const mine = () => rig.receipts.filter(({ providerId }) => providerId === sent.providerId);
    await rig.until(() => mine().length === 3, 'three receipts');
    expect(mine().map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(mine().every(({ outboxId }) => outboxId === undefined || outboxId === message.id)).toBe(true);

    const media = { url: fileAt('certificate.png'), contentType: 'image/png' };
    expect(await rig.send('बधाई', { media })).toMatchObject({ outcome: 'accepted' });
    const picture = standin.accepted.at(-1)!;
    expect(picture).toMatchObject({ kind: 'image', caption: 'बधाई', mimetype: 'image/png' });
    expect(standin.file(picture)).toEqual(PICTURE);
  });

  test('tells why a file could not go', async () => {
    const before = standin.sent.length;
    const media = { url: fileAt('busy.png'), contentType: 'image/png' };
    expect(await rig.send('x', { media })).toMatchObject({ outcome: 'retry', code: 'media' });
    expect(await rig.send('x', { media: { ...media, url: fileAt('none.png') } })).toMatchObject({
      outcome: 'failed',
    });
    expect(standin.sent).toHaveLength(before);
  });

  test('writes to nobody who has not written first, nor to what is no number', async () => {
    const before = standin.sent.length;
    rig.strangers.add('+919800000099');
    expect(await rig.send('x', { to: '+919800000099' })).toMatchObject({
      outcome: 'failed',
      kind: 'consent',
      reason: expect.stringContaining('never written'),
    });
    expect(await rig.send('x', { to: 'IN.someone' })).toMatchObject({ outcome: 'failed', kind: 'address' });
    expect(standin.sent).toHaveLength(before);
  });

  test('tells a refusal, at once or later, and an unknown person', async () => {
    standin.plan('error', 'error-later', 'no-lid');
    expect(await rig.send('a')).toMatchObject({ outcome: 'failed', kind: 'undelivered', code: 'ack-error' });
    expect(await rig.send('b')).toMatchObject({ outcome: 'failed', kind: 'undelivered', code: 'ack-error' });
    expect(await rig.send('c')).toMatchObject({ outcome: 'failed', kind: 'address' });
    expect(rig.receipts.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  test('finds out what became of a message that nobody confirmed', async () => {
    const after = new Date();
    standin.plan('accept-silent', 'vanish');
    const silent = rig.message('silent');
    expect(await rig.channel.send(silent)).toMatchObject({ outcome: 'unknown', code: 'no-ack' });
    expect(await rig.channel.find({ ...silent, after })).toBeUndefined();
    const sent = standin.accepted.at(-1)!;
    await standin.ack(sent, 1);
    await rig.until(() => rig.receipts.some(({ outboxId }) => outboxId === silent.id), 'the receipt');
    expect(await rig.channel.find({ ...silent, after })).toEqual({ providerId: sent.providerId });

    const gone = rig.message('gone');
    expect(await rig.channel.send(gone)).toMatchObject({ outcome: 'unknown', code: 'no-message' });
    expect(await rig.channel.find({ ...gone, after })).toBeUndefined();
    expect(await rig.channel.find({ ...gone, after: new Date(after.getTime() - 120_000) })).toBe('absent');
  });

  test('left the machine for nothing, and said nothing about anybody in the log', () => {
    expect(standin.strays).toEqual([]);
    expect(rig.logged.join('')).not.toMatch(/9800000|नमस्ते|twice/);
  });
});
