/**
 * A browser or a page that dies, one after the other on one session. After each: the session is back by
 * itself, still linked, what was missed is there once, and nothing went out twice.
 */
import { describeWithChromium } from '../../support/chromium';
import { browsersOn, kill, renderersOf } from '../../support/whatsapp-web-standin/processes';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

const HIM = '919800000001@c.us';
const HER = '919800000002@c.us';

describeWithChromium('WhatsApp Web: a browser that dies', () => {
  let standin: Standin;
  let rig: Rig;
  const texts = () => rig.received.map(({ text }) => text);
  const bodies = () => standin.accepted.map(({ body }) => body);

  beforeAll(async () => {
    standin = await new Standin().start();
    rig = new Rig(standin, { limits: { sendMs: 10_000, ackMs: 10_000 } });
    await rig.ready();
  }, 90_000);

  afterAll(async () => {
    await rig.stop();
    await standin.stop();
  }, 30_000);

  test('a killed browser is replaced, still linked; what came meanwhile is handed over once', async () => {
    const [browser] = browsersOn(rig.profile);
    kill([browser!]);
    await rig.until(() => rig.state !== 'ready', 'the end of the browser to be noticed');
    expect(await rig.send('while down')).toMatchObject({ outcome: 'retry' });
    await rig.until(
      () => browsersOn(rig.profile).every((pid) => pid !== browser),
      'the old browser to be gone',
    );
    standin.deliverUnheard({ from: HIM, body: 'missed 1' });
    standin.deliverUnheard({ from: HIM, body: 'missed 2' });
    for (let n = 1; n <= 12; n += 1) standin.deliverUnheard({ from: HER, body: `many ${n}` });
    // Read on the phone meanwhile: no longer unread, yet nobody has answered.
    standin.deliverUnheard({ from: '919800000003@c.us', body: 'read elsewhere' });
    standin.readOnPhone('919800000003@c.us');
    await rig.isReady();
    await rig.until(
      () => texts().includes('many 12') && texts().includes('read elsewhere'),
      'what was missed',
    );
    await rig.talks('after the kill');
    const missed = texts().filter((text) => /^(missed|many|read)/.test(text));
    expect(missed.filter((text) => text.startsWith('missed'))).toEqual(['missed 1', 'missed 2']);
    expect(missed.filter((text) => text.startsWith('many'))).toEqual(
      Array.from({ length: 12 }, (_, n) => `many ${n + 1}`),
    );
    expect(missed).toHaveLength(15);
    expect(bodies()).not.toContain('while down');
  }, 60_000);

  test('a message under way when the browser dies is unknown, and found again afterwards', async () => {
    const after = new Date();
    standin.plan('accept-hang', 'hang');
    const taken = rig.message('taken');
    const lost = rig.message('lost');
    const sending = Promise.all([rig.channel.send(taken), rig.channel.send(lost)]);
    await standin.until(() => standin.sent.some(({ body }) => body === 'lost'), 'both to be under way');
    kill(browsersOn(rig.profile));
    expect(await sending).toMatchObject([{ outcome: 'unknown' }, { outcome: 'unknown' }]);
    await rig.isReadyAgain();
    const { providerId } = standin.accepted.find(({ body }) => body === 'taken')!;
    expect(await rig.channel.find({ ...taken, after })).toEqual({ providerId });
    expect(await rig.channel.find({ ...lost, after: new Date(after.getTime() - 120_000) })).toBe('absent');
  }, 60_000);

  test('a crashed page is replaced', async () => {
    const [browser] = browsersOn(rig.profile);
    standin.plan('hang');
    const sending = rig.send('in the crash');
    await standin.until(() => standin.sent.some(({ body }) => body === 'in the crash'), 'it to be under way');
    kill(renderersOf(browser!));
    expect(await sending).toMatchObject({ outcome: 'unknown' });
    await rig.isReadyAgain();
    await rig.talks('after the crash');
  }, 60_000);
});
